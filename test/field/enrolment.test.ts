import assert from "node:assert/strict";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { field as subjects, newId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { openSigned, signedByAgent } from "@longarm/shared/seal";
import { decodeEnrolled, encodeEnrol, type EnrolledMessage, protocolVersion } from "@longarm/shared/wire";
import { runAgent } from "@longarm/agent";
import { newAgentKeys } from "../../packages/agent/src/keys/agent-keys.ts";
import { embeddedTrust, newTrustSeeds } from "../../packages/controller/src/trust/trust-keys.ts";
import { agentInField, mintForThisProcess } from "../../packages/controller/src/nats/identities/index.ts";
import type { AgentGrantKeys } from "../../packages/controller/src/ports/agent-store.ts";
import { type Field, until, withField } from "../support/field.ts";
import { connect, jwtAuthenticator } from "@nats-io/transport-node";
import { suite } from "../support/suite.ts";

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
    await field.store.put(agent, { id: agent, name: "stranger", labels: {}, desired: "up", enrolledAt: 0, keys: written(keys) });
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

function written({ public: { identity, signing, sealing } }: ReturnType<typeof newAgentKeys>): AgentGrantKeys {
  const text = (key: Uint8Array): string => Buffer.from(key).toString("base64url");
  return { identity: text(identity), signing: text(signing), sealing: text(sealing) };
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

test("two agents that run from copies of one data directory are quarantined and told so, until an administrator lets the first in again", () =>
  withField(async ({ configuration, directory }) => {
    const own = await configuration({ name: "hq-1" });
    const stop = { first: new AbortController(), copy: new AbortController() };
    const [ready, told] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
    const logger = { ...silentLogger, debug() {}, info() {}, warn() {}, error: (facts: object) => told.resolve(JSON.stringify(facts)) };
    const first = runAgent(own, stop.first.signal, { logger, onReady: () => ready.resolve() });
    await ready.promise;
    const { id } = directory.find("hq-1") ?? assert.fail();
    const copy = { ...own, dataDirectory: `${own.dataDirectory}-copy` };
    await cp(own.dataDirectory, copy.dataDirectory, { recursive: true, filter: (path) => !path.endsWith("agent.lock") });
    const running = runAgent(copy, stop.copy.signal, silent);
    await until(directory, () => directory.find(id)?.state === "quarantined");
    assert.match(await told.promise, /quarantined: an administrator has to approve it/);
    await assert.rejects(directory.setDesired(id, "up"), { code: "invalid_state", message: /longarm agents approve/ });
    stop.copy.abort();
    await running;
    await directory.approve({ agent: id, by: "ada" });
    await until(directory, () => directory.find(id)?.state === "up");
    stop.first.abort();
    await first;
  }));

test("an agent of another protocol is told both versions and which side to upgrade", () =>
  withField(async (field) => {
    const newer = refusalOf(await ask(field, { protocol: 3 }));
    assert.equal(newer.code, "agent_protocol_unsupported");
    assert.match(newer.message, /protocol 3, this controller 2; upgrade the controller/);
    assert.match(refusalOf(await ask(field, { protocol: 1 })).message, /upgrade the agent/);
  }));

test("a name that an agent bears and is up with is taken", () =>
  withField(async (field) => {
    await field.agent({ name: "hq-1" });
    assert.equal(refusalOf(await ask(field, { name: "hq-1" })).code, "agent_name_taken");
  }));

test("keys whose private halves the asking does not prove to hold are not let in", () =>
  withField(async (field) => {
    const refusal = refusalOf(await ask(field, { keys: newAgentKeys().public }));
    assert.equal(refusal.code, "enrolment_refused");
    assert.match(refusal.message, /does not prove that its keys are its own/);
  }));

test("an agent that comes back with other keys is not let in", () =>
  withField(async ({ agent, configuration, store }) => {
    const own = await configuration({ name: "hq-1" });
    const { id, stop } = await agent(own);
    await stop();
    assert.equal((await store.get(id))?.value.keys?.signing.length, 43);
    await rm(join(own.dataDirectory, "keys.json"));
    await assert.rejects(runAgent(own, forGood, silent), /known by other keys/);
  }));

test("an agent lets no other installation have it than the one that it knows", () =>
  withField(async ({ agent, configuration, controller, directory }) => {
    const own = await configuration({ name: "hq-1" });
    await (await agent(own)).stop();
    await directory.close();
    await controller({ trust: embeddedTrust(newTrustSeeds()) });
    const told = Promise.withResolvers<string>();
    const logger = { ...silentLogger, debug() {}, info() {}, warn() {}, error: (facts: object) => told.resolve(JSON.stringify(facts)) };
    const stop = new AbortController();
    const running = runAgent(own, stop.signal, { logger, onReady: () => told.reject(new Error("was let in")) });
    assert.match(await told.promise, /belongs to installation sha256:/);
    stop.abort();
    await running;
  }));

test("two agents on one data directory: the second is told so", () =>
  withField(async ({ agent, configuration }) => {
    const shared = await configuration({ name: "one" });
    await agent(shared);
    const second = runAgent({ ...shared, name: "two" }, forGood, silent);
    await assert.rejects(second, { code: "data_directory_in_use" });
  }));

test("an agent keeps its id, and what the controller desired of it, over a restart", () =>
  withField(async ({ agent, configuration, directory }) => {
    const own = await configuration({ name: "hq-1" });
    const first = await agent(own);
    await directory.setDesired(first.id, "paused");
    await first.stop();
    await until(directory, () => directory.find(first.id)?.state === "lost");
    const again = agent(own);
    await until(directory, () => directory.find(first.id)?.state === "paused");
    await directory.setDesired(first.id, "up");
    assert.equal((await again).id, first.id);
  }));

test("a revoked agent is not let in again", () =>
  withField(async ({ agent, configuration, directory }) => {
    const own = await configuration({ name: "hq-1" });
    const first = await agent(own);
    assert.equal((await directory.setDesired(first.id, "revoked")).state, "revoked");
    await first.stop();
    await assert.rejects(runAgent(own, forGood, silent), { code: "enrolment_refused" });
  }));

test("every controller sees the agents, also one that starts after them, and a change made at one reaches the others", () =>
  withField(async ({ agent, controller, directory }) => {
    const { id } = await agent();
    const late = await controller();
    await until(late, () => late.find(id)?.state === "up");
    await late.setDesired(id, "paused");
    await until(directory, () => directory.find(id)?.state === "paused");
  }));

test("an agent that started before its broker and its controller enrols once they are there", () =>
  withField(async ({ broker, agent, directory }) => {
    await broker.stop();
    const started = agent();
    await broker.restart();
    assert.equal(directory.find((await started).id)?.state, "up");
  }));

test.run();
