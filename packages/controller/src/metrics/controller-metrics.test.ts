import assert from "node:assert/strict";
import type { LogEntry } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { bucketMatcher } from "../decide/budget/match-bucket.ts";
import { SharedBudgets } from "../memory/budget/shared-budgets.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { connectionCodec } from "../ports/definition-codec.ts";
import { ControllerMetrics } from "./controller-metrics.ts";
import { HookCounters } from "./hook-counters.ts";
import { RunCounters } from "./run-counters.ts";
import { TriggerCounters } from "./trigger-counters.ts";

const test = suite("what a controller measures");

const limits = { windowMs: 60_000, plan: "usual", rules: [{ bucket: "/api/v1/users", perWindow: { usual: 600 } }] };

async function measured() {
  const connections = new MemoryDefinitionStore(connectionCodec);
  const placement = { on: "local", whenNone: "fail" } as const;
  const acme = { name: "acme", baseUrl: "https://acme.okta.com", placement, timeoutMs: 1_000, maxResponseBytes: 1_000 };
  await connections.put("acme", acme);
  const budgets = new SharedBudgets({ bucketOf: bucketMatcher([limits]), clock: new ManualClock() });
  const counters = new RunCounters();
  const waiting = { count: async (): Promise<number> => 3 };
  const triggers = new TriggerCounters(() => waiting.count());
  const metrics = new ControllerMetrics({
    counters: { runs: counters, hooks: new HookCounters(), triggers },
    ...{ version: "1.2.3", connections, budgets },
    runs: { countUnfinished: () => [{ status: "waiting", lane: "bulk", count: 7 }] },
    agents: { list: () => [{ name: "hq-1", state: "up", slots: { total: 16, free: 3 } } as never] },
    readiness: async () => ({ ready: false, checks: { broker: { ok: true, sentence: "" }, storage: { ok: false, sentence: "" } } }),
  });
  const lines = async (): Promise<readonly string[]> => (await metrics.render()).split("\n").filter((line) => line.startsWith("longarm_"));
  return { acme, budgets, connections, counters, triggers, waiting, lines };
}

test("tells of itself, of the agents and of the runs that are not finished", async () => {
  const { lines } = await measured();
  const told = await lines();
  for (const line of [
    'longarm_info{version="1.2.3"} 1',
    'longarm_ready{check="broker"} 1',
    'longarm_ready{check="storage"} 0',
    'longarm_agents{state="up"} 1',
    'longarm_agents{state="lost"} 0',
    'longarm_agent_slots{agent="hq-1",kind="free"} 3',
    'longarm_runs_unfinished{status="waiting",lane="bulk"} 7',
  ])
    assert.ok(told.includes(line), `${line} is not in\n${told.join("\n")}`);
});

test("tells what came of events for each trigger, how long they waited, and how many still do", async () => {
  const { triggers, waiting, lines } = await measured();
  triggers.noted("greet", "started");
  triggers.noted("greet", "started");
  triggers.noted("greet", "refused");
  triggers.judged("hook", 300);
  const told = await lines();
  for (const line of [
    'longarm_trigger_outcomes_total{trigger="greet",outcome="started"} 2',
    'longarm_trigger_outcomes_total{trigger="greet",outcome="refused"} 1',
    'longarm_event_wait_seconds_bucket{le="0.25",source="hook"} 0',
    'longarm_event_wait_seconds_bucket{le="0.5",source="hook"} 1',
    "longarm_events_waiting 3",
  ])
    assert.ok(told.includes(line), `${line} is not in\n${told.join("\n")}`);
  waiting.count = () => Promise.reject(new Error("the broker is away"));
  assert.deepEqual(
    (await lines()).filter((line) => line.startsWith("longarm_events_waiting")),
    [],
  );
});

test("counts the ends of runs, their waits and their calls, by executor and class of answer", async () => {
  const { counters, lines } = await measured();
  const call = { kind: "outcome", executor: { kind: "agent" }, queuedMs: 20, result: "response", status: 204, record: { totalMs: 40 } };
  const entries = [
    call,
    { ...call, status: 429 },
    { ...call, result: "unknown", status: null, record: {} },
    { kind: "parked", reason: "budget" },
    { kind: "completed", status: "succeeded" },
  ];
  for (const entry of entries) counters.take({ connection: "acme", lane: "standard" }, entry as unknown as LogEntry);
  const told = await lines();
  for (const line of [
    ...["2xx", "429", "unknown"].map((answer) => `longarm_calls_total{connection="acme",executor="agent",answer="${answer}"} 1`),
    'longarm_run_waits_total{reason="budget"} 1',
    'longarm_runs_ended_total{status="succeeded",lane="standard"} 1',
    'longarm_call_seconds_count{executor="agent"} 2',
    'longarm_call_queue_seconds_bucket{le="0.025",executor="agent"} 3',
  ])
    assert.ok(told.includes(line), `${line} is not in\n${told.join("\n")}`);
});

test("tells what is left of a connection's budget and who waits, until the connection is removed", async () => {
  const { acme, budgets, connections, lines } = await measured();
  const terms = { maxShare: 0.5, interactiveReserve: 0.2, concurrency: 1 };
  const ask = { baseUrl: acme.baseUrl, terms, lane: "standard", method: "GET", path: "/api/v1/users" } as const;
  budgets.tryTake(ask)?.answered(200, { limit: 600, remaining: 590, reset: 1_030, date: 1_000 });
  budgets.tryTake(ask);
  const leaving = new AbortController();
  const waits = budgets.take(ask, leaving.signal).catch(() => undefined);
  const told = await lines();
  const at = 'connection="acme",bucket="/api/v1/users"';
  for (const line of [
    `longarm_budget_requests{${at},kind="limit"} 600`,
    `longarm_budget_requests{${at},kind="remaining"} 589`,
    `longarm_budget_requests{${at},kind="pending"} 1`,
    `longarm_budget_seconds{${at},kind="reset"} 30`,
    `longarm_budget_waiting{${at},lane="standard"} 1`,
    'longarm_budget_places{connection="acme",kind="open"} 1',
  ])
    assert.ok(told.includes(line), `${line} is not in\n${told.join("\n")}`);
  leaving.abort(new Error("enough"));
  await waits;
  await connections.remove("acme");
  assert.ok(!(await lines()).some((line) => line.includes('connection="acme"')));
});

test.run();
