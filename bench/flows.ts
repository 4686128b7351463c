import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededLogin } from "@longarm/sandbox";
import { type Installation, withInstallation } from "./support/installation.ts";
import { load, loadLine, medianLoad, type Load } from "./support/load.ts";
import { processorMs } from "./support/processor.ts";

const users = 1_000;
const widths = [1, 32] as const;
const rounds = 3;
const stepsPerFlow = { 1: 200, 32: 60 } as const;
type Width = (typeof widths)[number];

/** A flow that does nothing but its steps, one after the other. */
const source = `import { closed, flow } from "@longarm/spoke";
import Type from "typebox";
export const steps = flow({
  name: "bench.flow.steps", title: "Steps", summary: "Reads users.", version: 1,
  input: closed({ users: Type.Array(Type.String()) }), output: Type.Integer(),
  async run(ctx, { users }) {
    for (const user of users) await ctx.run("okta.user.get", { user });
    return users.length;
  },
});
`;

interface Ended {
  readonly id: string;
  readonly status: string;
}

interface Entry {
  readonly kind: string;
  readonly time: string;
  readonly facts: { readonly path?: string };
}

async function submitted({ ask }: Installation, action: string, input: object): Promise<Ended> {
  const run = await ask<Ended>("POST", "/v1/runs", { body: { action, connection: "sandbox", input }, wait: 600 });
  if (run.status !== "succeeded") throw new Error(`a run came to ${JSON.stringify(run)}`);
  return run;
}

/** Milliseconds of each step: from the end of the one before to its own, by the log. */
async function stepTimes({ ask }: Installation, { id }: Ended): Promise<readonly number[]> {
  const { entries } = await ask<{ entries: readonly Entry[] }>("GET", `/v1/runs/${id}/log`);
  const ends = entries.flatMap(({ kind, time }) => (kind === "stepEnded" ? [Date.parse(time)] : []));
  return ends.slice(1).map((ms, index) => ms - (ends[index] ?? ms));
}

/** So many flows at once, each of so many steps. */
async function flowLoad(at: Installation, width: Width, next: () => string): Promise<Load> {
  const count = stepsPerFlow[width];
  const startedMs = performance.now();
  const input = () => ({ users: Array.from({ length: count }, next) });
  const runs = await Promise.all(Array.from({ length: width }, () => submitted(at, "bench.flow.steps", input())));
  const seconds = (performance.now() - startedMs) / 1_000;
  const times = (await Promise.all(runs.map((run) => stepTimes(at, run)))).flat().toSorted((a, b) => a - b);
  const share = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  return { perSecond: (width * count) / seconds, p50Ms: share(0.5), p99Ms: share(0.99) };
}

async function measure(at: Installation, width: Width, next: () => string) {
  const count = width * stepsPerFlow[width];
  const plainRun = async (): Promise<void> => void (await submitted(at, "okta.user.get", { user: next() }));
  const [flows, plain]: [Load[], Load[]] = [[], []];
  let usedMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const beganMs = processorMs(at.controller.pid);
    flows.push(await flowLoad(at, width, next));
    usedMs += processorMs(at.controller.pid) - beganMs;
    plain.push(await load(count, width, plainRun));
  }
  return { flows: medianLoad(flows), plain: medianLoad(plain), cpuMs: usedMs / (rounds * count) };
}

/** Steps of durable flows of one's own, each an action's run, beside the same actions submitted as plain runs that are waited for. */
export const bench = {
  name: "flows",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const directory = await mkdtemp(join(tmpdir(), "longarm-bench-flows-"));
    const figures: Record<string, number> = {};
    let asked = 0;
    const next = (): string => seededLogin((asked++ * 7) % users);
    try {
      await writeFile(join(directory, "steps.ts"), source);
      await withInstallation({ users, controller: { flows: { directory } } }, async (at) => {
        // Twice the widest, so that all has been compiled that will be.
        for (let round = 0; round < 2; round += 1) await flowLoad(at, 32, next);
        await load(2_000, 32, async () => void (await submitted(at, "okta.user.get", { user: next() })));
        for (const width of widths) {
          const { flows, plain, cpuMs } = await measure(at, width, next);
          const ratio = flows.perSecond / plain.perSecond;
          print(`flows: ${width} at once of ${stepsPerFlow[width]} steps, median of ${rounds} rounds in turn`);
          print(loadLine("steps of flows", flows));
          print(`${loadLine("the same actions as runs, waited for", plain)}   ratio ${ratio.toFixed(2)}`);
          print(`  controller's CPU ms a step: ${cpuMs.toFixed(2)}`);
          const { perSecond, p50Ms, p99Ms } = flows;
          for (const [name, value] of Object.entries({
            perSecond,
            p50Ms,
            p99Ms,
            ratio,
            cpuMs,
            plainPerSecond: plain.perSecond,
            plainP50Ms: plain.p50Ms,
          }))
            figures[`${name}At${width}`] = value;
        }
      });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    return figures;
  },
};
