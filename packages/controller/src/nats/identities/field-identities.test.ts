import assert from "node:assert/strict";
import { type AgentId, type Clock, field, systemClock } from "@longarm/shared";
import { decode, type User } from "@nats-io/jwt";
import { errors } from "@nats-io/transport-node";
import { createUser } from "@nats-io/nkeys";
import { suite } from "../../../../../test/support/suite.ts";
import { until } from "../../../../../test/support/until.ts";
import { withIdentities } from "./identities.fixture.ts";

const test = suite("the users of account FIELD");
const agent = "agt_1" as AgentId;
const other = "agt_2" as AgentId;

test("are made for an hour at most, for the key alone that was shown, and for the agent's own subjects", () =>
  withIdentities(async ({ identities, broker }) => {
    const key = createUser().getPublicKey();
    const { jwt, expiresAtMs } = await identities.mintAgent(agent, key, { ttlMs: 24 * 3_600_000 });
    const { sub, exp = 0, iat, nats } = decode<User>(jwt);
    assert.equal(sub, key);
    assert.equal(exp * 1_000, expiresAtMs);
    assert.ok(exp - iat <= 3_600);
    assert.equal(nats.issuer_account, broker.keys.accounts.field.id);
    assert.deepEqual(nats.sub, { allow: [field.allOfAgent(agent)], deny: [] });
    assert.deepEqual(nats.pub, { allow: [field.beat(agent), field.enrol(agent), field.allReportsOf(agent)], deny: [] });
    assert.equal(nats.resp, undefined);
  }));

test("are made for no other kind of key", () =>
  withIdentities(async ({ identities, broker }) => {
    for (const key of ["", "UABC", broker.keys.accounts.field.id, `${createUser().getPublicKey()}X`])
      await assert.rejects(identities.mintAgent(agent, key), { code: "invalid_request" });
  }));

test("come in only with the key that they were made for", () =>
  withIdentities(async ({ identities, connect }) => {
    const user = await identities.mintAgent(agent, createUser().getPublicKey());
    await assert.rejects(connect(user, createUser()), errors.AuthorizationError);
  }));

test("are cut off when their time is over, and do not come back", () =>
  withIdentities(async ({ agent: connected, connect }) => {
    const { connection, user, pair } = await connected(agent, { ttlMs: 1_999 });
    await connection.closed();
    // The broker counts in whole seconds, and lets nobody in once the last one is over.
    await until("it is refused", () =>
      connect(user, pair).then(
        () => false,
        (reason: unknown) => reason instanceof errors.UserAuthenticationExpiredError || reason instanceof errors.AuthorizationError,
      ),
    );
  }));

test("are cut off when they are revoked, those of others are not", () =>
  withIdentities(async ({ identities, agent: connected, connect }) => {
    const revoked = await connected(agent);
    const left = await connected(other);
    await identities.revoke(revoked.pair.getPublicKey());
    await revoked.connection.closed();
    await left.connection.flush();
    await assert.rejects(connect(revoked.user, revoked.pair), errors.AuthorizationError);
  }));

test("that are revoked by several controllers at once are all cut off", () =>
  withIdentities(async ({ another, agent: connected, broker, identities, connect }) => {
    const agents = await Promise.all(Array.from({ length: 12 }, (_, at) => connected(`agt_${at}` as AgentId)));
    const controllers = [another("a"), another("b"), another("c")];
    await Promise.all(agents.map(async ({ pair }, at) => controllers[at % 3]?.revoke(pair.getPublicKey())));
    await Promise.all(agents.map(({ connection }) => connection.closed()));
    await broker.kill();
    await broker.restart();
    await identities.enforce();
    for (const { user, pair } of agents) await assert.rejects(connect(user, pair), errors.AuthorizationError);
  }));

test("are cut off by a controller whose clock is an hour behind that of the one that made them", () =>
  withIdentities(async ({ another, agent: connected }) => {
    const { connection, pair } = await connected(agent);
    const late: Clock = {
      nowMs: () => systemClock.nowMs() - 3_600_000,
      monotonicMs: () => systemClock.monotonicMs(),
      sleep: (ms, signal) => systemClock.sleep(ms, signal),
    };
    await another("late", late).revoke(pair.getPublicKey());
    await connection.closed();
  }));

test("stay revoked on a broker that was set back to before", () =>
  withIdentities(async ({ broker, identities, revocations, agent: connected }) => {
    const { connection, pair } = await connected(agent);
    await revocations.put(pair.getPublicKey(), { key: pair.getPublicKey(), at: Math.floor(Date.now() / 1_000) });
    await connection.flush();
    await identities.enforce();
    await connection.closed();
    assert.ok(broker.pid > 0);
  }));

test("that may only join ask under their token alone, and hear its answers alone", () =>
  withIdentities(async ({ identities, broker, connect }) => {
    const pair = createUser();
    const connection = await connect(await identities.mintBootstrap("tok_1", pair.getPublicKey(), { ttlMs: 60_000 }), pair);
    const { field: controllers } = await broker.connections("desk");
    const asked = Promise.withResolvers<string>();
    controllers.subscribe(field.allEnrol(), { callback: (_, message) => asked.resolve(message.subject) });
    const answered = Promise.withResolvers<string>();
    connection.subscribe(field.joined("tok_1", "print"), { callback: (_, message) => answered.resolve(message.subject) });
    await Promise.all([controllers.flush(), connection.flush()]);
    connection.publish(field.join("tok_2"));
    connection.publish(field.join("tok_1"));
    assert.equal(await asked.promise, field.join("tok_1"));
    controllers.publish(field.joined("tok_2", "print"));
    controllers.publish(field.joined("tok_1", "print"));
    assert.equal(await answered.promise, field.joined("tok_1", "print"));
    const refused = Promise.withResolvers<Error | null>();
    connection.subscribe(field.allJoined(), { callback: refused.resolve });
    assert.ok((await refused.promise) instanceof errors.PermissionViolationError);
  }));

test.run();
