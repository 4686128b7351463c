import { equal, ok } from "node:assert/strict";
import { buckets, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { jetstreamManager } from "@nats-io/jetstream";
import { newApiToken } from "../../packages/controller/src/access/api-token.ts";
import { HashedApiKeyStore } from "../../packages/controller/src/access/hashed-api-key-store.ts";
import { LoginCodes } from "../../packages/controller/src/access/login-codes.ts";
import { KvDefinitionStore } from "../../packages/controller/src/nats/kv/kv-definition-store.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import { apiKeyCodec, loginCodeCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import { withBroker } from "../support/broker.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const rounds = 5;
const test = suite("tokens at several controllers at once");

interface Controller {
  readonly keys: HashedApiKeyStore;
  readonly logins: LoginCodes;
}

/** As many controllers' views of the same buckets, each with a connection and a memory of its own. */
async function withControllers(count: number, body: (controllers: readonly Controller[]) => Promise<void>): Promise<void> {
  await withBroker(async (broker) => {
    const ring = createKeyRing();
    const open: { close(): void }[] = [];
    const controllers: Controller[] = [];
    for (let i = 0; i < count; i += 1) {
      const { control: connection } = await broker.connections();
      if (i === 0) await createStreams(await jetstreamManager(connection), { replicas: 1 });
      const of = { connection, ring, logger: silentLogger };
      const records = await KvDefinitionStore.open({ ...of, bucket: buckets.apiKeys, codec: apiKeyCodec });
      const codes = await KvDefinitionStore.open({ ...of, bucket: buckets.logins, codec: loginCodeCodec });
      open.push(records, codes);
      const keys = new HashedApiKeyStore({ records, clock: systemClock });
      controllers.push({ keys, logins: new LoginCodes({ records: codes, keys, clock: systemClock }) });
    }
    try {
      await body(controllers);
    } finally {
      await Promise.all(controllers.map(({ keys }) => keys.settled()));
      for (const store of open) store.close();
    }
  });
}

test("of a hundred who use a login code at once, at four controllers, one gets in", async () => {
  await withControllers(4, async (controllers) => {
    for (let round = 0; round < rounds; round += 1) {
      const code = (await controllers[round % 4]?.logins.issue({ principal: "ada", scopes: ["*"], createdBy: "ada" }))?.code.reveal() ?? "";
      const tries = await Promise.allSettled(Array.from({ length: 100 }, async (_, n) => controllers[n % 4]?.logins.redeem(code)));
      equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
      const refusals = new Set(tries.flatMap((one) => (one.status === "rejected" ? [(one.reason as { code: string }).code] : [])));
      equal([...refusals].join(), "unauthorized");
    }
    const made = async (): Promise<number> => (await controllers[0]?.keys.list())?.length ?? 0;
    await until("every controller's keys are known", async () => (await made()) >= rounds);
    equal(await made(), rounds);
  });
});

test("a key that one controller revokes opens nothing at any other within two seconds, whoever is using it", async () => {
  await withControllers(3, async ([first, ...others]) => {
    if (!first) return;
    const token = newApiToken();
    const { id } = await first.keys.add(token, { principal: "ci", scopes: ["*"] });
    for (const { keys } of others) ok(await until("the key is known", () => keys.findByToken(token.reveal())));
    const using = Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        await others[n % 2]?.keys.findByToken(token.reveal());
      }),
    );
    await first.keys.revoke(id);
    await Promise.all(
      others.map(({ keys }) => until("the key opens nothing", async () => (await keys.findByToken(token.reveal())) === undefined, 2_000)),
    );
    await using;
    for (const { keys } of [first, ...others]) await keys.settled();
    for (const { keys } of [first, ...others]) {
      equal(await keys.findByToken(token.reveal()), undefined);
      ok((await keys.get(id))?.revokedAt !== undefined);
    }
  });
});

test.run();
