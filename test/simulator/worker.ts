// Goes through batches of seeds, each when it is told to.
import { parentPort } from "node:worker_threads";
import { type Batch, runBatch } from "./batch.ts";

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

parentPort?.on("message", (batch: Batch) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  void runBatch(batch, cpuMs).then((result) => parentPort?.postMessage(result));
});
