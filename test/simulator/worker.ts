// Goes through batches of seeds, each when it is told to; a bug in the product's source is planted before the product is loaded.
import { parentPort, workerData } from "node:worker_threads";
import type { Batch } from "./batch.ts";
import { plantInSource } from "./bugs/plant-in-source.ts";

plantInSource((workerData as { readonly bug?: string } | null)?.bug);
const { runBatch } = await import("./batch.ts");

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

parentPort?.on("message", (batch: Batch) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  void runBatch(batch, cpuMs).then((result) => parentPort?.postMessage(result));
});
