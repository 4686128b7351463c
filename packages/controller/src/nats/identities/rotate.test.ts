import assert from "node:assert/strict";
import { systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { createUser, type KeyPair } from "@nats-io/nkeys";
import { connect, errors, jwtAuthenticator } from "@nats-io/transport-node";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { until } from "../../../../../test/support/until.ts";
import { findBroker, startBroker } from "../broker/index.ts";
import { openConnections } from "../connections.ts";
import { createStreams } from "../streams.ts";
import { MemoryDefinitionStore } from "../../memory/memory-definition-store.ts";
import { revocationCodec } from "../../ports/definition-codec.ts";
import { AccountClaimsDesk } from "./account-claims-desk.ts";
import { BrokerFieldIdentities } from "./broker-field-identities.ts";
import { type BrokerKeys, makeBrokerKeys } from "./broker-keys.ts";
import { joinerInField } from "./permissions.ts";
import { mintUser } from "./mint.ts";
import { rotateBrokerKeys } from "./rotate.ts";

const test = suite("new keys for the broker's users");

/** Runs `body` while a broker in this directory trusts these keys. */
async function whileServing(directory: string, keys: BrokerKeys, body: (url: string) => Promise<void>): Promise<void> {
  const { path: binary } = await findBroker({ environment: process.env });
  const broker = await startBroker({ binary, directory, keys });
  try {
    await body(broker.url);
  } finally {
    await broker.stop();
  }
}

async function comesIn(url: string, jwt: string, pair: KeyPair): Promise<boolean> {
  try {
    await (await connect({ servers: url, authenticator: jwtAuthenticator(jwt, pair.getSeed()), reconnect: false })).close();
    return true;
  } catch (reason) {
    if (reason instanceof errors.AuthorizationError) return false;
    throw reason;
  }
}

/** A JWT says in whole seconds when it was made, and the later one counts. */
async function nextSecond(): Promise<void> {
  const second = (): number => Math.floor(Date.now() / 1_000);
  const now = second();
  await until("another second begins", () => second() > now);
}

const userOf = (keys: BrokerKeys, pair: KeyPair): Promise<string> =>
  mintUser(keys.accounts.field, { name: "a", key: pair.getPublicKey(), allow: joinerInField("jt_1") });

test("leave what is stored in its place, and let the users of the keys before in until they are dropped", () =>
  withTemporaryDirectory(async (directory) => {
    const { keys: first, root } = await makeBrokerKeys();
    const pair = createUser();
    const before = await userOf(first, pair);
    await whileServing(directory, first, async (url) => {
      const connections = await openConnections({ urls: [url], keys: first, name: "one" });
      await createStreams(await jetstreamManager(connections.control), { replicas: 1 });
      await jetstream(connections.control).publish("runs.log.x", "kept");
      await connections.close();
    });
    await nextSecond();
    const second = await rotateBrokerKeys(first, { root, dropOld: false });
    await whileServing(directory, second, async (url) => {
      assert.deepEqual([await comesIn(url, before, pair), await comesIn(url, await userOf(second, pair), pair)], [true, true]);
      const connections = await openConnections({ urls: [url], keys: second, name: "two" });
      assert.equal((await (await jetstreamManager(connections.control)).streams.info("RUNS")).state.messages, 1);
      await connections.close();
    });
    await nextSecond();
    const third = await rotateBrokerKeys(second, { root, dropOld: true });
    await whileServing(directory, third, async (url) => {
      const after = await Promise.all(
        [before, await userOf(second, pair), await userOf(third, pair)].map((jwt) => comesIn(url, jwt, pair)),
      );
      assert.deepEqual(after, [false, false, true]);
    });
  }));

test("take no revocation back", () =>
  withTemporaryDirectory(async (directory) => {
    const { keys: first } = await makeBrokerKeys();
    const [pair, revocations] = [createUser(), new MemoryDefinitionStore(revocationCodec)];
    const revoked = await userOf(first, pair);
    const identities = (url: string, keys: BrokerKeys): BrokerFieldIdentities => {
      const desk = new AccountClaimsDesk({ urls: [url], keys, name: "one" });
      return new BrokerFieldIdentities({ keys, desk, revocations, clock: systemClock, logger: silentLogger });
    };
    await whileServing(directory, first, async (url) => identities(url, first).revoke(pair.getPublicKey()));
    await nextSecond();
    const second = await rotateBrokerKeys(first, { dropOld: false });
    await whileServing(directory, second, async (url) => {
      await identities(url, second).enforce();
      assert.equal(await comesIn(url, revoked, pair), false);
      // A controller that has not read the new keys yet leaves them in force.
      const other = createUser();
      await identities(url, first).revoke(other.getPublicKey());
      const third = createUser();
      assert.equal(await comesIn(url, await userOf(second, third), third), true);
    });
  }));

test("are refused with another operator's root", async () => {
  const [{ keys }, { root }] = [await makeBrokerKeys(), await makeBrokerKeys()];
  await assert.rejects(rotateBrokerKeys(keys, { root, dropOld: false }), { code: "invalid_configuration" });
});

test.run();
