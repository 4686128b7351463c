import assert from "node:assert/strict";
import { LongarmError, newId, type RunId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { anySubmission } from "../../../../test/support/run-stores.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryRunHistory } from "../memory/memory-run-history.ts";
import { MemoryRunLog } from "../memory/memory-run-log.ts";
import { endQueued } from "../run/steer/end-queued.ts";
import { RunSignals } from "../run/run-signals.ts";
import { stateOf } from "../run/view/run-view.ts";
import { expire } from "./expirer.ts";
import { project } from "./projector.ts";

const test = suite("runs that queue for too long");

interface World {
  readonly clock: ManualClock;
  readonly log: MemoryRunLog;
  endOf(run: RunId): Promise<{ readonly status: string; readonly details: unknown } | null>;
}

/** A run log with its projection and `count` controllers that watch for overdue runs, and nobody who carries any. */
async function withExpirer(body: (world: World) => Promise<void>, count = 1): Promise<void> {
  const clock = new ManualClock();
  const log = new MemoryRunLog({ clock });
  const stopping = new AbortController();
  const loops = Array.from({ length: count }, () => {
    const deps = { log, history: new MemoryRunHistory(), signals: new RunSignals(), clock, logger: silentLogger };
    return [project(deps, stopping.signal), expire(deps, stopping.signal)];
  });
  try {
    await body({
      clock,
      log,
      async endOf(run) {
        const stored = await log.read(run);
        const completed = stored && stateOf(stored).completed;
        return completed ? { status: completed.status, details: completed.error?.details } : null;
      },
    });
  } finally {
    stopping.abort();
    await clock.advance(1_000);
    await Promise.all(loops.flat());
  }
}

test("end in time although no slot comes free, each at the first of its limits", () =>
  withExpirer(async ({ clock, log, endOf }) => {
    const nowMs = clock.nowMs();
    const late = anySubmission({ deadlineMs: nowMs + 5_000, terms: { startByMs: nowMs + 60_000 } });
    const slow = anySubmission({ submittedAtMs: nowMs, terms: { startByMs: nowMs + 10_000 } });
    const patient = anySubmission();
    for (const submission of [late, slow, patient]) await log.submit(submission);
    await clock.advance(4_500);
    assert.equal(await endOf(late.runId), null);
    await clock.advance(1_500);
    assert.deepEqual(await endOf(late.runId), { status: "failed", details: { clock: "deadline" } });
    assert.equal(await endOf(slow.runId), null);
    await clock.advance(5_000);
    assert.deepEqual(await endOf(slow.runId), { status: "failed", details: { clock: "startWithin" } });
    await clock.advance(3_600_000, 60_000);
    assert.equal(await endOf(patient.runId), null);
  }));

test("are left to whoever has claimed them", () =>
  withExpirer(async ({ clock, log, endOf }) => {
    const submission = anySubmission({ deadlineMs: clock.nowMs() + 1_000 });
    await log.submit(submission);
    const stored = await log.read(submission.runId);
    assert.ok(stored);
    const entries = [{ kind: "claimed", controllerId: newId("controller") }] as const;
    await log.append(submission.runId, { at: stored.position, epoch: 1, entries }, new AbortController().signal);
    await clock.advance(5_000);
    assert.equal(await endOf(submission.runId), null);
  }));

test("are left to whoever has claimed them, also where the projection does not know it yet", () =>
  withExpirer(async ({ clock, log }) => {
    const submission = anySubmission();
    await log.submit(submission);
    const stored = await log.read(submission.runId);
    assert.ok(stored);
    const { signal } = new AbortController();
    const entries = [{ kind: "claimed", controllerId: newId("controller") }] as const;
    await log.append(submission.runId, { at: stored.position, epoch: 1, entries }, signal);
    assert.equal(await endQueued(log, submission.runId, { error: new LongarmError("deadline_exceeded"), signal }), false);
    assert.equal((await log.read(submission.runId))?.records.length, 1);
    await clock.advance(10);
  }));

test("end once, however many controllers see that they are overdue", () =>
  withExpirer(async ({ clock, log, endOf }) => {
    const submission = anySubmission({ deadlineMs: clock.nowMs() + 1_000 });
    await log.submit(submission);
    await clock.advance(5_000);
    assert.equal((await endOf(submission.runId))?.status, "failed");
    assert.equal((await log.read(submission.runId))?.records.length, 1);
  }, 3));

test.run();
