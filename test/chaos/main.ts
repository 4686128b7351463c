/**
 * `npm run chaos [-- --profile quick|full|recovery|outage|power|sync] [--seed N] [--seeds N] [--seconds N] [--runs N] [--cluster] [--json] [--keep DIR] [--plant BUG]
 * [--users N] [--sink sqlite|postgres|ndjson]`: breaks a whole installation on purpose and checks that no run was lost, doubled or lied about,
 * or that a copied org is the org. Exit code 0: nothing was wrong; 1: something was, or the run proves nothing; 2: wrong flags.
 */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { whyNoLoopDisk } from "./power/loop-disk.ts";
import { runPower } from "./power/run-power.ts";
import { readWish, type Wish } from "./profile.ts";
import { History } from "./report/history.ts";
import { describeReport, reportOn } from "./report/report.ts";
import { type ChaosOptions, fleetDirectory, runChaos } from "./run-chaos.ts";
import { runSyncChaos } from "./sync/run-sync-chaos.ts";
import { describeSyncReport, syncReportOn } from "./sync/sync-report.ts";

async function main(args: readonly string[]): Promise<number> {
  let wish: Wish;
  try {
    wish = readWish(args);
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
    return 2;
  }
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => stop.abort());
  const { profile, seeds, keep } = wish;
  for (let seed = profile.seed; seed < profile.seed + seeds; seed += 1) {
    const kept = keep !== undefined && seeds > 1 ? join(keep, `seed-${seed}`) : keep;
    const code = await carryOut({ ...wish, profile: { ...profile, seed }, ...(kept !== undefined && { keep: kept }) }, stop);
    if (code === 0) continue;
    if (seeds > 1) process.stderr.write(`seed ${seed} is not ok; again: npm run chaos -- ${again(args, seed).join(" ")}\n`);
    return code;
  }
  return 0;
}

/** The same flags with that one seed. */
function again(args: readonly string[], seed: number): readonly string[] {
  const words = args.flatMap((word) => word.split(/(?<=^--seeds?)=/));
  const rest = words.filter((word, at) => !/^--seeds?$/.test(word) && !/^--seeds?$/.test(words[at - 1] ?? ""));
  return [...rest, "--seed", String(seed)];
}

async function carryOut({ profile, json, keep, plant }: Wish, stop: AbortController): Promise<number> {
  const startedMs = performance.now();
  const say = (line: string): void => {
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1).padStart(6);
    (json ? process.stderr : process.stdout).write(`${seconds} s  ${line}\n`);
  };
  const whyNot = profile.name === "power" ? await whyNoLoopDisk() : undefined;
  if (whyNot !== undefined) {
    say(`no power can be cut on this machine: ${whyNot}; nothing was tried`);
    return 1;
  }
  const base = await mkdtemp(join(await realpath(tmpdir()), "longarm-chaos-"));
  const history = new History(keep === undefined ? join(base, "history") : resolve(keep));
  let isClean = false;
  try {
    const options = { profile, directory: fleetDirectory(base), history, say, signal: stop.signal, ...(plant !== undefined && { plant }) };
    const { evidence, report, lines } = await judged(options, () => (performance.now() - startedMs) / 1_000);
    history.text("report.json", JSON.stringify({ ...report, inflicted: evidence.faults, crashes: evidence.crashes }, null, 2));
    for (const line of lines) say(line);
    if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
    isClean = report.ok;
    return report.ok ? 0 : 1;
  } catch (reason) {
    const isInterrupted = stop.signal.aborted;
    say(reason instanceof Error && !isInterrupted ? (reason.stack ?? reason.message) : String(reason));
    return 1;
  } finally {
    if (!isClean || keep !== undefined) say(`the history is in ${history.directory}`);
    await rm(isClean || keep !== undefined ? base : fleetDirectory(base), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function judged(options: ChaosOptions, seconds: () => number) {
  const { profile } = options;
  if (profile.sync) {
    const evidence = await runSyncChaos({ ...options, wish: profile.sync });
    const report = syncReportOn(profile, evidence, seconds());
    return { evidence, report, lines: describeSyncReport(report) };
  }
  const evidence = await (profile.name === "power" ? runPower(options) : runChaos(options));
  const report = reportOn(profile, evidence, seconds());
  return { evidence, report, lines: describeReport(report) };
}

// An interrupted run may still wait for something.
process.exit(await main(process.argv.slice(2)));
