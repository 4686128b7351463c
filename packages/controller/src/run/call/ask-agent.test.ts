import assert from "node:assert/strict";
import { newId, systemClock, type Clock, type ControllerId, type Intent, type LogEntry, type Outcome, type RunId } from "@longarm/shared";
import type { CallEnd, ToldAnswer } from "@longarm/shared/wire";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { skewedClock } from "../../../../../test/support/skewed-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { notAfterOf } from "../../decide/dispatch.ts";
import type { StoredRun } from "../../ports/run-log.ts";
import { callIdOf } from "./call-identity.ts";
import { anyAgent } from "../../../../../test/support/scripted/agents.ts";
import type { AgentDirectory } from "../../ports/agent-directory.ts";
import type { SlotSelection } from "../../ports/selection.ts";
import type { CarrierDeps } from "../carriage.ts";
import { carryOn, fail, respond, withCarrying, type Carrying } from "../carrying.fixture.ts";
import { RunCarrier } from "../run-carrier.ts";
import type { RestRequest } from "@longarm/shared/rest";

const test = suite("an intent that its owner left open, of a call on an agent");

const agent = { kind: "agent", agentId: newId("agent"), agentName: "hq-1", why: "matches" } as const;
const timeoutMs = 1_000;
const record = {
  ...{ method: "POST" as const, path: "/things", status: 200, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 0, responseBytes: 3 },
  ...{ oktaRequestId: null, rateLimit: null },
};

function response(status: number, body: unknown): ToldAnswer {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const end: CallEnd = { kind: "response", head: { status, headers: {} }, body: { kind: "whole", bytes }, record: { ...record, status } };
  return { kind: "ended", end };
}

interface Left {
  readonly world: Carrying;
  readonly run: RunId;
  /** Whose intent it is. */
  readonly owner: ControllerId;
  /** Carries it on as another controller; gives what was written behind the intent, and how the run ended. */
  carry(): Promise<{ readonly entries: readonly LogEntry[]; readonly ends: readonly unknown[] }>;
}

/** The first call of this action, as it is sent. */
async function firstCall(world: Carrying, action: string): Promise<Intent> {
  const run = await world.carry(action);
  const intent = (await world.records(run)).flat().find(({ kind }) => kind === "intent");
  world.sent.length = 0;
  return intent as Intent;
}

/** A run whose owner died with the intent of its first call open; the next one's clock is that much ahead. */
async function withOpenIntent(
  action: string,
  body: (left: Left) => Promise<void>,
  { clock = systemClock, aheadMs = 0 }: { readonly clock?: Clock; readonly aheadMs?: number } = {},
): Promise<void> {
  await withCarrying(async (world) => {
    const like = await firstCall(world, action);
    const owner = newId("controller");
    const run = await world.submit(action);
    const claimed = await world.carrier(owner).claimNew((await world.log.read(run)) as StoredRun);
    const call = { ...like.call, callId: callIdOf(run, 0) };
    const intent: Intent = { ...like, call, executor: agent, journalId: "journal", notAfterMs: notAfterOf(clock.nowMs()) };
    await world.log.append(run, { at: claimed!.at, epoch: 1, entries: [intent] }, new AbortController().signal);
    world.answer = async () => respond(200, { id: "sent again", token: "sent again" });
    const carry: Left["carry"] = async () => {
      const next = new RunCarrier({ ...world.deps, controllerId: newId("controller"), clock: skewedClock(clock, aheadMs) });
      await next.carry((await next.claimAbandoned(run, owner))!);
      const entries = (await world.records(run)).flat();
      const last = entries.at(-1);
      assert(last?.kind === "completed");
      const output = last.output?.kind === "inline" ? (JSON.parse(Buffer.from(last.output.bytes).toString()) as unknown) : null;
      return { entries: entries.slice(entries.findIndex(({ kind }) => kind === "intent") + 1), ends: [last.status, output] };
    };
    await body({ world, run, owner, carry });
  }, clock);
}

test("is settled by the answer that the agent kept, as if it had come in time, and the agent is told that it is stored", () =>
  withOpenIntent("test.thing.create", async ({ world, carry }) => {
    world.inquiry.say("journal", response(200, { id: "7" }));
    const { entries, ends } = await carry();
    assert.deepEqual(ends, ["succeeded", { id: "7" }]);
    assert.deepEqual(world.sent, []);
    const outcome = entries.find((entry): entry is Outcome => entry.kind === "outcome");
    assert.deepEqual([outcome?.result, outcome?.attempt, outcome?.executor.kind], ["response", 1, "agent"]);
    assert.deepEqual(world.inquiry.storedCalls, [{ callId: outcome?.call.callId, attempt: 1 }]);
    assert.equal(world.inquiry.openCount, 0);
  }));

test("is sent again at once when the agent never saw it", () =>
  withOpenIntent("test.thing.create", async ({ world, carry }) => {
    world.inquiry.say("journal", { kind: "neverSeen" });
    const { entries, ends } = await carry();
    assert.deepEqual(ends, ["succeeded", { id: "sent again" }]);
    assert.deepEqual(world.sent, ["POST /things"]);
    assert.deepEqual(
      entries.filter((entry): entry is Outcome => entry.kind === "outcome").map(({ result, attempt }) => [result, attempt]),
      [
        ["not_sent", 1],
        ["response", 2],
      ],
    );
  }));

test("is unknown at once when the agent died with it, and is not sent again", () =>
  withOpenIntent("test.thing.create", async ({ world, carry }) => {
    world.inquiry.say("journal", { kind: "begun" });
    assert.deepEqual((await carry()).ends, ["outcome_unknown", null]);
    assert.deepEqual(world.sent, []);
  }));

test("is read back at once when the agent died with it, where a read can tell", () =>
  withOpenIntent("test.thing.addressed", async ({ world, carry }) => {
    world.answer = async ({ method }) => (method === "GET" ? respond(200, { owner: "me", id: "7" }) : assert.fail("was sent again"));
    world.inquiry.say("journal", { kind: "begun" });
    assert.deepEqual((await carry()).ends, ["succeeded", { id: "7" }]);
  }));

test("fails by the failure that the agent saw", () =>
  withOpenIntent("test.thing.create", async ({ world, carry }) => {
    const error = { code: "target_reset", message: "gone", retryable: true } as const;
    world.inquiry.say("journal", { kind: "ended", end: { kind: "failure", delivery: "unknown", error, record } });
    assert.deepEqual((await carry()).ends, ["outcome_unknown", null]);
    assert.deepEqual(world.sent, []);
  }));

test("is waited for while the agent is at it", () =>
  withOpenIntent("test.thing.create", async ({ world, carry }) => {
    world.inquiry.say("journal", { kind: "underWay" });
    const carried = carry();
    while (world.inquiry.openCount === 0) await new Promise((resolve) => setImmediate(resolve));
    world.inquiry.say("journal", response(200, { id: "7" }));
    assert.deepEqual((await carried).ends, ["succeeded", { id: "7" }]);
  }));

const hourMs = 3_600_000;
for (const [answer, aheadMs] of [
  ...[[undefined, 0] as const, [undefined, hourMs] as const, [undefined, -hourMs] as const],
  ...[[{ kind: "neverSeen" }, 0] as const, [{ kind: "begun" }, 0] as const, [{ kind: "unreadable" }, 0] as const],
] as const) {
  const whose = aheadMs === 0 ? "" : `, and its former owner's clock differs by ${aheadMs} ms`;
  const says = `${answer ? `says "${answer.kind}" by a journal of another id` : "says nothing"}${whose}`;
  test(`is unknown only when its time is over, when the agent ${says}, and the wait is written down`, () => {
    const clock = new ManualClock();
    return withOpenIntent(
      "test.thing.create",
      async ({ world, carry }) => {
        if (answer) world.inquiry.say("wiped", answer);
        const carried = carry();
        while (world.inquiry.openCount === 0) await new Promise((resolve) => setImmediate(resolve));
        await clock.advance(10_000 + timeoutMs + 2_000 - 500);
        assert.equal(world.inquiry.openCount, 1, "its time is not over");
        await clock.advance(1_000);
        const { entries, ends } = await carried;
        assert.deepEqual(ends, ["outcome_unknown", null]);
        assert.deepEqual(world.sent, []);
        const parked = entries.find((entry) => entry.kind === "parked");
        assert(parked?.kind === "parked");
        assert.equal(parked.reason, "asking_agent");
        assert.match(parked.sentence, /agent hq-1 is asked what became of it/);
      },
      { clock, aheadMs },
    );
  });
}

test("is left open when this owner stops, too, so that the next one asks", () =>
  withOpenIntent("test.thing.create", async ({ world, run, owner }) => {
    const [stopping, next] = [newId("controller"), world.carrier(newId("controller"))];
    const carrier = world.carrier(stopping);
    const carried = carrier.carry((await carrier.claimAbandoned(run, owner))!);
    while (world.inquiry.openCount === 0) await new Promise((resolve) => setImmediate(resolve));
    await carrier.stop(0);
    await carried;
    assert.deepEqual(
      (await world.records(run)).at(-1)?.map(({ kind }) => kind),
      ["claimed"],
    );
    world.inquiry.say("journal", response(200, { id: "7" }));
    await next.carry((await next.claimAbandoned(run, stopping))!);
    const last = (await world.records(run)).flat().at(-1);
    assert(last?.kind === "completed");
    assert.equal(last.status, "succeeded");
  }));

/** A run of this action, placed on an agent whose answers are lost, carried to its end. */
async function carriedByAgent(
  world: Carrying,
  action: string,
): Promise<{ readonly intent: Intent; readonly ends: string; readonly sent: readonly RestRequest[] }> {
  const sent: RestRequest[] = [];
  const { agentId, agentName } = agent;
  const executor = {
    ...world.deps.local,
    send: async (request: RestRequest) => {
      sent.push(request);
      return sent.length === 1 ? fail("unknown", "agent_lost") : respond(200, { id: "sent again", token: "t" });
    },
  };
  const view = { ...anyAgent({ id: agentId, name: agentName }), journal: { id: "journal", state: "open" } } as const;
  const directory = { find: () => view, executor: () => executor } as unknown as AgentDirectory;
  const selection = {
    choose: () => ({ kind: "chosen", agent: view, why: "matches" }),
    take: () => () => undefined,
  } as unknown as SlotSelection;
  const stored = await world.deps.connections.get("acme");
  const connections = { get: async () => ({ ...stored!, value: { ...stored!.value, placement: { on: "agent", whenNone: "fail" } } }) };
  const deps = { ...world.deps, directory, selection, connections } as unknown as CarrierDeps;
  const run = await world.submit(action);
  await carryOn(new RunCarrier(deps), world.log, run);
  const entries = (await world.records(run)).flat();
  const last = entries.at(-1);
  assert(last?.kind === "completed");
  return { intent: entries.find(({ kind }) => kind === "intent") as Intent, ends: last.status, sent };
}

test("of a call that is still carried is asked about too, and the agent is told until when and for which journal it may begin", () =>
  withCarrying(async (world) => {
    world.inquiry.say("journal", response(200, { id: "7" }));
    const { intent, ends, sent } = await carriedByAgent(world, "test.thing.create");
    assert.deepEqual([ends, sent.length], ["succeeded", 1]);
    assert.equal(intent.journalId, "journal");
    assert.deepEqual(sent[0]?.dispatch, { notAfterMs: intent.notAfterMs, journalId: "journal", epoch: 1 });
    assert.equal(world.inquiry.storedCalls.length, 1);
  }));

test("of a call that is still carried, and that the agent never saw, is followed by another at once", () =>
  withCarrying(async (world) => {
    world.inquiry.say("journal", { kind: "neverSeen" });
    const { ends, sent } = await carriedByAgent(world, "test.thing.mint");
    assert.deepEqual([ends, sent.map(({ attempt }) => attempt)], ["succeeded", [1, 2]]);
  }));

test.run();
