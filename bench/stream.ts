import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalSet, type LocalSet } from "../packages/cli/src/local-set/local-set.ts";
import { shippedProgram } from "./support/as-shipped.ts";
import { peakMegabytes, startPart, type Part } from "./support/part.ts";

const users = 100_000;
const few = 10_000;
const rounds = 3;

interface Answer {
  readonly id: string;
  readonly status: string;
  readonly output: { readonly items: number } | null;
  readonly error: { readonly message: string } | null;
}

/** Streams through the agent hq-1, every page kept; resolves with the seconds from submission to the finished run. */
async function streamThroughAgent(set: LocalSet, maxItems: number): Promise<number> {
  const startedMs = performance.now();
  const body = { action: "okta.user.stream", connection: "sandbox", input: { maxItems }, on: "labels.site == 'hq'" };
  let run = await set.client.post<Answer>("/v1/runs", { body, headers: { prefer: "wait=60" } });
  while (run.status === "running" || run.status === "queued")
    run = await set.client.get<Answer>(`/v1/runs/${run.id}`, { headers: { prefer: "wait=60" } });
  if (run.output?.items !== maxItems) throw new Error(`the run is ${run.status} with ${run.output?.items} items: ${run.error?.message}`);
  return (performance.now() - startedMs) / 1_000;
}

async function byHand(part: Part, limit: number): Promise<{ seconds: number; megabytes: number }> {
  const answer = await part.ask({ limit });
  if (answer["items"] !== limit) throw new Error(`${String(answer["items"])} items by hand`);
  return { seconds: Number(answer["seconds"]), megabytes: Number(answer["peakMegabytes"]) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function measure(set: LocalSet, part: Part, print: (line: string) => void): Promise<Record<string, number>> {
  const agentPid = set.agents.get("hq-1")?.pid ?? 0;
  await streamThroughAgent(set, few);
  await byHand(part, few);
  const few1 = { controller: peakMegabytes(set.controllerPid), agent: peakMegabytes(agentPid) };
  const times: { agent: number; hand: number }[] = [];
  let handMegabytes = 0;
  let once = few1;
  for (let round = 0; round < rounds; round += 1) {
    const agent = await streamThroughAgent(set, users);
    if (round === 0) once = { controller: peakMegabytes(set.controllerPid), agent: peakMegabytes(agentPid) };
    const hand = await byHand(part, users);
    handMegabytes = hand.megabytes;
    times.push({ agent, hand: hand.seconds });
  }
  const rate = { agent: users / median(times.map((time) => time.agent)), hand: users / median(times.map((time) => time.hand)) };
  const ratio = median(times.map((time) => time.hand / time.agent));
  const all = { controller: peakMegabytes(set.controllerPid), agent: peakMegabytes(agentPid) };
  print(`stream: ${users.toLocaleString("en")} users, every page kept and fsynced, median of ${rounds} rounds in turn`);
  print(
    `  plain undici following the same pages, parsed   ${rate.hand.toFixed(0).padStart(7)} users/s   peak ${handMegabytes.toFixed(0)} MB`,
  );
  print(`  through an agent, as a run                      ${rate.agent.toFixed(0).padStart(7)} users/s`);
  print(`  ratio ${ratio.toFixed(2)} (aim ≥ 0.7)`);
  const counts = [few, few + users, few + rounds * users].map((count) => count.toLocaleString("en")).join(" / ");
  const peaks = (of: "controller" | "agent") => [few1, once, all].map((peak) => peak[of].toFixed(0)).join(" / ");
  print(`  peak memory after ${counts} users: controller ${peaks("controller")} MB, agent ${peaks("agent")} MB`);
  return {
    ratio,
    usersPerSecond: rate.agent,
    controllerMegabytesFew: few1.controller,
    controllerMegabytesOnce: once.controller,
    controllerMegabytes: all.controller,
    agentMegabytesFew: few1.agent,
    agentMegabytesOnce: once.agent,
    agentMegabytes: all.agent,
  };
}

/** A large stream through an agent against plain undici following the same pages. */
export const bench = {
  name: "stream",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const dataDirectory = await mkdtemp(join(tmpdir(), "longarm-bench-"));
    const set = await startLocalSet({
      dataDirectory,
      port: 0,
      logLevel: "error",
      sandbox: { users, limits: "off" },
      program: await shippedProgram(),
    });
    const part = await startPart("follow-pages", { url: set.sandboxUrl, token: "sandbox-token", parse: true });
    try {
      return await measure(set, part, print);
    } finally {
      await part.stop();
      await set.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    }
  },
};
