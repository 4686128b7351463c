import assert from "node:assert/strict";
import { lanes, LongarmError, newId, type KeptPage, type LogEntry } from "@longarm/shared";
import type { LogEvent } from "../../packages/controller/src/ports/run-log.ts";
import type { StoredPage } from "../../packages/controller/src/ports/item-store.ts";
import { anySubmission, runStoreKinds } from "../support/run-stores.ts";
import { suite } from "../support/suite.ts";

const stores = suite("where runs are kept");
// A broker that starts and fsyncs beside much else takes its time; what hangs is still seen.
const test = (title: string, body: () => Promise<void>): void => stores(title, body, { timeoutMs: 30_000 });
const never = new AbortController().signal;
const claimed = (): LogEntry => ({ kind: "claimed", controllerId: newId("controller") });
const cancel: LogEntry = { kind: "cancelRequested", principal: "key-1" };

for (const [kind, withStores] of Object.entries(runStoreKinds)) {
  test(`${kind}: a submission is read back as it was made`, () =>
    withStores(async ({ log }) => {
      const retry = { on: ["not_sent"], attempts: 3, factor: 1.5, withinMs: null } as const;
      const terms = { retry, concurrencyKey: "ada", concurrencyLimit: 2, startByMs: 7, runWithinMs: 8 };
      const submission = anySubmission({ deadlineMs: 5, narrowedTo: "labels.site == 'hq'", lane: "bulk", terms });
      assert.deepEqual(await log.submit(submission), { kind: "stored" });
      const run = await log.read(submission.runId);
      assert.deepEqual(
        { ...run?.submission, fingerprint: [...(run?.submission.fingerprint ?? [])] },
        { ...submission, fingerprint: [1, 2, 3] },
      );
      assert.equal(await log.read(newId("run")), undefined);
    }));

  test(`${kind}: of a hundred submissions of one id over all lanes exactly one is stored`, () =>
    withStores(async ({ log }) => {
      const runId = newId("run");
      const tries = Array.from({ length: 99 }, (_, n) => log.submit(anySubmission({ runId, lane: lanes[n % 3] ?? "bulk" })));
      const results = await Promise.all(tries);
      assert.equal(results.filter((result) => result.kind === "stored").length, 1);
    }));

  test(`${kind}: what may not be stored is found where it was stored before, and refused where not`, () =>
    withStores(async ({ log }) => {
      const submission = anySubmission();
      const refused = await log.submit(submission, { mayStore: false }).catch((reason: unknown) => LongarmError.from(reason).code);
      assert.equal(refused, "storage_full");
      await log.submit(submission);
      const found = await log.submit(submission, { mayStore: false });
      assert.deepEqual(found.kind === "exists" && found.submission.runId, submission.runId);
    }));

  test(`${kind}: of ten claims at one position one is appended and the others are overtaken`, () =>
    withStores(async ({ log }) => {
      const { runId, at } = await submitted(log);
      const claims = Array.from({ length: 10 }, () => log.append(runId, { at, epoch: 1, entries: [claimed()] }, never));
      const kinds = (await Promise.all(claims)).map((result) => result.kind);
      assert.deepEqual(kinds.toSorted(), ["appended", ...Array.from({ length: 9 }, () => "overtaken")]);
    }));

  test(`${kind}: an owner is told of commands that came between, and appends behind them`, () =>
    withStores(async ({ log }) => {
      const { runId, at } = await submitted(log);
      const first = await log.append(runId, { at, epoch: 1, entries: [claimed()] }, never);
      assert.ok(first.kind === "appended");
      await log.append(runId, { at: first.position, epoch: 1, entries: [cancel] }, never);
      const second = await log.append(runId, { at: first.position, epoch: 1, entries: [{ kind: "resumed" }] }, never);
      assert.ok(second.kind === "commands");
      assert.deepEqual(
        second.records.map((record) => record.entries),
        [[cancel]],
      );
      const third = await log.append(runId, { at: second.position, epoch: 1, entries: [{ kind: "resumed" }] }, never);
      assert.equal(third.kind, "appended");
      const kinds = (await log.read(runId))?.records.flatMap((record) => record.entries.map((entry) => entry.kind));
      assert.deepEqual(kinds, ["claimed", "cancelRequested", "resumed"]);
    }));

  test(`${kind}: of a hundred who say at one position that they read the secrets one is appended, and the others see whose`, () =>
    withStores(async ({ log }) => {
      const { runId, at } = await submitted(log);
      const ended: LogEntry = { kind: "completed", status: "succeeded", output: null, error: null };
      const first = await log.append(runId, { at, epoch: 1, entries: [claimed(), ended] }, never);
      assert.ok(first.kind === "appended");
      const read = (n: number): LogEntry => ({ kind: "secretsRead", principal: `key-${n}` });
      const reads = Array.from({ length: 100 }, (_, n) => log.append(runId, { at: first.position, epoch: 1, entries: [read(n)] }, never));
      const results = await Promise.all(reads);
      const winners = results.flatMap((result, n) => (result.kind === "appended" ? [n] : []));
      assert.equal(winners.length, 1);
      const stored = (await log.read(runId))?.records.slice(1).map(({ entries }) => entries);
      assert.deepEqual(stored, [[read(winners[0] ?? -1)]]);
      for (const result of results) {
        if (result.kind === "appended") continue;
        assert.ok(result.kind === "commands");
        assert.deepEqual(
          result.records.map(({ entries }) => entries),
          stored,
        );
      }
    }));

  test(`${kind}: how long a record has been stored is told by the store's own clock`, () =>
    withStores(async ({ log }) => {
      const { runId, at } = await submitted(log);
      const beganMs = performance.now();
      const first = await log.append(runId, { at, epoch: 1, entries: [claimed()] }, never);
      assert.ok(first.kind === "appended");
      const storedMs = performance.now();
      for (let spentMs = 0; spentMs < 20; spentMs = performance.now() - storedMs) await log.read(runId);
      const [leastMs, ageMs] = [performance.now() - storedMs, await log.ageOf(first.position.sequence)];
      // Their clocks count whole milliseconds.
      assert.ok(ageMs !== undefined && ageMs >= leastMs - 2 && ageMs <= performance.now() - beganMs + 2, `${ageMs} ms`);
      assert.equal(await log.ageOf(first.position.sequence + 1_000), undefined);
    }));

  test(`${kind}: an owner behind a higher epoch is overtaken`, () =>
    withStores(async ({ log }) => {
      const { runId, at } = await submitted(log);
      const first = await log.append(runId, { at, epoch: 1, entries: [claimed()] }, never);
      assert.ok(first.kind === "appended");
      await log.append(runId, { at: first.position, epoch: 2, entries: [claimed()] }, never);
      const late = await log.append(runId, { at: first.position, epoch: 1, entries: [{ kind: "resumed" }] }, never);
      assert.deepEqual(late, { kind: "overtaken", epoch: 2 });
    }));

  test(`${kind}: a follower sees submissions and records in order, from where it left off`, () =>
    withStores(async ({ log }) => {
      const { runId, at } = await submitted(log);
      await log.append(runId, { at, epoch: 1, entries: [claimed()] }, never);
      const seen = await take(log.follow(0, never), 2);
      assert.deepEqual(
        seen.map((event) => event.kind),
        ["submitted", "record"],
      );
      const later = await take(log.follow(seen[0]?.sequence ?? 0, never), 1);
      assert.deepEqual(
        later.map((event) => event.kind),
        ["record"],
      );
    }));

  test(`${kind}: pages are kept in order, one at each place`, () =>
    withStores(async ({ items }) => {
      const run = newId("run");
      const first = await items.append(run, { page: page(0), after: 0, epoch: 1 }, never);
      assert.ok(first.kind === "stored");
      assert.deepEqual(await items.append(run, { page: page(0, "other"), after: 0, epoch: 2 }, never), {
        ...{ kind: "conflict", epoch: 1 },
      });
      await items.append(run, { page: page(1), after: first.sequence, epoch: 1 }, never);
      assert.equal((await items.last(run))?.page?.ordinal, 1);
      const ordinals: number[] = [];
      for await (const kept of items.read(run, never)) {
        ordinals.push(kept.page.ordinal);
        if (ordinals.length === 2) break;
      }
      assert.deepEqual(ordinals, [0, 1]);
    }));

  test(`${kind}: a former owner's page behind a fence is refused, and a reader sees nothing of the fence`, () =>
    withStores(async ({ items }) => {
      const run = newId("run");
      const first = await items.append(run, { page: page(0), after: 0, epoch: 1 }, never);
      assert.ok(first.kind === "stored");
      await items.fence(run, 2, never);
      const late = await items.append(run, { page: page(1, "late"), after: first.sequence, epoch: 1 }, never);
      assert.deepEqual(late, { kind: "conflict", epoch: 2 });
      const end = await items.last(run);
      assert.deepEqual([end?.page?.ordinal, end?.page?.next, end?.page?.itemIds], [0, page(0).next, ["id-0"]]);
      assert.equal((await items.append(run, { page: page(1), after: end?.sequence ?? 0, epoch: 2 }, never)).kind, "stored");
      assert.deepEqual(await firstIds(items.read(run, never), 2), [["id-0"], ["id-1"]]);
    }));

  test(`${kind}: a fence stands before the first page, too, and once however often it is put up`, () =>
    withStores(async ({ items }) => {
      const run = newId("run");
      await items.fence(run, 2, never);
      const { page: none, sequence = 0 } = (await items.last(run)) ?? {};
      assert.equal(none, undefined);
      for (const epoch of [2, 1]) await items.fence(run, epoch, never);
      assert.equal((await items.last(run))?.sequence, sequence);
      assert.deepEqual(await items.append(run, { page: page(0, "late"), after: 0, epoch: 1 }, never), { kind: "conflict", epoch: 2 });
      assert.equal((await items.append(run, { page: page(0), after: sequence, epoch: 2 }, never)).kind, "stored");
      assert.deepEqual(await firstIds(items.read(run, never), 1), [["id-0"]]);
    }));

  test(`${kind}: of two owners that append and fence at once nothing of the former stands behind the fence`, () =>
    withStores(async ({ items }) => {
      const run = newId("run");
      const former = async (): Promise<void> => {
        let after = 0;
        for (let ordinal = 0; ; ordinal += 1) {
          const put = await items.append(run, { page: page(ordinal), after, epoch: 1 }, never);
          if (put.kind === "conflict") return assert.equal(put.epoch, 2);
          after = put.sequence;
          await new Promise(setImmediate);
        }
      };
      const appending = former();
      await new Promise(setImmediate);
      await items.fence(run, 2, never);
      const { page: last, sequence = 0 } = (await items.last(run)) ?? {};
      await appending;
      assert.equal((await items.last(run))?.sequence, sequence);
      const pages = (last?.ordinal ?? -1) + 1;
      assert.equal((await items.append(run, { page: page(pages), after: sequence, epoch: 2 }, never)).kind, "stored");
      const expected = Array.from({ length: pages + 1 }, (_, n) => [`id-${n}`]);
      assert.deepEqual(await firstIds(items.read(run, never), pages + 1), expected);
    }));

  test(`${kind}: a blob of several chunks comes back whole`, () =>
    withStores(async ({ blobs }) => {
      const run = newId("run");
      const bytes = Uint8Array.from({ length: 1_300_000 }, (_, n) => n % 251);
      const blob = await blobs.put(run, { part: "output", epoch: 1, attempt: 1, bytes }, never);
      assert.equal(Buffer.compare(await blobs.get(run, blob), bytes), 0);
    }));

  test(`${kind}: a run that was ended before anybody claimed it cannot be claimed`, () =>
    withStores(async ({ log }) => {
      const { runId, at } = await submitted(log);
      const ended: LogEntry = { kind: "completed", status: "cancelled", output: null, error: null };
      const entries: LogEntry[] = [{ kind: "cancelRequested", principal: "ada" }, ended];
      assert.equal((await log.append(runId, { at, epoch: 0, entries }, never)).kind, "appended");
      const claim: LogEntry = { kind: "claimed", controllerId: newId("controller") };
      assert.equal((await log.append(runId, { at, epoch: 1, entries: [claim] }, never)).kind, "overtaken");
      assert.equal((await log.read(runId))?.records.length, 1);
    }));

  test(`${kind}: an owner that was overtaken writes nothing over its successor's blob`, () =>
    withStores(async ({ blobs }) => {
      const run = newId("run");
      const of = { part: "output", attempt: 1 };
      const successors = await blobs.put(run, { ...of, epoch: 2, bytes: Buffer.from("right") }, never);
      await blobs.put(run, { ...of, epoch: 1, bytes: Buffer.from("wrong") }, never);
      assert.equal(Buffer.from(await blobs.get(run, successors)).toString(), "right");
    }));
}

stores.run();

type Log = Parameters<Parameters<(typeof runStoreKinds)["memory"] & {}>[0]>[0]["log"];

async function submitted(log: Log) {
  const submission = anySubmission();
  await log.submit(submission);
  const run = await log.read(submission.runId);
  assert.ok(run);
  return { runId: submission.runId, at: run.position };
}

async function take(batches: AsyncIterable<readonly LogEvent[]>, count: number): Promise<readonly LogEvent[]> {
  const seen: LogEvent[] = [];
  for await (const batch of batches) {
    seen.push(...batch);
    if (seen.length >= count) break;
  }
  return seen;
}

async function firstIds(pages: AsyncIterable<StoredPage>, count: number): Promise<readonly (readonly string[])[]> {
  const seen: (readonly string[])[] = [];
  for await (const { page: kept } of pages) {
    seen.push(kept.itemIds);
    if (seen.length >= count) break;
  }
  return seen;
}

function page(ordinal: number, id = `id-${ordinal}`): KeptPage {
  const items = { kind: "inline", bytes: new TextEncoder().encode(`{"id":"${id}"}\n`) } as const;
  return {
    ordinal,
    next: `https://acme.example/?after=${ordinal}`,
    itemCount: 1,
    itemsBefore: ordinal,
    items,
    itemIds: [id],
    droppedSoFar: 0,
    truncated: false,
  };
}
