import { readFileSync } from "node:fs";
import { seededLogin } from "@longarm/sandbox";
import { withInstallation, type Installation } from "./support/installation.ts";
import { countingParked, type ParkedRuns } from "./support/parked-runs.ts";

const users = 1_000;
const parkedRuns = Number(process.env["LONGARM_BENCH_PARKED"] ?? 100_000);
const others = 100;
const submitters = 64;
const input = { user: seededLogin(7) };

/** Resident memory of a process in bytes (Linux). */
function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1_024;
}

/** Submits runs that no agent can carry, and resolves when all of them wait. */
async function park(at: Installation, parked: ParkedRuns): Promise<number> {
  const beganMs = performance.now();
  let next = 0;
  const body = { action: "okta.user.get", connection: "nowhere", lane: "bulk", input };
  const submitter = async (): Promise<void> => {
    while (next++ < parkedRuns) await at.ask("POST", "/v1/runs", { body });
  };
  await Promise.all(Array.from({ length: submitters }, submitter));
  await parked.reached(parkedRuns);
  return parkedRuns / ((performance.now() - beganMs) / 1_000);
}

/** Milliseconds from the submission to the start of runs that need no agent, one after the other. */
async function startsOfOthers({ ask }: Installation): Promise<readonly number[]> {
  const starts: number[] = [];
  for (let n = 0; n < others; n += 1) {
    const body = { action: "okta.user.get", connection: "sandbox", lane: "interactive", input };
    const run = await ask<{ submittedAt: string; startedAt: string | null }>("POST", "/v1/runs", { body, wait: 60 });
    starts.push(Date.parse(run.startedAt ?? "") - Date.parse(run.submittedAt));
  }
  return starts.toSorted((a, b) => a - b);
}

function shareOf(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** What many runs cost that wait for an agent, and what they take from the others, before and after a restart. */
export const bench = {
  name: "parked",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    await withInstallation({ users }, async (at) => {
      const placement = { on: "agent", require: "labels.site == 'nowhere'", whenNone: "wait" };
      await at.ask("PUT", "/v1/connections/nowhere", { body: { baseUrl: at.sandbox.ready["url"], placement } });
      await startsOfOthers(at);
      const before = residentBytes(at.controller.pid);
      const { control } = await at.broker.connections("bench");
      const perSecond = await countingParked(control, (parked) => park(at, parked));
      const bytes = (residentBytes(at.controller.pid) - before) / parkedRuns;
      print(`parked: ${parkedRuns} runs wait for an agent; submitted and parked at ${perSecond.toFixed(0)}/s`);
      print(`  ${(bytes / 1_024).toFixed(1)} KB of the controller's memory for each`);
      const beside = await startsOfOthers(at);
      print(`  other runs start after p50 ${shareOf(beside, 0.5)} ms, p99 ${shareOf(beside, 0.99)} ms`);
      const stoppedMs = performance.now();
      await at.restart();
      const servesMs = performance.now() - stoppedMs;
      const after = await startsOfOthers(at);
      print(`  stopped, started and serving again after ${(servesMs / 1_000).toFixed(1)} s`);
      print(`  right after it other runs start after p50 ${shareOf(after, 0.5)} ms, p99 ${shareOf(after, 0.99)} ms`);
      Object.assign(figures, { kilobytesEach: bytes / 1_024, restartMs: servesMs });
      Object.assign(figures, { startP99Ms: shareOf(beside, 0.99), startP99AfterRestartMs: shareOf(after, 0.99) });
    });
    return figures;
  },
};
