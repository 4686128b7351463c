import { seededLogin } from "@longarm/sandbox";
import { withInstallation, type Installation } from "./support/installation.ts";

const users = 1_000;
const bulkRuns = Number(process.env["LONGARM_BENCH_BULK"] ?? 50_000);
const interactiveRuns = 200;
const submitters = 64;

interface Started {
  readonly id: string;
  readonly submittedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

function bodyOf(n: number, lane: "bulk" | "interactive"): object {
  return { action: "okta.user.get", connection: "sandbox", lane, input: { user: seededLogin((n * 7) % users) } };
}

/** Submits bulk runs as fast as they are taken, many at a time. */
async function fill({ ask }: Installation): Promise<number> {
  const beganMs = performance.now();
  let next = 0;
  const submitter = async (): Promise<void> => {
    while (next < bulkRuns) await ask("POST", "/v1/runs", { body: bodyOf(next++, "bulk") });
  };
  await Promise.all(Array.from({ length: submitters }, submitter));
  return bulkRuns / ((performance.now() - beganMs) / 1_000);
}

async function queuedIn({ ask }: Installation): Promise<boolean> {
  const { runs } = await ask<{ runs: readonly unknown[] }>("GET", "/v1/runs?status=queued&lane=bulk&limit=1");
  return runs.length > 0;
}

/** Interactive runs one after the other, each once the one before has ended; how long each waited for its start and for its end. */
async function interactive({ ask }: Installation): Promise<{ readonly starts: number[]; readonly ends: number[] }> {
  const [starts, ends]: [number[], number[]] = [[], []];
  for (let n = 0; n < interactiveRuns; n += 1) {
    const run = await ask<Started>("POST", "/v1/runs", { body: bodyOf(n, "interactive"), wait: 60 });
    starts.push(Date.parse(run.startedAt ?? "") - Date.parse(run.submittedAt));
    ends.push(Date.parse(run.endedAt ?? "") - Date.parse(run.submittedAt));
  }
  return { starts, ends };
}

function share(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** How long an interactive run waits for its start while bulk runs stand in a long queue. */
export const bench = {
  name: "lanes",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    // As good as closed while it is filled, else it would never be long.
    const controller = { lanes: { bulk: 1 } };
    await withInstallation({ users, controller }, async (at) => {
      const idle = await interactive(at);
      const perSecond = await fill(at);
      await at.restart();
      print(`lanes: ${bulkRuns} bulk runs submitted at ${perSecond.toFixed(0)}/s, ${interactiveRuns} interactive ones, one at a time`);
      const busy = await interactive(at);
      const isStillFull = await queuedIn(at);
      for (const [name, { starts, ends }] of Object.entries({ idle, busy })) {
        const [p50, p99, endP99] = [share(starts, 0.5), share(starts, 0.99), share(ends, 0.99)];
        const aim = name === "busy" ? " (aim ≤ 100 ms)" : "";
        print(`  ${name}: start after p50 ${p50} ms, p99 ${p99} ms${aim}; end after p99 ${endP99} ms`);
        figures[`${name}StartP50Ms`] = p50;
        figures[`${name}StartP99Ms`] = p99;
      }
      if (!isStillFull) print("  the bulk runs came to their end too early: this measured less than it says");
      figures["bulkLeft"] = isStillFull ? 1 : 0;
    });
    return figures;
  },
};
