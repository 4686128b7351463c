import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type AgentId, field as subjects } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createPrivateFile, newSeed, userNkeySeed } from "@longarm/shared/seal";
import { runAgent } from "@longarm/agent";
import { connect, jwtAuthenticator, type NatsConnection } from "@nats-io/transport-node";
import { mintForThisProcess } from "../../packages/controller/src/nats/identities/index.ts";
import { type Field, until, withField } from "../support/field.ts";
import { suite } from "../support/suite.ts";

const test = suite("an attacker on an agent's way in");

interface Stored {
  readonly nonce: string;
  readonly generation: number;
  readonly rights: { readonly jwt: string; readonly returnJwt: string };
}

async function membershipIn(directory: string): Promise<Stored> {
  return JSON.parse(await readFile(join(directory, "membership.json"), "utf8")) as Stored;
}

async function keysIn(directory: string): Promise<Record<"identity" | "signing" | "sealing", string>> {
  return JSON.parse(await readFile(join(directory, "keys.json"), "utf8")) as Awaited<ReturnType<typeof keysIn>>;
}

test("a revocation is for good, whoever wants something else of the agent at the same time", () =>
  withField(async ({ agent, controller, directory, store }) => {
    const { id } = await agent();
    const other = await controller();
    await until(other, () => other.find(id)?.state === "up");
    const [revoked] = await Promise.allSettled([directory.setDesired(id, "revoked"), other.setDesired(id, "paused")]);
    assert.equal(revoked.status, "fulfilled");
    await assert.rejects(other.setDesired(id, "up"), { code: "invalid_state", message: /for good/ });
    assert.equal((await store.get(id))?.value.desired, "revoked");
  }));

test("an agent's host cannot keep a way in under a key that a revocation does not name", () =>
  withField(async ({ agent, configuration, broker, directory }) => {
    const own = await configuration({ name: "hq-1" });
    const { id, stop } = await agent(own);
    const keys = await keysIn(own.dataDirectory);
    const { rights } = await membershipIn(own.dataDirectory);
    await stop();
    await rm(join(own.dataDirectory, "keys.json"));
    const changed = { version: 1, ...keys, identity: Buffer.from(newSeed()).toString("base64") };
    createPrivateFile(join(own.dataDirectory, "keys.json"), JSON.stringify(changed));
    const hidden = await connect({
      servers: broker.url,
      reconnect: false,
      authenticator: jwtAuthenticator(rights.jwt, new TextEncoder().encode(userNkeySeed(Buffer.from(keys.identity, "base64")).reveal())),
    });
    const second = new AbortController();
    const running = runAgent(own, second.signal, { logger: silentLogger });
    const letIn = until(directory, () => directory.find(id)?.state === "up").then(() => second.abort());
    await assert.rejects(Promise.race([running, letIn]), { code: "enrolment_refused", message: /known by other keys/ });
    await directory.setDesired(id, "revoked");
    await hidden.closed();
  }));

/** May say and hear everything in the agents' account. */
async function asOwner({ broker }: Pick<Field, "broker">): Promise<NatsConnection> {
  const { jwt, seed } = await mintForThisProcess(broker.keys.accounts.field, "owner", { publish: [">"], subscribe: [">"] });
  return connect({ servers: broker.url, reconnect: false, authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(seed.reveal())) });
}

/** All that agents and strangers ask, as the broker sees it. */
function overheard(connection: NatsConnection): { readonly subject: string; readonly data: Uint8Array }[] {
  const heard: { readonly subject: string; readonly data: Uint8Array }[] = [];
  connection.subscribe(subjects.allEnrol(), { callback: (_, { subject, data }) => void heard.push({ subject, data }) });
  connection.subscribe(subjects.allBeats(), { callback: (_, { subject, data }) => void heard.push({ subject, data }) });
  return heard;
}

async function startedAgain({ agent, directory }: Field, own: Parameters<Field["agent"]>[0], id?: AgentId): Promise<AgentId> {
  const { stop, id: started } = await agent(own);
  await stop();
  await until(directory, () => directory.find(id ?? started)?.state === "lost");
  return started;
}

test(
  "knocks and askings of before, sent again, quarantine nobody",
  () =>
    withField(async (field) => {
      const { agent, configuration, controller, directory } = field;
      const listener = await asOwner(field);
      const heard = overheard(listener);
      const own = await configuration({ name: "hq-1" });
      const id = await startedAgain(field, own);
      await startedAgain(field, own);
      const old = [...heard];
      await agent(own);
      const late = await controller();
      await until(late, () => late.find(id)?.state === "up");
      for (const { subject, data } of old) listener.publish(subject, data);
      await listener.flush();
      // Each controller takes what comes in its order, and a twin is one for which two seconds have passed.
      for (const one of [late, directory]) await heardSince(one, id, 3_000);
      assert.deepEqual([late.find(id)?.state, directory.find(id)?.state, (await field.store.get(id))?.value.desired], ["up", "up", "up"]);
    }),
  { timeoutMs: 40_000 },
);

/** Resolves once beats of the agent have come for so long. */
function heardSince(directory: Field["directory"], id: AgentId, ms: number): Promise<void> {
  const untilMs = Date.now() + ms;
  return until(directory, () => (directory.find(id)?.lastBeatAt ?? 0) >= untilMs);
}

test.run();
