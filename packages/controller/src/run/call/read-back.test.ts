import assert from "node:assert/strict";
import { newId, systemClock, type Clock, type Outcome } from "@longarm/shared";
import type { RestFailure, RestResponse } from "@longarm/shared/rest";
import { suite } from "../../../../../test/support/suite.ts";
import { carryOn, fail, respond, withCarrying, type Carrying } from "../carrying.fixture.ts";

const test = suite("a call whose outcome is unknown");

/** A clock whose pauses take no time, and are noted. */
function hasty(pauses: number[] = []): Clock {
  return {
    ...systemClock,
    sleep: (ms, signal) => {
      pauses.push(ms);
      return systemClock.sleep(0, signal);
    },
  };
}

/** A clock whose pauses take no time and are over as if they had taken it. */
function swift(): Clock {
  let passedMs = 0;
  return {
    nowMs: () => systemClock.nowMs() + passedMs,
    monotonicMs: () => systemClock.monotonicMs() + passedMs,
    sleep: (ms, signal) => {
      if (ms <= 10_000) passedMs += ms;
      return systemClock.sleep(ms > 10_000 ? ms : 0, signal);
    },
  };
}

/** A clock whose pauses take no time, but for the long ones, which are somebody's patience. */
function patient(): Clock {
  return { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms > 10_000 ? ms : 0, signal) };
}

type Script = Readonly<Record<string, readonly (RestResponse | RestFailure)[]>>;

/** Answers by `METHOD /path`, one after the other; the last one for ever. */
function script(world: Carrying, answers: Script): void {
  const counts: Record<string, number> = {};
  world.answer = async ({ method, path }) => {
    const key = `${method} ${path}`;
    const list = answers[key] ?? [];
    const answer = list[Math.min((counts[key] ??= 0), list.length - 1)];
    counts[key] = (counts[key] ?? 0) + 1;
    assert.ok(answer, `${key} was not expected`);
    return answer;
  };
}

async function endOf(world: Carrying, run: Awaited<ReturnType<Carrying["carry"]>>) {
  const last = (await world.records(run)).at(-1)?.at(-1);
  assert.ok(last?.kind === "completed");
  const output = last.output?.kind === "inline" ? (JSON.parse(Buffer.from(last.output.bytes).toString()) as unknown) : null;
  return [last.status, last.error?.code ?? null, output];
}

const post = "POST /things";
const key = "GET /keys/ada";
const lagging = "GET /keys/lagging";
const mine = () => respond(200, { owner: "me", id: "7" });
const theirs = () => respond(200, { owner: "them" });
const absent = () => respond(404, null);
const made = () => respond(200, { id: "7" });
const lost = () => fail("unknown");

interface Case {
  readonly action?: string;
  /** The thing's name; it is also how its action behaves. Default "ada". */
  readonly name?: string;
  readonly answers: Script;
  readonly sent: readonly string[];
  readonly ends: readonly [status: string, code: string | null, output: unknown];
}

const cases: Readonly<Record<string, Case>> = {
  "is found by reading, and the run goes on with what was read": {
    ...{ answers: { [post]: [lost()], [key]: [mine()] }, sent: [post, key], ends: ["succeeded", null, { id: "7" }] },
  },
  "is found by reading behind a 503 too": {
    ...{ answers: { [post]: [respond(503, null)], [key]: [mine()] }, sent: [post, key], ends: ["succeeded", null, { id: "7" }] },
  },
  "is found by reading behind an answer that is none of the target's": {
    answers: { [post]: [respond(200, "<html>Sign in to the network</html>")], [key]: [mine()] },
    ...{ sent: [post, key], ends: ["succeeded", null, { id: "7" }] },
  },
  "is found by reading behind an answer that does not hold what it should": {
    answers: { "PUT /things/whole": [respond(200, {})], "GET /keys/whole": [mine()] },
    ...{
      action: "test.thing.rename",
      name: "whole",
      sent: ["PUT /things/whole", "GET /keys/whole"],
      ends: ["succeeded", null, { id: "7" }],
    },
  },
  "is found at the second look, when the target was still at work at the first": {
    ...{ answers: { [post]: [lost()], [key]: [absent(), mine()] }, sent: [post, key, key], ends: ["succeeded", null, { id: "7" }] },
  },
  "is sent again only after two looks have shown nothing": {
    answers: { [post]: [lost(), made()], [key]: [absent()] },
    ...{ sent: [post, key, key, post], ends: ["succeeded", null, { id: "7" }] },
  },
  "ends as a conflict when somebody else's stands there": {
    ...{ answers: { [post]: [lost()], [key]: [theirs()] }, sent: [post, key], ends: ["failed", "conflict", null] },
  },
  "stays unknown when no read tells, and is not sent again": {
    answers: { [post]: [lost()], [key]: [respond(403, null)] },
    ...{ sent: [post, key, key], ends: ["outcome_unknown", "outcome_unknown", null] },
  },
  "is asked for again while the target does not answer": {
    answers: { [post]: [lost()], [key]: [fail("unknown"), respond(503, null), fail("not_sent", "target_unreachable"), mine()] },
    ...{ sent: [post, key, key, key, key], ends: ["succeeded", null, { id: "7" }] },
  },
  "is judged by the state when its repeat is refused for what the first try has done": {
    answers: { [post]: [lost(), respond(400, null)], [key]: [absent(), absent(), mine()] },
    ...{ sent: [post, key, key, post, key], ends: ["succeeded", null, { id: "7" }] },
  },
  "fails by the target's own refusal when its repeat is refused and nothing is there": {
    answers: { [post]: [lost(), respond(400, null)], [key]: [absent()] },
    ...{ sent: [post, key, key, post, key], ends: ["failed", "already_exists", null] },
  },
  "is not looked for when the first try was refused": {
    ...{ answers: { [post]: [respond(400, null)] }, sent: [post], ends: ["failed", "already_exists", null] },
  },
  "fails with its last error when it was absent after each of its attempts": {
    answers: { [post]: [lost()], [key]: [absent()] },
    sent: Array.from({ length: 5 }, () => [post, key, key]).flat(),
    ends: ["failed", "target_reset", null],
  },
  "is judged by a state that shows late what the first try has done, when its repeat is refused": {
    ...{ name: "lagging", sent: [post, lagging, lagging, post, lagging, lagging, lagging], ends: ["succeeded", null, { id: "7" }] },
    answers: { [post]: [lost(), respond(400, null)], [lagging]: [absent(), absent(), absent(), absent(), mine()] },
  },
  "stays unknown when its repeat is refused and a state that shows late never shows it": {
    answers: { [post]: [lost(), respond(400, null)], [lagging]: [absent()] },
    ...{ name: "lagging", sent: [post, lagging, lagging, post, ...Array.from({ length: 6 }, () => lagging)] },
    ends: ["outcome_unknown", "outcome_unknown", null],
  },
  "is looked for further on in a list": {
    answers: { [post]: [lost()], [key]: [respond(200, { next: "bob" })], "GET /keys/bob": [mine()] },
    ...{ sent: [post, key, "GET /keys/bob"], ends: ["succeeded", null, { id: "7" }] },
  },
  "of a list that never ends is not looked for for ever": {
    answers: { [post]: [lost()], [key]: Array.from({ length: 101 }, () => respond(200, { next: "ada" })) },
    ...{ sent: [post, ...Array.from({ length: 100 }, () => key)], ends: ["outcome_unknown", "outcome_unknown", null] },
  },
  "of a converge action that no read tells of stays unknown when its last attempt is lost too": {
    answers: { "PUT /things/ada": [lost()], [key]: [respond(403, null)] },
    ...{ action: "test.thing.rename", sent: Array.from({ length: 5 }, () => ["PUT /things/ada", key]).flat() },
    ends: ["outcome_unknown", "outcome_unknown", null],
  },
  "that may be sent only once is found by reading": {
    answers: { "PUT /things/once": [lost()], "GET /keys/once": [mine()] },
    ...{ action: "test.thing.rename", name: "once", sent: ["PUT /things/once", "GET /keys/once"], ends: ["succeeded", null, { id: "7" }] },
  },
  "that may be sent only once stays unknown when it is not found": {
    answers: { "PUT /things/once": [lost()], "GET /keys/once": [absent()] },
    ...{ action: "test.thing.rename", name: "once", sent: ["PUT /things/once", "GET /keys/once"] },
    ends: ["outcome_unknown", "outcome_unknown", null],
  },
  "of a converge action is not repeated when the state is reached": {
    action: "test.thing.rename",
    answers: { "PUT /things/ada": [lost()], [key]: [mine()] },
    ...{ sent: ["PUT /things/ada", key], ends: ["succeeded", null, { id: "7" }] },
  },
  "of a converge action is repeated at once when the state is not reached": {
    action: "test.thing.rename",
    answers: { "PUT /things/ada": [lost(), made()], [key]: [absent()] },
    ...{ sent: ["PUT /things/ada", key, "PUT /things/ada"], ends: ["succeeded", null, { id: "7" }] },
  },
};
for (const [title, { action = "test.thing.addressed", name = "ada", answers, sent, ends }] of Object.entries(cases)) {
  test(title, () =>
    withCarrying(async (world) => {
      script(world, answers);
      const run = await world.carry(action, { name });
      assert.deepEqual(world.sent, sent);
      assert.deepEqual(await endOf(world, run), ends);
    }, swift()),
  );
}

test("is waited for before it is sent, where the action says so, and the run says why", () =>
  withCarrying(async (world) => {
    script(world, { "PUT /things/later": [made()] });
    const run = await world.carry("test.thing.rename", { name: "later" });
    const entries = (await world.records(run)).flat();
    const parked = entries.find((entry) => entry.kind === "parked");
    assert.deepEqual([parked?.reason, parked?.sentence], ["target_busy", "The thing settles first"]);
    assert.ok(entries.findIndex(({ kind }) => kind === "parked") < entries.findIndex(({ kind }) => kind === "intent"));
    assert.equal((await endOf(world, run))[0], "succeeded");
  }, hasty()));

test("is shown with the read that settled it, and as found by reading", () =>
  withCarrying(async (world) => {
    script(world, { [post]: [lost()], [key]: [mine()] });
    const run = await world.carry("test.thing.addressed");
    const outcomes = (await world.records(run)).flat().filter((entry): entry is Outcome => entry.kind === "outcome");
    assert.deepEqual(
      outcomes.map(({ call, result, superseded, isReconciled = false }) => [call.method, result, superseded, isReconciled]),
      [
        ["POST", "unknown", true, false],
        ["GET", "response", false, false],
        ["POST", "response", false, true],
      ],
    );
  }, hasty()));

test("and whose repeat was refused is settled in the log by that refusal", () =>
  withCarrying(async (world) => {
    script(world, { [post]: [lost(), respond(400, null)], [key]: [absent()] });
    const run = await world.carry("test.thing.addressed");
    const outcomes = (await world.records(run)).flat().filter((entry): entry is Outcome => entry.kind === "outcome");
    const last = outcomes.findLast(({ call }) => call.method === "POST");
    assert.deepEqual([last?.status, last?.superseded], [400, false]);
  }, hasty()));

test("that was open when its controller died is looked for by the next one, and not sent again when it is there", () =>
  withCarrying(async (world) => {
    const sent = Promise.withResolvers<void>();
    world.answer = () => {
      sent.resolve();
      return new Promise(() => undefined);
    };
    const run = await world.submit("test.thing.addressed");
    void carryOn(world.carrier(), world.log, run);
    await sent.promise;
    script(world, { [key]: [mine()] });
    const next = world.carrier(newId("controller"));
    const claimed = await next.claimAbandoned(run, world.deps.controllerId);
    assert.ok(claimed);
    await next.carry(claimed);
    assert.deepEqual(world.sent, [post, key]);
    assert.deepEqual(await endOf(world, run), ["succeeded", null, { id: "7" }]);
  }, hasty()));

test("that is cancelled while it is looked for stays unknown", () =>
  withCarrying(async (world) => {
    const [reading, cancelled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    world.answer = async ({ method }) => {
      if (method === "POST") return lost();
      reading.resolve();
      await cancelled.promise;
      return fail("unknown", "target_reset");
    };
    const run = await world.submit("test.thing.addressed");
    const carried = carryOn(world.carrier(), world.log, run);
    await reading.promise;
    const at = (await world.log.read(run))?.records.at(-1)?.position;
    assert.ok(at);
    await world.log.append(run, { at, epoch: 1, entries: [{ kind: "cancelRequested", principal: "p" }] }, new AbortController().signal);
    world.deps.signals.tell(run, "cancelRequested");
    cancelled.resolve();
    await carried;
    assert.deepEqual((await endOf(world, run)).slice(0, 2), ["outcome_unknown", "outcome_unknown"]);
  }, hasty()));

for (const [title, answer, said] of [
  ["what its witness says", respond(200, { madeAt: "noon" }), { madeAt: "noon" }],
  ["why its witness cannot be heard", respond(403, null), { unreadable: "The target answered with 403." }],
] as const) {
  test(`that nobody may repeat ends with ${title}`, () =>
    withCarrying(async (world) => {
      script(world, { "POST /tokens": [lost()], "GET /tokens/newest": [answer] });
      const run = await world.carry("test.thing.mint");
      const last = (await world.records(run)).at(-1)?.at(-1);
      assert.ok(last?.kind === "completed");
      assert.ok(last.error?.details);
      const { newest, method } = last.error.details["evidence"] as { newest: unknown; method: string };
      assert.deepEqual([last.status, newest, method], ["outcome_unknown", said, "POST"]);
    }, patient()));
}

test("that nobody may repeat does not wait for a witness that is silent", () =>
  withCarrying(async (world) => {
    world.answer = async ({ method }, signal) => {
      if (method === "POST") return lost();
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      return fail("unknown");
    };
    const run = await world.carry("test.thing.mint");
    const [status] = await endOf(world, run);
    assert.equal(status, "outcome_unknown");
  }, hasty()));

test.run();
