import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Batch, BatchResult, Violation } from "./batch.ts";
import type { Wish } from "./wish.ts";
import { Tally } from "./world/tally.ts";

/** What all seeds came to. */
export interface Summary {
  readonly ok: boolean;
  readonly from: number;
  readonly seeds: number;
  readonly violations: readonly Violation[];
  readonly ended: Readonly<Record<string, number>>;
  readonly befell: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly seedsPerSecond: number;
  readonly cpuMsPerSeed: number;
  readonly virtualHours: number;
}

const batchSeeds = 25;

/** Goes through the seeds in several workers; `say` is told of each violation as it is found, and says `enough` where one will do. */
export async function goThrough(wish: Wish, say: (violation: Violation) => "enough" | undefined): Promise<Summary> {
  const startedMs = performance.now();
  const batches = batchesOf(wish);
  const results: BatchResult[] = [];
  const take = (result: BatchResult): void => {
    results.push(result);
    for (const violation of result.violations) if (say(violation) === "enough") batches.length = 0;
  };
  const isLate = (): boolean => wish.within !== undefined && performance.now() - startedMs > wish.within * 1_000;
  await Promise.all(Array.from({ length: Math.min(wish.jobs, batches.length) }, () => work(batches, { bug: wish.bug, take, isLate })));
  return summaryOf(wish, results, (performance.now() - startedMs) / 1_000);
}

function batchesOf({ from, seeds, bug, connection, weather }: Wish): Batch[] {
  const batches: Batch[] = [];
  for (let at = 0; at < seeds; at += batchSeeds) {
    batches.push({ from: from + at, count: Math.min(batchSeeds, seeds - at), bug, connection, weather });
  }
  return batches;
}

interface Work {
  readonly bug: string | undefined;
  readonly take: (result: BatchResult) => void;
  readonly isLate: () => boolean;
}

async function work(batches: Batch[], { bug, take, isLate }: Work): Promise<void> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: { bug } });
  const ended = new AbortController();
  worker.once("exit", () => ended.abort(new Error("A worker ended before its seeds did.")));
  try {
    for (let batch = batches.shift(); batch; batch = isLate() ? undefined : batches.shift()) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
      worker.postMessage(batch);
      // Rejects with what the worker could not deal with.
      const [result] = (await once(worker, "message", { signal: ended.signal })) as [BatchResult];
      take(result);
    }
  } finally {
    await worker.terminate();
  }
}

function summaryOf({ from, seeds, within }: Wish, results: readonly BatchResult[], seconds: number): Summary {
  const [ended, befell] = [new Tally(), new Tally()];
  for (const result of results) {
    ended.addAll(result.ended);
    befell.addAll(result.befell);
  }
  const sum = (of: (result: BatchResult) => number): number => results.reduce((total, result) => total + of(result), 0);
  const violations = results.flatMap((result) => result.violations).toSorted((a, b) => a.seed - b.seed);
  const tried = sum(({ count }) => count);
  return {
    ...{
      ok: violations.length === 0 && (tried === seeds || within !== undefined),
      from,
      seeds: tried,
      violations,
      ended: ended.counts,
      befell: befell.counts,
    },
    ...{ seconds: rounded(seconds), seedsPerSecond: rounded(tried / seconds) },
    ...{ cpuMsPerSeed: rounded(sum(({ cpuMs }) => cpuMs) / tried), virtualHours: rounded(sum(({ virtualMs }) => virtualMs) / 3_600_000) },
  };
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10;
}
