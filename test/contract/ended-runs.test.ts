import assert from "node:assert/strict";
import { lanes, newId, type EndedRun, type KeptPage, type LogEntry, type RunId, type Submission, systemClock } from "@longarm/shared";
import type { LogEvent } from "../../packages/controller/src/ports/run-log.ts";
import { anySubmission, runStoreKinds, type RunStores } from "../support/run-stores.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("runs that are removed");
const never = new AbortController().signal;
const keepMs = 3_600_000;
const claimed = (): LogEntry => ({ kind: "claimed", controllerId: newId("controller") });
const completed: LogEntry = { kind: "completed", status: "succeeded", output: null, error: null };

for (const [kind, withStores] of Object.entries(runStoreKinds)) {
  test(`${kind}: what is kept is read back, the run is not, and nothing else of it is left`, () =>
    withStores(async (stores) => {
      const { log, ended, items, blobs } = stores;
      const submission = await finishedRun(stores);
      const { runId } = submission;
      const blob = await blobs.put(runId, { part: "output", epoch: 1, attempt: 1, bytes: Buffer.from("much") }, never);
      await items.append(runId, { page, after: 0, epoch: 1 }, never);
      const kept = endedOf(submission);
      assert.equal(await ended.keep(kept, keepMs), true);
      assert.equal(await log.read(runId), undefined);
      await ended.purge(runId);
      const found = await ended.get(runId);
      assert.deepEqual({ ...found, fingerprint: [...(found?.fingerprint ?? [])] }, { ...kept, fingerprint: [...kept.fingerprint] });
      assert.deepEqual([await log.read(runId), await items.last(runId)], [undefined, undefined]);
      await assert.rejects(blobs.get(runId, blob));
    }));

  test(`${kind}: its id is not submitted again, in no lane, before the rest is purged nor after`, () =>
    withStores(async (stores) => {
      const submission = await finishedRun(stores);
      await stores.ended.keep(endedOf(submission), keepMs);
      await allLanesRefuse(stores, submission);
      await stores.ended.purge(submission.runId);
      await allLanesRefuse(stores, submission);
      assert.equal(await stores.log.read(submission.runId), undefined);
    }));

  test(`${kind}: a hundred submissions that run beside a removal make no second run`, () =>
    withStores(async (stores) => {
      const submission = await finishedRun(stores);
      const { runId } = submission;
      const submits = Array.from({ length: 100 }, (_, n) => stores.log.submit({ ...submission, lane: lanes[n % 3] ?? "bulk" }));
      const removal = stores.ended.keep(endedOf(submission), keepMs).then(() => stores.ended.purge(runId));
      const results = await Promise.all(submits);
      await removal;
      assert.equal(results.filter((result) => result.kind === "stored").length, 0);
      await allLanesRefuse(stores, submission);
    }));

  test(`${kind}: a claim that was held back until the run was removed comes too late, and so does an append`, () =>
    withStores(async (stores) => {
      const { log, ended } = stores;
      const submission = anySubmission();
      await log.submit(submission);
      const stored = await log.read(submission.runId);
      assert.ok(stored);
      const owner = await finish(stores, submission.runId);
      await ended.keep(endedOf(submission), keepMs);
      await ended.purge(submission.runId);
      const claim = await log.append(submission.runId, { at: stored.position, epoch: 1, entries: [claimed()] }, never);
      const append = await log.append(submission.runId, { at: owner, epoch: 1, entries: [{ kind: "resumed" }] }, never);
      assert.deepEqual([claim.kind, append.kind], ["overtaken", "overtaken"]);
      assert.equal(await log.read(submission.runId), undefined);
    }));

  test(`${kind}: of ten removals beside each other one is the first, and all leave the same`, () =>
    withStores(async (stores) => {
      const submission = await finishedRun(stores);
      const tries = Array.from({ length: 10 }, async (_, n) => {
        const isFirst = await stores.ended.keep({ ...endedOf(submission), removedBy: `key-${n}` }, keepMs);
        await stores.ended.purge(submission.runId);
        return isFirst;
      });
      assert.equal((await Promise.all(tries)).filter(Boolean).length, 1);
      await allLanesRefuse(stores, submission);
    }));

  test(`${kind}: a run that was not removed is not purged, and one that nobody knows is not removed`, () =>
    withStores(async (stores) => {
      const submission = await finishedRun(stores);
      await stores.ended.purge(submission.runId);
      assert.equal((await stores.log.read(submission.runId))?.records.length, 2);
      assert.equal(await stores.ended.keep(endedOf(anySubmission()), keepMs), false);
      assert.equal(await stores.ended.get(submission.runId), undefined);
    }));

  test(`${kind}: followers are told of a removal once`, () =>
    withStores(async (stores) => {
      const submission = await finishedRun(stores);
      await stores.ended.keep(endedOf(submission), keepMs);
      await stores.ended.purge(submission.runId);
      const later = anySubmission();
      await stores.log.submit(later);
      const seen = await eventsUntil(stores, later.runId);
      const removals = seen.filter((event) => event.kind === "removed").map((event) => event.ended.runId);
      assert.deepEqual(removals, [submission.runId]);
    }));

  test(`${kind}: once its time is over the same id is a new run, and is carried although the end of the first was purged late`, () =>
    withStores(async (stores) => {
      const { log, ended } = stores;
      const submission = await finishedRun(stores);
      await ended.keep(endedOf(submission), 1_000);
      // What purges late leaves a fence that lives longer than what is kept.
      await systemClock.sleep(700);
      await ended.purge(submission.runId);
      await until("the id is free again", async () => (await log.submit(submission)).kind === "stored");
      await finish(stores, submission.runId);
      assert.equal((await log.read(submission.runId))?.records.length, 2);
      assert.equal(await ended.get(submission.runId), undefined);
    }));
}

test.run();

async function finishedRun(stores: RunStores): Promise<Submission> {
  const submission = anySubmission();
  await stores.log.submit(submission);
  await finish(stores, submission.runId);
  return submission;
}

/** Claims and completes a run, and gives the position of its claim. */
async function finish({ log }: RunStores, run: RunId) {
  const stored = await log.read(run);
  assert.ok(stored);
  let at = stored.position;
  for (;;) {
    const claim = await log.append(run, { at, epoch: 1, entries: [claimed()] }, never);
    assert.ok(claim.kind !== "overtaken");
    at = claim.position;
    if (claim.kind === "appended") break;
  }
  assert.equal((await log.append(run, { at, epoch: 1, entries: [completed] }, never)).kind, "appended");
  return at;
}

function endedOf({ runId, action, connection, lane, dryRun, fingerprint, submittedAtMs }: Submission): EndedRun {
  const end = {
    status: "succeeded",
    startedAtMs: null,
    endedAtMs: submittedAtMs + 5,
    removedAtMs: submittedAtMs + 9,
    removedBy: "key-1",
  } as const;
  return { runId, action, connection, lane, dryRun, fingerprint, submittedAtMs, ...end };
}

async function allLanesRefuse({ log }: RunStores, submission: Submission): Promise<void> {
  const results = await Promise.all(lanes.map((lane) => log.submit({ ...submission, lane })));
  assert.deepEqual(
    results.map((result) => result.kind),
    ["ended", "ended", "ended"],
  );
}

async function eventsUntil({ log }: RunStores, run: RunId): Promise<readonly LogEvent[]> {
  const seen: LogEvent[] = [];
  for await (const batch of log.follow(0, never)) {
    seen.push(...batch);
    if (seen.some((event) => event.kind === "submitted" && event.submission.runId === run)) break;
  }
  return seen;
}

const page: KeptPage = {
  ...{ ordinal: 0, next: null, itemCount: 1, itemsBefore: 0, itemIds: ["1"], droppedSoFar: 0, truncated: false },
  items: { kind: "inline", bytes: Buffer.from("{}") },
};
