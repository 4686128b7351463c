import assert from "node:assert/strict";
import { LongarmError, newId, systemClock, type LogEntry } from "@longarm/shared";
import { anySubmission } from "../../../../test/support/run-stores.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryRunLog } from "../memory/memory-run-log.ts";
import { RunWriter } from "./run-writer.ts";

const test = suite("the owner's pen");
const resumed: LogEntry = { kind: "resumed" };

async function withPen(body: (pen: RunWriter, log: MemoryRunLog, kinds: () => Promise<string[]>) => Promise<void>): Promise<void> {
  const log = new MemoryRunLog({ clock: systemClock });
  const submission = anySubmission();
  await log.submit(submission);
  const run = submission.runId;
  const stored = await log.read(run);
  assert.ok(stored);
  const never = new AbortController().signal;
  const claimed = await log.append(
    run,
    { at: stored.position, epoch: 1, entries: [{ kind: "claimed", controllerId: newId("controller") }] },
    never,
  );
  assert.ok(claimed.kind === "appended");
  const pen = new RunWriter({
    log,
    run,
    position: claimed.position,
    epoch: 1,
    signal: never,
    onCommands: () => undefined,
    afterTurn: setImmediate,
  });
  await body(pen, log, async () => (await log.read(run))?.records.map(({ entries }) => entries.map(({ kind }) => kind).join("+")) ?? []);
}

test("a deferred entry shares the record of the next one", () =>
  withPen(async (pen, _log, kinds) => {
    pen.defer(resumed);
    await pen.write([{ kind: "cancelRequested", principal: "ada" }]);
    assert.deepEqual(await kinds(), ["claimed", "resumed+cancelRequested"]);
  }));

test("a deferred entry behind which nothing comes is written by itself", () =>
  withPen(async (pen, _log, kinds) => {
    pen.defer(resumed);
    await new Promise(setImmediate);
    await pen.write([]);
    assert.deepEqual(await kinds(), ["claimed", "resumed"]);
  }));

test("nothing is written behind a record that could not be stored, though the store would take it", () =>
  withPen(async (pen, log, kinds) => {
    const append = log.append.bind(log);
    log.append = () => Promise.reject(new LongarmError("internal", "The store broke."));
    await assert.rejects(pen.write([resumed]), /The store broke/);
    log.append = append;
    await assert.rejects(pen.write([{ kind: "cancelRequested", principal: "ada" }]), /The store broke/);
    assert.deepEqual([await kinds(), pen.isOvertaken], [["claimed"], false]);
  }));

test.run();
