import type { SourceBug } from "../../simulator/bugs/plant-in-source.ts";

const controller = "packages/controller/src";

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
};

/** Names the bug to the process that is to have it. */
export const plantVariable = "LONGARM_CHAOS_PLANT";

/** What a process of the product is to be started with so that it has that bug. */
export function environmentOfPlant(plant: string | undefined): Readonly<Record<string, string>> {
  if (plant === undefined) return {};
  return { [plantVariable]: plant, NODE_OPTIONS: `--import ${new URL("preload.ts", import.meta.url).href}` };
}
