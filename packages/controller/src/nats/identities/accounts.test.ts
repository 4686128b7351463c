import assert from "node:assert/strict";
import { buckets, control as subjects, type AgentId, type ControllerId, field, type RunId } from "@longarm/shared";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, errors, jwtAuthenticator, type NatsConnection } from "@nats-io/transport-node";
import { type TestBroker, withBroker } from "../../../../../test/support/broker.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { createStreams } from "../streams.ts";
import { mintForThisProcess } from "./mint.ts";
import { withIdentities } from "./identities.fixture.ts";

const test = suite("the broker's accounts");

const agent = "agt_1" as AgentId;
const stranger = "agt_2" as AgentId;
const controller = "ctl_1" as ControllerId;
const run = "run_1" as RunId;

const hidden = [
  "ctl.>",
  ">",
  "*",
  "agent.>",
  field.allAgents(),
  field.allOfAgent(stranger),
  "beat.*",
  "enrol.*",
  field.allFrom(controller),
  "$SYS.>",
  "$JS.>",
  "$KV.>",
  "_INBOX.>",
  "runs.>",
];
const unwritable = [
  field.beat(stranger), field.enrol(stranger), field.frame(controller, stranger),
  field.call(agent), field.enrolled(agent), field.ask(agent), field.delivered(agent), field.clockTold(agent), "$JS.API.INFO", "$JS.API.STREAM.PURGE.RUNS", `$KV.${buckets.connections}.acme`,
  "$SYS.REQ.SERVER.PING", subjects.log(run), "ctl.ctl_1.other", "_INBOX.test.1", "beat.agt_1.more",
]; // prettier-ignore

async function withAgent(body: (agentConnection: NatsConnection, broker: TestBroker) => Promise<void>): Promise<void> {
  await withIdentities(async ({ broker, agent: connected }) => {
    const { connection } = await connected(agent);
    await body(connection, broker);
  });
}

test("let an agent beat, enrol and report, and hear what is sent to agents", async () => {
  await withAgent(async (connection, broker) => {
    const { field: controllers } = await broker.connections();
    const heard: string[] = [];
    const allHeard = Promise.withResolvers<void>();
    const reports = [field.frame(controller, agent), field.told(controller, agent), field.clockAsked(controller, agent)];
    const allowed = [field.beat(agent), field.enrol(agent), ...reports];
    const note = (_: unknown, message: { subject: string }): void => {
      heard.push(message.subject);
      if (heard.length === allowed.length + 1) allHeard.resolve();
    };
    for (const subject of [field.allBeats(), field.allEnrol(), field.allFrom(controller)])
      controllers.subscribe(subject, { callback: note });
    connection.subscribe(field.allOfAgent(agent), { callback: note });
    await Promise.all([controllers.flush(), connection.flush()]);

    for (const subject of allowed) connection.publish(subject);
    controllers.publish(field.call(agent));
    await allHeard.promise;
    assert.deepEqual(heard.toSorted(), [...allowed, field.call(agent)].toSorted());
  });
});

test("let an agent subscribe to nothing else", async () => {
  await withAgent(async (connection) => {
    for (const subject of hidden) {
      const refused = Promise.withResolvers<Error | null>();
      connection.subscribe(subject, { callback: refused.resolve });
      const fault = await refused.promise;
      assert.ok(fault instanceof errors.PermissionViolationError, `subscribed to ${subject}`);
      assert.equal(fault.operation, "subscription");
    }
  });
});

test("let an agent publish nothing else", async () => {
  await withAgent(async (connection) => {
    const refused = new Set<string>();
    const allRefused = Promise.withResolvers<void>();
    void (async () => {
      for await (const status of connection.status()) {
        if (status.type !== "error" || !(status.error instanceof errors.PermissionViolationError)) continue;
        refused.add(status.error.subject);
        if (refused.size === unwritable.length) allRefused.resolve();
      }
    })();
    for (const subject of unwritable) connection.publish(subject);
    await connection.flush();
    await allRefused.promise;
    assert.deepEqual(refused, new Set(unwritable));
  });
});

test("keep streams out of reach of account FIELD, even of a user in it who may do everything", async () => {
  await withBroker(async (broker) => {
    const { control } = await broker.connections();
    const { jwt, seed } = await mintForThisProcess(broker.keys.accounts.field, "all", { publish: [">"], subscribe: [">"] });
    const inField = await connect({ servers: broker.url, authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(seed.reveal())) });
    const jsm = await jetstreamManager(control);
    await createStreams(jsm, { replicas: 1 });

    inField.publish(subjects.log(run), "forged");
    await inField.flush();
    assert.equal((await jsm.streams.info("RUNS")).state.messages, 0);
    const answer = (await inField.request("$JS.API.INFO")).json<{ error: { description: string } }>();
    assert.match(answer.error.description, /^jetstream not enabled for account/i);
    await inField.close();
  });
});

test("keep an agent's reply subject from moving the broker's acknowledgements", async () => {
  await withAgent(async (connection, broker) => {
    const { control } = await broker.connections();
    const jsm = await jetstreamManager(control);
    await createStreams(jsm, { replicas: 1 });
    await jetstream(control).publish(subjects.log(run), "kept");

    connection.publish(field.beat(agent), "x", { reply: "$JS.API.STREAM.PURGE.RUNS" });
    connection.publish(field.beat(agent), "x", { reply: `$KV.${buckets.agents}.${agent}` });
    await connection.flush();
    assert.equal((await jsm.streams.info("RUNS")).state.messages, 1);
    assert.equal((await jsm.streams.info(`KV_${buckets.agents}`)).state.messages, 0);
  });
});

test("know nobody else", async () => {
  await withBroker(async (broker) => {
    await assert.rejects(connect({ servers: broker.url }), errors.AuthorizationError);
    await assert.rejects(connect({ servers: broker.url, user: "agent", pass: "agent" }), errors.AuthorizationError);
  });
});

test.run();
