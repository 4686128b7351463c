import { flow } from "@longarm/spoke";
import Type from "typebox";
import { closed } from "../schemas.ts";
import { maxDeleted, pullOutput, sweep } from "./pull.ts";

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
