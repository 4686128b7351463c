import assert from "node:assert/strict";
import { field as subjects, newId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { openSigned, signedByAgent } from "@longarm/shared/seal";
import { decodeEnrolled, encodeEnrol, type EnrolledMessage, protocolVersion } from "@longarm/shared/wire";
import { runAgent } from "@longarm/agent";
import { newAgentKeys } from "../../packages/agent/src/keys/agent-keys.ts";
import { agentInField, mintForThisProcess } from "../../packages/controller/src/nats/identities/index.ts";
import { writtenKeys } from "../../packages/controller/src/ports/agent-store.ts";
import { type Field, until, withField } from "../support/field.ts";
import { connect, jwtAuthenticator } from "@nats-io/transport-node";
import { suite } from "../support/suite.ts";
import { until as polled } from "../support/until.ts";

const test = suite("how an agent becomes known");
const facts = { os: "linux", arch: "x64", version: "9", hostname: "h", addresses: [] };

/** Asks as an agent of any protocol would that was let in at the door, over its own way in. */
async function ask(field: Field, over: Partial<Parameters<typeof encodeEnrol>[0]> = {}): Promise<EnrolledMessage> {
  const agent = newId("agent");
  const { jwt, seed } = await mintForThisProcess(field.broker.keys.accounts.field, agent, agentInField(agent));
  const connection = await connect({
    servers: field.broker.url,
    authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(seed.reveal())),
  });
  try {
    const answer = Promise.withResolvers<EnrolledMessage>();
    connection.subscribe(subjects.enrolled(agent), { callback: (_, message) => answer.resolve(readAnswer(message.data)) });
    const keys = newAgentKeys();
    await field.store.put(agent, { id: agent, name: "stranger", labels: {}, desired: "up", enrolledAt: 0, keys: writtenKeys(keys.public) });
    const proof = keys.signing.sign("enrolment", signedByAgent({ agentId: agent, bootId: "b", nonce: "n", keys: keys.public }));
    const own = { keys: keys.public, proof, bootId: "b", nonce: "n" };
    connection.publish(
      subjects.enrol(agent),
      encodeEnrol({ protocol: protocolVersion, name: "stranger", facts, slots: 1, ...own, ...over }),
    );
    return await answer.promise;
  } finally {
    await connection.close();
  }
}

const silent = { logger: silentLogger };
const forGood = new AbortController().signal;

function readAnswer(message: Uint8Array): EnrolledMessage {
  return decodeEnrolled(openSigned(message)?.payload ?? assert.fail("is not signed"));
}

function refusalOf({ answer }: EnrolledMessage) {
  return answer.kind === "refused" ? answer.error : assert.fail("was let in");
}

test("an agent with a token is up with the labels that it lets in with, its facts and its slots", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent({ name: "hq-1", labels: { site: "hq", capabilities: ["rest", "okta"] }, slots: 5 });
    const view = directory.find("hq-1");
    assert.equal(view?.id, id);
    assert.deepEqual(view?.labels, { site: "hq", capabilities: ["rest", "okta"] });
    assert.deepEqual(view?.slots, { total: 5, free: 5 });
    assert.equal(view?.facts.os, process.platform);
  }));

test("an agent without a token, or with one that was used, is not let in and is told what to do", () =>
  withField(async ({ agent, configuration }) => {
    const { join: _, ...none } = await configuration();
    await assert.rejects(runAgent(none, forGood, silent), { code: "enrolment_refused", message: /longarm agents token/ });
    const own = await configuration();
    await agent(own);
    const second = { ...(await configuration()), ...(own.join && { join: own.join }) };
    await assert.rejects(runAgent(second, forGood, silent), { code: "enrolment_refused", message: /used by another agent/ });
  }));

test("an agent whose join token has expired is told so", () =>
  withField(async ({ configuration, join }) => {
    const own = await configuration();
    const expired = { ...own, join: await join({}, "once", 1) };
    const madeAt = Date.now();
    // The broker counts in whole seconds.
    await polled("its second is over", () => Date.now() > madeAt + 1_100);
    await assert.rejects(runAgent(expired, forGood, silent), { code: "enrolment_refused", message: /expired at .*longarm agents token/ });
  }));

test("an agent that pins another installation sends nothing", () =>
  withField(async ({ configuration, broker }) => {
    const own = await configuration();
    const pin = `sha256:${"0".repeat(64)}`;
    const wrong = { ...own, ...(own.join && { join: { ...own.join, pin } }), broker: { urls: [broker.url] } };
    await assert.rejects(runAgent(wrong, forGood, silent), { code: "enrolment_refused", message: /Nothing was sent/ });
  }));

test("an agent whose token may only ask works once an administrator has approved it, with the labels given then", () =>
  withField(async ({ configuration, directory, join }) => {
    const own = { ...(await configuration({ name: "hq-1", labels: { rack: "7" } })), join: await join({ site: "hq" }, "ask") };
    const stop = new AbortController();
    const running = runAgent(own, stop.signal, silent);
    await until(directory, () => directory.find("hq-1")?.state === "pending");
    const pending = directory.find("hq-1") ?? assert.fail();
    assert.deepEqual(pending.proposed?.labels, { site: "hq", rack: "7" });
    const fingerprint = pending.fingerprint ?? assert.fail();
    await directory.approve({ agent: pending.id, fingerprint, labels: { site: "branch" }, by: "ada" });
    await until(directory, () => directory.find("hq-1")?.state === "up");
    assert.deepEqual(directory.find("hq-1")?.labels, { site: "branch" });
    stop.abort();
    await running;
  }));

test("an agent of another protocol is told both versions and which side to upgrade", () =>
  withField(async (field) => {
    const newer = refusalOf(await ask(field, { protocol: 3 }));
    assert.equal(newer.code, "agent_protocol_unsupported");
    assert.match(newer.message, /protocol 3, this controller 2; upgrade the controller/);
    assert.match(refusalOf(await ask(field, { protocol: 1 })).message, /upgrade the agent/);
  }));

test("an agent keeps the name that it was let in with, and cannot take that of one that is away", () =>
  withField(async ({ agent, configuration, directory }) => {
    const [own, other] = [await configuration({ name: "hq-1" }), await configuration({ name: "branch-1" })];
    const away = await agent(own);
    await away.stop();
    await (await agent(other)).stop();
    await assert.rejects(runAgent({ ...other, name: "hq-2" }, forGood, silent), {
      code: "enrolment_refused",
      message: /was let in as "branch-1"/,
    });
    const stop = new AbortController();
    const told = Promise.withResolvers<string>();
    const tell = (text: string): void => void (/bears the name/.test(text) && told.resolve(text));
    const logger = { ...silentLogger, warn: (facts: object) => tell(JSON.stringify(facts)) };
    const stranger = runAgent(await configuration({ name: "hq-1" }), stop.signal, { logger });
    assert.match(await told.promise, /longarm agents revoke/);
    assert.equal(directory.find("hq-1")?.id, away.id);
    stop.abort();
    await stranger;
  }));

test("keys whose private halves the asking does not prove to hold are not let in", () =>
  withField(async (field) => {
    const refusal = refusalOf(await ask(field, { keys: newAgentKeys().public }));
    assert.equal(refusal.code, "enrolment_refused");
    assert.match(refusal.message, /does not prove that its keys are its own/);
  }));

test.run();
