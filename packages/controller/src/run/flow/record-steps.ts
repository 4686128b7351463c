import { LongarmError, type RecordKindName, type RecordSource, type RecordState, type SeenObject, type StepEnded } from "@longarm/shared";
import { changedAtOf, objectId, type RecordKind, type StepRequest } from "@longarm/spoke";
import { isTooMuchMissing, mergeGone, mergeMissing, mergeSeen } from "../../decide/records/merge-record.ts";
import { markName, type RecordChange, type RecordMark, type Records } from "../../ports/record-store.ts";
import { abortReason } from "../wait/abort-reason.ts";
import type { CarrierDeps } from "../carriage.ts";
import { patiently } from "../wait/patiently.ts";
import { ended } from "./step-ends.ts";

/** What a step does with records. */
interface RecordWish {
  readonly kind: RecordKindName;
  readonly objects?: readonly Readonly<Record<string, unknown>>[];
  readonly seenAt?: number;
  readonly source?: RecordSource;
  readonly id?: string;
  readonly goneAt?: number;
  readonly seenSince?: number;
  readonly most?: number;
  readonly watermark?: string;
  readonly sweptAt?: string;
}

interface At {
  readonly records: Records;
  readonly kind: RecordKind;
  readonly connection: string;
  readonly wish: RecordWish;
}

const mostObjects = 1_000;
const noMark: RecordMark = { watermark: null, sweptAt: null };

const acts: Readonly<Record<string, (at: At) => Promise<unknown>>> = { upsert, markDeleted, markMissing, mark, moveMark };

/**
 * Does what a step of a flow asks of the records of its connection. Done again after a crash it comes out the same: what is kept depends on
 * when objects were seen, not on how often that is said.
 */
async function carryRecordStep(
  { records, kinds, connection }: Pick<At, "records" | "connection"> & { readonly kinds: readonly RecordKind[] },
  { name, input }: Pick<StepRequest, "name" | "input">,
): Promise<unknown> {
  const wish = input as RecordWish;
  const kind = kinds.find((one) => one.kind === wish.kind);
  const act = acts[name];
  if (!kind || !act)
    throw new LongarmError("invalid_request", `ctx.records.${name} was asked for "${wish.kind}", of which no records are kept.`);
  return act({ records, kind, connection, wish });
}

const againAfterMs = 1_000;

/** A store that is full is no fault of the flow's: what was accepted waits for room, as it does for a broker that is away. */
async function whileThereIsRoom<T>(
  { clock, signal }: Pick<CarrierDeps, "clock"> & { readonly signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await patiently({ clock, signal }, work);
    } catch (reason) {
      if (LongarmError.from(reason).code !== "storage_full") throw reason;
    }
    await clock.sleep(againAfterMs, signal);
  }
}

/** The end of such a step, however it ends. While the broker is away or full it waits. Throws the signal's reason. */
export async function endOfRecordStep(
  { records, catalogue, clock }: Pick<CarrierDeps, "records" | "catalogue" | "clock">,
  request: StepRequest,
  { connection, signal }: { readonly connection: string; readonly signal: AbortSignal },
): Promise<StepEnded> {
  const at = { records, kinds: catalogue.recordKinds(), connection };
  try {
    const value = await whileThereIsRoom({ clock, signal }, () => carryRecordStep(at, request));
    const output = { kind: "inline", bytes: new TextEncoder().encode(JSON.stringify(value)) } as const;
    return { ...ended(request.path, clock.nowMs()), output };
  } catch (reason) {
    if (signal.aborted) throw abortReason(signal);
    return { ...ended(request.path, clock.nowMs()), error: LongarmError.from(reason).toBody() };
  }
}

/** What is shown of such a step: objects are seen at their records. */
export function shownRecordInput(input: unknown): unknown {
  const { objects, ...rest } = input as RecordWish;
  return objects ? { ...rest, objects: objects.length } : rest;
}

async function upsert(at: At): Promise<{ readonly written: number; readonly unchanged: number }> {
  const { objects = [], seenAt = 0, source = "flow" } = at.wish;
  if (objects.length > mostObjects)
    throw new LongarmError("invalid_request", `ctx.records.upsert was given ${objects.length} objects; it takes 1,000 at once.`);
  const sights = objects.map((object) => ({ id: objectId(object), object, changedAt: changedAtOf(at.kind, object), seenAt, source }));
  const stored = await Promise.all(sights.map(({ id, ...seen }) => change(at, id, (kept) => mergeSeen(kept, seen satisfies SeenObject))));
  const written = stored.filter((record) => record !== undefined).length;
  return { written, unchanged: objects.length - written };
}

async function markDeleted(at: At): Promise<{ readonly marked: boolean }> {
  const { id = "", goneAt = 0 } = at.wish;
  return { marked: (await change(at, objectId({ id }), (kept) => mergeGone(kept, goneAt))) !== undefined };
}

async function markMissing(at: At): Promise<{ readonly marked: number }> {
  const { records, kind, connection, wish } = at;
  const { seenSince = 0, most } = wish;
  const isMissing = (state: RecordState): boolean => mergeMissing(state, seenSince) !== undefined;
  const missing: string[] = [];
  let living = 0;
  for await (const record of records.store.scan(kind.kind, connection)) {
    // What a former try of this step has marked was there when the listing began.
    const isOurs = record.deletedAt === seenSince;
    if (record.deletedAt === null || isOurs) living += 1;
    if (isMissing(record) || isOurs) missing.push(record.id);
  }
  if (isTooMuchMissing(missing.length, living, most)) throw tooMuch(at, { missing: missing.length, living });
  await inTurns(missing, (id) => change(at, id, (kept) => mergeMissing(kept, seenSince)));
  return { marked: missing.length };
}

async function mark({ records, kind, connection }: At): Promise<RecordMark> {
  return (await records.marks.get(markName(kind.kind, connection)))?.value ?? noMark;
}

/** Only forwards: of two who pull at the same time the one that knows less does not take it back. */
async function moveMark({ records, kind, connection, wish }: At): Promise<RecordMark> {
  const name = markName(kind.kind, connection);
  for (;;) {
    const before = await records.marks.get(name);
    const { watermark, sweptAt } = before?.value ?? noMark;
    const next = { watermark: later(watermark, wish.watermark), sweptAt: later(sweptAt, wish.sweptAt) };
    if (before && next.watermark === watermark && next.sweptAt === sweptAt) return next;
    try {
      return (await records.marks.put(name, next, before?.sequence ?? 0)).value;
    } catch (reason) {
      if (LongarmError.from(reason).code !== "conflict") throw reason;
    }
  }
}

function change({ records, kind, connection }: At, id: string, how: RecordChange) {
  return records.store.change({ kind: kind.kind, connection, id }, how);
}

const atOnce = 200;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) await Promise.all(items.slice(from, from + atOnce).map(work));
}

function later(known: string | null, wished: string | undefined): string | null {
  if (wished === undefined) return known;
  const ms = Date.parse(wished);
  if (Number.isNaN(ms))
    throw new LongarmError("invalid_request", `ctx.records.moveMark was given ${JSON.stringify(wished)}; it takes RFC 3339 times.`);
  return known === null || ms > Date.parse(known) ? wished : known;
}

function tooMuch({ kind, connection }: At, { missing, living }: { readonly missing: number; readonly living: number }): LongarmError {
  const sentence =
    `A listing of the ${kind.kind} of ${connection} lacks ${missing} of ${living} records, so none was marked as deleted: look whether the org ` +
    "has lost them, and allow it for one run with `maxDeleted`.";
  return new LongarmError("too_many_deletions", sentence, { details: { kind: kind.kind, connection, missing, living } });
}
