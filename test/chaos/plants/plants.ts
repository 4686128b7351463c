import type { SourceBug } from "../../simulator/bugs/plant-in-source.ts";

const controller = "packages/controller/src";
const sync = "packages/sync/src";

/** Bugs that the product can be given while it is loaded, by name, to see that the checks of a chaos run find them. */
export const plants: Readonly<Record<string, SourceBug>> = {
  /** Found as duplicates. */
  "repeat-lost-writes": {
    file: `${controller}/decide/retry.ts`,
    from: `  if (isReadBack(at)) return { kind: "readBack" };
  const again = isRepeatable(at.effect) && !isHopeless`,
    to: `  const again = !isHopeless`,
  },
  /** Found as lost. */
  "answer-before-store": {
    file: `${controller}/nats/runs/jetstream-run-log.ts`,
    from: `      const published = await commits.publish({ subject, ...sealed, expect });
      const found`,
    to: `      const publishing = commits.publish({ subject, ...sealed, expect });
      publishing.catch(() => undefined);
      const published = await Promise.race([publishing, Promise.resolve({ kind: "stored", sequence: 0 } as const)]);
      const found`,
  },
  /** Found as misreported, or as unfounded where what is not there has no output. */
  "believe-without-seeing": {
    file: `${controller}/decide/resolve.ts`,
    from: `if (found === "applied") return { kind: "reconciled" };`,
    to: `if (found === "applied" || found === "not_applied") return { kind: "reconciled" };`,
  },
  /** For the profile `sync`, found as missing: how far the copy is stands before what was copied, which the next commit brings. */
  "checkpoint-before-rows": {
    file: `${sync}/sinks/sqlite/sqlite-sink.ts`,
    from: `    for (const change of batch.changes) {`,
    to: `    const late = this as unknown as { held?: typeof batch.changes };
    const changes = late.held ?? [];
    late.held = batch.changes;
    for (const change of changes) {`,
  },
  /** For the profile `sync`, found as missing: a list of members that was begun is taken for read by whoever goes on. */
  "skip-begun-lists": {
    file: `${sync}/run/fan-out.ts`,
    from: `    if (progressOf(parts.commits).done.includes(childKey(child.stream, parent.id))) continue;`,
    to: `    const { done, open } = progressOf(parts.commits);
    if (done.includes(childKey(child.stream, parent.id)) || childKey(child.stream, parent.id) in open) continue;`,
  },
  /** For the profile `sync`, found as stale and missing: what changes while a list is read counts as read. */
  "watermark-of-the-last-page": {
    file: `${sync}/decide/checkpoint.ts`,
    from: `  const watermarkMs = step?.watermarkMs ?? atMs;`,
    to: `  const watermarkMs = atMs;`,
  },
  /** For the profile `sync`, found as extra: of what a page of the log says is gone, the first is not marked. */
  "leave-one-deletion-out": {
    file: `${sync}/run/sync-run.ts`,
    from: `  const marks = deletions.flatMap(`,
    to: `  const marks = deletions.slice(1).flatMap(`,
  },
  /** For the profile `sync`, found as begun anew: whoever goes on with a run begins it again. */
  "begin-again": {
    file: `${sync}/run/run-sync.ts`,
    from: `  if (!run || !canGoOn(run, plan)) await begin(`,
    to: `  await begin(`,
  },
};

/** Names the bug to the process that is to have it. */
export const plantVariable = "LONGARM_CHAOS_PLANT";

/** What a process of the product is to be started with so that it has that bug. */
export function environmentOfPlant(plant: string | undefined): Readonly<Record<string, string>> {
  if (plant === undefined) return {};
  return { [plantVariable]: plant, NODE_OPTIONS: `--import ${new URL("preload.ts", import.meta.url).href}` };
}
