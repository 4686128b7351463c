import assert from "node:assert/strict";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { silentLogger } from "@longarm/shared/logger";
import { runAgent } from "@longarm/agent";
import { embeddedTrust, newTrustSeeds } from "../../packages/controller/src/trust/trust-keys.ts";
import { until, withField } from "../support/field.ts";
import { suite } from "../support/suite.ts";

const test = suite("how a known agent comes back");
const silent = { logger: silentLogger };
const forGood = new AbortController().signal;

test(
  "two agents that run from copies of one data directory are quarantined and told so, until an administrator lets the first in again",
  () =>
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
    }),
  // Who is quarantined asks again after fifteen seconds.
  { timeoutMs: 30_000 },
);

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
    await assert.rejects(first.ended, { code: "enrolment_refused", message: /was revoked/ });
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
