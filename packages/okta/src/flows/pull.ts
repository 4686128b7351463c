import type { FlowContext } from "@longarm/spoke";
import type { RecordKindName } from "@longarm/shared";
import Type from "typebox";
import { closed } from "../schemas.ts";

// A page of records shares its commits; more would hold the broker's attention for long.
const chunkSize = 200;

/** What tells a pull how much it may mark as deleted. */
export const maxDeleted = Type.Optional(
  Type.Integer({ minimum: 0, description: "How many records it may mark as deleted; absent: a fifth of the living, ten at least." }),
);

/** What a pull tells of itself. */
export const pullOutput = closed({
  mode: Type.Enum(["full", "changes"]),
  read: Type.Integer({ description: "How many objects were read." }),
  written: Type.Integer({ description: "How many records changed by that." }),
  markedDeleted: Type.Integer({ description: "How many the whole listing did not show any more." }),
  watermark: Type.Union([Type.String(), Type.Null()], { description: "Changes are read from there on the next time." }),
});

/** Counts what was kept of a listing. */
export interface Kept {
  readonly read: number;
  readonly written: number;
}

/** Keeps what a listing yields that began at `seenAt`, a chunk after the other. */
export async function keepAll(
  ctx: FlowContext,
  kind: RecordKindName,
  listing: { readonly objects: AsyncIterable<Readonly<Record<string, unknown>>>; readonly seenAt: number },
): Promise<Kept> {
  let [read, written] = [0, 0];
  let chunk: Readonly<Record<string, unknown>>[] = [];
  const keep = async (): Promise<void> => {
    if (chunk.length === 0) return;
    const kept = await ctx.records.upsert(kind, chunk, { seenAt: listing.seenAt, source: "sync" });
    [read, written, chunk] = [read + chunk.length, written + kept.written, []];
  };
  for await (const object of listing.objects) {
    chunk.push(object);
    if (chunk.length === chunkSize) await keep();
  }
  await keep();
  return { read, written };
}

/** What a listing of everything is asked for. */
export interface Sweep {
  readonly kind: RecordKindName;
  readonly stream: string;
  readonly maxDeleted?: number | undefined;
}

/** Lists everything, keeps it, and marks what was not listed. Throws before it marks anything when the listing fails. */
export async function sweep(
  ctx: FlowContext,
  { kind, stream, maxDeleted: most }: Sweep,
): Promise<Kept & { readonly markedDeleted: number }> {
  const seenAt = ctx.now();
  const kept = await keepAll(ctx, kind, { objects: ctx.stream(stream, {}) as AsyncIterable<Readonly<Record<string, unknown>>>, seenAt });
  const markedDeleted = await ctx.records.markMissing(kind, { seenSince: seenAt, ...(most !== undefined && { most }) });
  return { ...kept, markedDeleted };
}

/** Something of a list, one by one. */
export async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
