import { readDuration } from "@longarm/shared";
import { flow, type FlowContext } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { closed, type Group } from "../schemas.ts";
import { each, keepAll, maxDeleted, pullOutput, sweep } from "./pull.ts";

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
  readonly groups: readonly Group[];
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
