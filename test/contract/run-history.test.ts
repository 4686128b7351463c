// Over 300 lines: every case is one of a table that both adapters go through.
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { derivedId, lanes, runStatuses, type ControllerId, type RunId } from "@longarm/shared";
import { SqliteRunHistory } from "../../packages/controller/src/history/sqlite-run-history.ts";
import { MemoryRunHistory } from "../../packages/controller/src/memory/memory-run-history.ts";
import type { RunRows } from "../../packages/controller/src/ports/live.ts";
import type { UnfinishedRuns } from "../../packages/controller/src/ports/metrics.ts";
import type { RunChange, RunFilter, RunHistory } from "../../packages/controller/src/ports/run-history.ts";
import type { SweepList } from "../../packages/controller/src/ports/sweep-list.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { suite } from "../support/suite.ts";

type WithHistory = (act: (history: RunHistory & SweepList & UnfinishedRuns & RunRows) => void) => unknown;

const log = { name: "log", lastSequence: 1_000_000 };

function runId(n: number): RunId {
  return derivedId("run", Buffer.alloc(16, n));
}

function controllerId(n: number): ControllerId {
  return derivedId("controller", Buffer.alloc(16, n));
}

function submitted(n: number, change: Partial<RunChange> = {}): RunChange {
  const base = { action: "okta.user.get", connection: "acme", lane: "standard", status: "queued", principal: "ci" } as const;
  return { ...base, submittedAt: n * 1000, ...change, id: runId(n) };
}

function idsOf(history: RunHistory, filter: RunFilter = {}): readonly RunId[] {
  return history.list(filter, { limit: 100 }).rows.map(({ id }) => id);
}

/** What both keep, each under a title. */
const promises: Readonly<Record<string, (history: RunHistory & SweepList & UnfinishedRuns & RunRows) => void>> = {
  "begins empty, before the first record": (history) => {
    assert.equal(history.position(), 0);
    assert.deepEqual(history.list({}, { limit: 10 }), { rows: [], nextCursor: null, asOf: 0 });
    assert.deepEqual([history.owners(), history.unfinished(controllerId(1))], [[], []]);
  },

  "narrows a list to the connections and the submitter that somebody may see": (history) => {
    const places = [
      [1, "acme", "ci"],
      [2, "acme-eu", "ada"],
      [3, "other", "ci"],
      [4, "my-acme", "ci"],
    ] as const;
    const runs = places.map(([n, connection, principal]) => submitted(n, { connection, principal }));
    history.apply([...runs, submitted(5, { connection: null })], { sequence: 5, timeMs: 1000 });
    assert.deepEqual(idsOf(history, { connections: ["acme*"] }), [runId(2), runId(1)]);
    assert.deepEqual(idsOf(history, { connections: ["*acme", "other"] }), [runId(4), runId(3), runId(1)]);
    assert.deepEqual(idsOf(history, { connections: ["acme*"], connection: "other" }), []);
    assert.deepEqual(idsOf(history, { connections: ["*"] }), [4, 3, 2, 1].map(runId));
    assert.deepEqual(idsOf(history, { connections: [] }), []);
    assert.deepEqual(idsOf(history, { connections: ["acme*"], principal: "ci" }), [runId(1)]);
  },

  "tells what a run waits for, until its status is another one, and narrows a list to that": (history) => {
    const waiting = (n: number, reason: string) => ({ id: runId(n), status: "waiting", waitingFor: reason }) as const;
    history.apply([submitted(1), submitted(2), submitted(3), waiting(1, "approval"), waiting(2, "no_agent")], {
      sequence: 5,
      timeMs: 1000,
    });
    const reasons = () => history.list({}, { limit: 10 }).rows.map(({ waitingFor }) => waitingFor);
    assert.deepEqual([reasons(), idsOf(history, { waitingFor: "approval" })], [[null, "no_agent", "approval"], [runId(1)]]);
    history.apply(
      [
        { id: runId(1), calls: 1 },
        { id: runId(2), status: "running" },
      ],
      { sequence: 6, timeMs: 2000 },
    );
    assert.deepEqual(reasons(), [null, null, "approval"]);
    history.apply([{ id: runId(1), status: "failed" }], { sequence: 7, timeMs: 3000 });
    assert.deepEqual([reasons(), idsOf(history, { waitingFor: "approval" })], [[null, null, null], []]);
  },

  "tells which schedule and slot a run is of, and narrows a list to those of one schedule": (history) => {
    const nightly = { kind: "schedule", name: "nightly", slotMs: 900 } as const;
    const byHand = { kind: "schedule", name: "nightly" } as const;
    const origins = [nightly, byHand, { kind: "schedule", name: "hourly" }, { kind: "trigger", name: "nightly" }, null] as const;
    const runs = origins.map((origin, at) => submitted(at + 1, { origin }));
    history.apply([...runs, { id: runId(1), status: "running" }], { sequence: 5, timeMs: 1000 });
    const told = history.list({}, { limit: 10 }).rows.map(({ origin }) => origin);
    assert.deepEqual(told, origins.toReversed());
    assert.deepEqual(idsOf(history, { schedule: "nightly" }), [runId(2), runId(1)]);
    assert.deepEqual(idsOf(history, { schedule: "nightly", status: ["queued"] }), [runId(2)]);
  },

  "tells which queued runs should have been started, until somebody has claimed them": (history) => {
    const runs = [submitted(1, { startBy: 5_000 }), submitted(2, { startBy: 4_000 }), submitted(3), submitted(4, { startBy: 9_000 })];
    history.apply(runs, { sequence: 4, timeMs: 1000 });
    assert.deepEqual(history.overdue(5_000, 10), [runId(2), runId(1)]);
    assert.deepEqual(history.overdue(5_000, 1), [runId(2)]);
    history.apply([{ id: runId(2), status: "running" }], { sequence: 5, timeMs: 2000 });
    assert.deepEqual(history.overdue(5_000, 10), [runId(1)]);
  },

  "tells an owner's unfinished runs page by page, those that wait apart from those that do not": (history) => {
    const owner = controllerId(1);
    const runs = [1, 2, 3, 4, 5, 6].map((n) => submitted(n, { owner, status: n % 2 === 0 ? "waiting" : "running" }));
    history.apply([...runs, submitted(7, { owner, status: "failed" })], { sequence: 1, timeMs: 1000 });
    const pageOf = (page: object) => history.unfinished(owner, page).map(({ id }) => id);
    assert.deepEqual(pageOf({ isWaiting: true, limit: 2 }), [runId(2), runId(4)]);
    assert.deepEqual(pageOf({ isWaiting: true, limit: 2, after: { submittedAt: 4_000, id: runId(4) } }), [runId(6)]);
    assert.deepEqual(pageOf({ isWaiting: false }), [runId(1), runId(3), runId(5)]);
    assert.deepEqual(pageOf({ limit: 6 }).length, 6);
    history.apply([{ id: runId(2), status: "running" }], { sequence: 2, timeMs: 2000 });
    assert.deepEqual(pageOf({ isWaiting: true }), [runId(4), runId(6)]);
  },

  "shows a run as its records have left it": (history) => {
    const [id, owner] = [runId(1), controllerId(1)];
    history.apply([submitted(1)], { sequence: 1, timeMs: 1000 });
    history.apply(
      [
        { id, status: "running", owner, epoch: 1, startedAt: 1500 },
        { id, calls: 1, agent: "agt_b" },
      ],
      { sequence: 3, timeMs: 2000 },
    );
    history.apply(
      [
        { id, calls: 2, agent: "agt_a" },
        { id, agent: "agt_b", status: "failed", errorCode: "target_error", endedAt: 2500 },
      ],
      { sequence: 5, timeMs: 2500 },
    );
    const carried = {
      agents: ["agt_b", "agt_a"],
      errorCode: "target_error",
      waitingFor: null,
      callCount: 3,
      submittedAt: 1000,
      startedAt: 1500,
      endedAt: 2500,
      startBy: null,
      origin: null,
    };
    const expected = {
      id,
      action: "okta.user.get",
      connection: "acme",
      lane: "standard",
      status: "failed",
      principal: "ci",
      owner,
      epoch: 1,
      ...carried,
    };
    assert.deepEqual(history.list({}, { limit: 10 }), { rows: [expected], nextCursor: null, asOf: 2500 });
    assert.equal(history.position(), 5);
  },

  "keeps when a run was first started, whoever goes on with it, and forgets it only of one that waits without having called": (history) => {
    const startOf = (sequence: number, change: object): number | null | undefined => {
      history.apply([{ id: runId(1), ...change }], { sequence, timeMs: sequence });
      return history.list({}, { limit: 1 }).rows[0]?.startedAt;
    };
    history.apply([submitted(1)], { sequence: 1, timeMs: 1 });
    assert.deepEqual([startOf(2, { startedAt: 20 }), startOf(3, { startedAt: 30, epoch: 2 })], [20, 20]);
    assert.deepEqual([startOf(4, { startedAt: null }), startOf(5, { startedAt: 50 })], [null, 50]);
    assert.deepEqual([startOf(6, { calls: 1 }), startOf(7, { startedAt: null }), startOf(8, { startedAt: 80 })], [50, 50, 50]);
  },

  "takes a null for a value and an absent member for none": (history) => {
    history.apply([submitted(1, { owner: controllerId(1) }), { id: runId(1), status: "waiting" }], { sequence: 1, timeMs: 1 });
    assert.deepEqual(history.owners(), [controllerId(1)]);
    history.apply([{ id: runId(1), owner: null }], { sequence: 2, timeMs: 2 });
    assert.deepEqual(history.owners(), []);
  },

  "takes no record in twice": (history) => {
    history.apply([submitted(1), { id: runId(1), calls: 1 }], { sequence: 7, timeMs: 1 });
    history.apply([{ id: runId(1), calls: 1 }], { sequence: 7, timeMs: 1 });
    history.apply([{ id: runId(1), calls: 1 }], { sequence: 3, timeMs: 1 });
    assert.equal(history.list({}, { limit: 1 }).rows[0]?.callCount, 1);
    assert.equal(history.position(), 7);
  },

  "knows no run whose submission it has not seen": (history) => {
    history.apply([{ id: runId(1), status: "running", owner: controllerId(1), agent: "agt_a", calls: 1 }], { sequence: 1, timeMs: 1 });
    assert.deepEqual([idsOf(history), history.owners()], [[], []]);
  },

  "gives pages newest first, each run once, while new runs arrive": (history) => {
    const times = [5, 3, 3, 3, 9, 1, 7, 2];
    history.apply(
      times.map((time, n) => ({ ...submitted(n + 1), submittedAt: time })),
      { sequence: 1, timeMs: 1 },
    );
    const seen: RunId[] = [];
    let cursor: string | undefined;
    for (let n = 0; ; n++) {
      const page = history.list({}, { limit: 3, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.rows.map(({ id }) => id));
      history.apply([{ ...submitted(100 + n), submittedAt: 100 + n }], { sequence: 2 + n, timeMs: 1 });
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    assert.deepEqual(seen, [5, 7, 1, 4, 3, 2, 8, 6].map(runId));
  },

  "ends without a cursor when the last page is just full": (history) => {
    history.apply([submitted(1), submitted(2)], { sequence: 1, timeMs: 1 });
    assert.equal(history.list({}, { limit: 2 }).nextCursor, null);
  },

  "refuses a cursor that is none": (history) => {
    for (const cursor of [
      "",
      "x",
      "AAAA",
      Buffer.from("1.run_x").toString("base64url"),
      Buffer.from(`x.${runId(1)}`).toString("base64url"),
    ]) {
      assert.throws(() => history.list({}, { limit: 1, cursor }), { code: "invalid_request" });
    }
  },

  "filters by each member": (history) => {
    const second = { action: "okta.user.create", connection: null, lane: "bulk", status: "failed", errorCode: "rate_limited" } as const;
    history.apply([submitted(1), submitted(2, second), { id: runId(2), agent: "agt_a" }], { sequence: 1, timeMs: 1 });
    const finding: readonly RunFilter[] = [
      { status: ["failed", "cancelled"] },
      { action: "okta.user.create" },
      { lane: "bulk" },
      { agent: "agt_a" },
      { since: 2000 },
      { q: "CREATE" },
      { q: "rate_" },
      { q: runId(2).slice(0, 12) },
      { status: ["failed"], action: "okta.user.create", lane: "bulk", agent: "agt_a", since: 2000, until: 2001, q: "okta" },
    ];
    for (const filter of finding) assert.deepEqual(idsOf(history, filter), [runId(2)], JSON.stringify(filter));
    for (const filter of [{ connection: "acme" }, { until: 2000 }, { status: ["queued" as const] }])
      assert.deepEqual(idsOf(history, filter), [runId(1)]);
    for (const filter of [{ q: "%" }, { q: "user_" }, { q: "\\" }, { q: "'" }, { status: [] }, { agent: "agt_b" }])
      assert.deepEqual(idsOf(history, filter), []);
  },

  "finds runs by their ids, in that order, and leaves out those that are not there": (history) => {
    history.apply([submitted(1), submitted(2), submitted(3)], { sequence: 3, timeMs: 9 });
    const found = history.find([runId(3), runId(9), runId(1)]);
    assert.deepEqual(
      found.map(({ id, submittedAt }) => [id, submittedAt]),
      [
        [runId(3), 3_000],
        [runId(1), 1_000],
      ],
    );
  },

  "counts the unfinished runs by status and lane": (history) => {
    const changes = [
      submitted(1),
      submitted(2),
      submitted(3, { lane: "bulk" }),
      submitted(4, { status: "waiting", waitingFor: "budget" }),
      submitted(5, { status: "succeeded", endedAt: 9 }),
    ];
    history.apply(changes, { sequence: 5, timeMs: 9 });
    const counts = history.countUnfinished().map(({ status, lane, count }) => `${count} ${status} ${lane}`);
    assert.deepEqual(counts.toSorted(), ["1 queued bulk", "1 waiting standard", "2 queued standard"]);
  },

  "tells the unfinished runs of an owner": (history) => {
    const [one, two] = [controllerId(1), controllerId(2)];
    history.apply(
      [
        submitted(1, { status: "running", owner: one }),
        submitted(2, { status: "waiting", owner: two }),
        submitted(3, { status: "succeeded", owner: one }),
        submitted(4, { status: "running", owner: one }),
        submitted(5),
      ],
      { sequence: 1, timeMs: 1 },
    );
    assert.deepEqual(history.owners(), [one, two].toSorted());
    assert.deepEqual(
      history.unfinished(one).map(({ id }) => id),
      [runId(1), runId(4)],
    );
    history.apply([{ id: runId(2), status: "outcome_unknown" }], { sequence: 2, timeMs: 2 });
    assert.deepEqual([history.owners(), history.unfinished(two)], [[one], []]);
  },

  "forgets a removed run, and keeps in mind that its rest is to be purged until that is settled": (history) => {
    history.apply([submitted(1, { owner: controllerId(1) }), { id: runId(1), agent: "agt_a" }], { sequence: 1, timeMs: 1 });
    const removed = [runId(2), runId(1)].map((id) => ({ id, removed: true }) as const);
    history.apply(removed, { sequence: 2, timeMs: 2 });
    assert.deepEqual([idsOf(history), idsOf(history, { agent: "agt_a" }), history.owners()], [[], [], []]);
    assert.deepEqual([history.removed(10), history.removed(1)], [[runId(1), runId(2)], [runId(1)]]);
    history.settle(runId(1));
    assert.deepEqual(history.removed(10), [runId(2)]);
    history.apply([submitted(1)], { sequence: 3, timeMs: 3 });
    assert.deepEqual(idsOf(history), [runId(1)]);
    history.settle(runId(1));
    assert.deepEqual(idsOf(history), []);
  },

  "lists finished runs by their end, page by page": (history) => {
    const ended = [5, 3, 3, 9].map((endedAt, n) => submitted(n, { status: "succeeded", endedAt }));
    history.apply([...ended, submitted(7)], { sequence: 5, timeMs: 9 });
    const first = history.finished(9, { limit: 2 });
    assert.deepEqual(first, [
      { id: runId(1), endedAt: 3 },
      { id: runId(2), endedAt: 3 },
    ]);
    assert.deepEqual(history.finished(9, { limit: 2, after: { id: runId(2), endedAt: 3 } }), [{ id: runId(0), endedAt: 5 }]);
  },
};

function contract(title: string, withHistory: WithHistory): void {
  const test = suite(`a run history ${title}`);
  for (const [promise, keep] of Object.entries(promises)) test(promise, () => withHistory(keep));
  test.run();
}

async function withSqlite(act: (history: RunHistory & SweepList & UnfinishedRuns & RunRows) => void): Promise<void> {
  await withTemporaryDirectory((directory) => {
    const history = new SqliteRunHistory(join(directory, "history.db"), log);
    try {
      act(history);
    } finally {
      history.close();
    }
  });
}

contract("in memory", (act) => act(new MemoryRunHistory()));
contract("in SQLite", withSqlite);

const test = suite("both run histories");

const number = fc.integer({ min: 1, max: 6 });
const status = fc.constantFrom(...runStatuses);
const owner = fc.option(number.map(controllerId));
const agent = number.map((n) => `agt_${n}`);
const optional = { requiredKeys: ["id"] as const };
const laterChange = fc.record(
  {
    id: number.map(runId),
    status,
    owner,
    agent,
    calls: number,
    epoch: number,
    errorCode: fc.constantFrom(null, "internal"),
    waitingFor: fc.constantFrom(null, "approval"),
    endedAt: number,
  },
  { requiredKeys: [...optional.requiredKeys] },
);
const submission = fc
  .record({ n: number, status, lane: fc.constantFrom(...lanes), owner, submittedAt: number, calls: number })
  .map(({ n, ...rest }) => submitted(n, rest));
const filter = fc.record(
  {
    status: fc.array(status),
    waitingFor: fc.constant("approval"),
    lane: fc.constantFrom(...lanes),
    agent,
    since: number,
    until: number,
    q: fc.constantFrom("intern", "run_", "zz"),
  },
  { requiredKeys: [] },
);

test("answer alike, whatever was taken in and is asked", () =>
  withTemporaryDirectory((directory) => {
    let file = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(laterChange, submission), { maxLength: 30 }), filter, (changes, asked) => {
        const [memory, sqlite] = [new MemoryRunHistory(), new SqliteRunHistory(join(directory, `${file++}.db`), log)];
        for (const history of [memory, sqlite]) history.apply(changes, { sequence: 1, timeMs: 1 });
        const first = sqlite.list(asked, { limit: 2 });
        assert.deepEqual(first, memory.list(asked as RunFilter, { limit: 2 }));
        const page = { limit: 2, ...(first.nextCursor !== null && { cursor: first.nextCursor }) };
        assert.deepEqual(sqlite.list(asked as RunFilter, page), memory.list(asked as RunFilter, page));
        assert.deepEqual(sqlite.owners(), memory.owners());
        for (const n of [1, 2, 3]) assert.deepEqual(sqlite.unfinished(controllerId(n)), memory.unfinished(controllerId(n)));
        sqlite.close();
      }),
      { numRuns: 60 },
    );
  }));

test.run();
