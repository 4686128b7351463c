import { closed, flow, type FlowContext, readDuration, type RecordKindName } from "@longarm/spoke";
import Type, { type Static } from "typebox";

// A page of records shares its commits; more would hold the broker's attention for long.
const chunkSize = 200;

/** What tells a pull how much it may mark as deleted. */
const maxDeleted = Type.Optional(
  Type.Integer({ minimum: 0, description: "How many records it may mark as deleted; absent: a fifth of the living, ten at least." }),
);

/** What a pull tells of itself. */
const pullOutput = closed({
  mode: Type.Enum(["full", "changes"]),
  read: Type.Integer({ description: "How many objects were read." }),
  written: Type.Integer({ description: "How many records changed by that." }),
  markedDeleted: Type.Integer({ description: "How many the whole listing did not show any more." }),
  watermark: Type.Union([Type.String(), Type.Null()], { description: "Changes are read from there on the next time." }),
});

/** Counts what was kept of a listing. */
interface Kept {
  readonly read: number;
  readonly written: number;
}

/** Keeps what a listing yields that began at `seenAt`, a chunk after the other. */
async function keepAll(
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
interface Sweep {
  readonly kind: RecordKindName;
  readonly stream: string;
  readonly maxDeleted?: number | undefined;
}

/** Lists everything, keeps it, and marks what was not listed. Throws before it marks anything when the listing fails. */
async function sweep(ctx: FlowContext, { kind, stream, maxDeleted: most }: Sweep): Promise<Kept & { readonly markedDeleted: number }> {
  const seenAt = ctx.now();
  const kept = await keepAll(ctx, kind, { objects: ctx.stream(stream, {}) as AsyncIterable<Readonly<Record<string, unknown>>>, seenAt });
  const markedDeleted = await ctx.records.markMissing(kind, { seenSince: seenAt, ...(most !== undefined && { most }) });
  return { ...kept, markedDeleted };
}

/** Something of a list, one by one. */
async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const usualSweepEvery = "1d";

const input = closed({
  mode: Type.Enum(["auto", "full", "changes"], {
    default: "auto",
    description:
      "`full` lists everything and marks what is gone; `changes` reads what is new; `auto` does the first where it is due, else the second.",
  }),
  sweepEvery: Type.Optional(
    Type.String({ minLength: 2, maxLength: 20, description: "With `auto`: how old the last whole listing may become; 1d unless told." }),
  ),
  maxDeleted,
});

type Wish = Static<typeof input>;
type Pulled = Static<typeof pullOutput>;

interface Changes {
  readonly groups: readonly Readonly<Record<string, unknown>>[];
  readonly watermark: string | null;
  readonly truncated: boolean;
}

/**
 * Subflow "Get Groups", as the product really does it. How far the records are complete is moved only when everything up to there is kept: a
 * pull that fails half-way leaves it where it was, so that the next one reads what this one did not.
 */
export const pullGroups = flow({
  name: "okta.flow.pullGroups",
  title: "Get Groups",
  summary: "Brings the records of groups up to date: reads what is new or changed, or everything, and then marks groups that are gone.",
  version: 1,
  input,
  output: pullOutput,
  async run(ctx, wish) {
    const mark = await ctx.records.mark("groups");
    if (mark.watermark !== null && !isSweepDue(ctx, wish, mark.sweptAt)) {
      const pulled = await pullChanges(ctx, mark.watermark);
      if (pulled) return pulled;
    }
    return pullEverything(ctx, wish);
  },
});

function isSweepDue(ctx: FlowContext, { mode, sweepEvery = usualSweepEvery }: Wish, sweptAt: string | null): boolean {
  if (mode !== "auto") return mode === "full";
  return sweptAt === null || ctx.now() - Date.parse(sweptAt) >= (readDuration(sweepEvery) ?? 0);
}

/** Undefined: there are more than one answer holds. */
async function pullChanges(ctx: FlowContext, since: string): Promise<Pulled | undefined> {
  const seenAt = ctx.now();
  const { groups, watermark, truncated } = (await ctx.run("okta.group.getChanged", { since })) as Changes;
  if (truncated) return undefined;
  const kept = await keepAll(ctx, "groups", { objects: each(groups), seenAt });
  if (watermark !== null) await ctx.records.moveMark("groups", { watermark });
  return { mode: "changes", ...kept, markedDeleted: 0, watermark: watermark ?? since };
}

async function pullEverything(ctx: FlowContext, { maxDeleted: most }: Wish): Promise<Pulled> {
  const sweptAt = new Date(ctx.now()).toISOString();
  // Of the org's own clock, before the listing: what changes while that is under way is read once more the next time.
  const { watermark } = (await ctx.run("okta.group.getChanged", { since: sweptAt })) as Changes;
  const swept = await sweep(ctx, { kind: "groups", stream: "okta.group.stream", maxDeleted: most });
  await ctx.records.moveMark("groups", { sweptAt, ...(watermark !== null && { watermark }) });
  return { mode: "full", ...swept, watermark };
}

/** Keeps the module "Okta Applications" complete. Okta lists no applications by when they changed, so that all are read. */
export const pullApplications = flow({
  name: "okta.flow.pullApplications",
  title: "Get Applications",
  summary: "Brings the records of applications up to date: reads all of them, and marks those that are gone.",
  version: 1,
  input: closed({
    mode: Type.Enum(["auto", "full"], { default: "auto", description: "Everything is listed either way." }),
    maxDeleted,
  }),
  output: pullOutput,
  async run(ctx, { maxDeleted: most }) {
    const sweptAt = new Date(ctx.now()).toISOString();
    const swept = await sweep(ctx, { kind: "applications", stream: "okta.app.stream", maxDeleted: most });
    await ctx.records.moveMark("applications", { sweptAt });
    return { mode: "full" as const, ...swept, watermark: null };
  },
});
