import type { Batch, Change, Sink, WriterIdentity } from "@longarm/sync";
import { groupId, groupItem, memberOf, rowOf, usersFrom } from "./items.ts";

/** How many batches a numbered load has. */
export const batchCount = 90;
const runs = 3;
const perRun = batchCount / runs;

const momentOf = (run: number): string => new Date(Date.UTC(2026, 4, run + 1)).toISOString();

/** The n-th batch (from 1) of a load of three runs that each see a little less than the one before. Its checkpoint is its number. */
export function numberedBatch(n: number): Batch {
  const run = Math.floor((n - 1) / perRun);
  const step = (n - 1) % perRun;
  const changes: Change[] = [
    { kind: "upsert", table: "users", rows: usersFrom(step * 20, 20 - run) },
    { kind: "upsert", table: "groups", rows: [rowOf("groups", groupItem(step))] },
    { kind: "upsert", table: "group_members", rows: Array.from({ length: 10 - run }, (_, at) => memberOf(step, step * 20 + at)) },
    { kind: "mark", table: "group_members", scope: { column: "group_id", values: [groupId(step)] }, at: momentOf(run), by: "sweep" },
  ];
  if (step === perRun - 1) changes.push({ kind: "mark", table: "users", scope: null, at: momentOf(run), by: "sweep" });
  if (step === 3) changes.push({ kind: "faults", faults: [{ table: "users", key: null, problem: "is no object", item: `"${n}"` }] });
  return { changes, generation: run + 1, at: momentOf(run), checkpoint: String(n) };
}

/** The whole load. Made before it is written, so that whoever interrupts the writing meets it within a commit. */
export function numberedBatches(): readonly Batch[] {
  return Array.from({ length: batchCount }, (_, at) => numberedBatch(at + 1));
}

interface WriteOptions {
  readonly batches?: readonly Batch[];
  /** Is told each batch that stands. */
  readonly onCommit?: (n: number) => void;
}

/** Writes what is left of the load, from the sink's own checkpoint on. */
export async function writeNumbered(
  sink: Sink,
  writer: WriterIdentity,
  { batches = numberedBatches(), onCommit = () => undefined }: WriteOptions = {},
): Promise<void> {
  const open = await sink.open(writer);
  const stands = Number(open.checkpoint ?? "0");
  for (const [at, batch] of batches.entries()) {
    if (at < stands) continue;
    await open.commit(batch);
    onCommit(at + 1);
  }
  await open.close();
}
