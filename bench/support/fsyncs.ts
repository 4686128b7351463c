import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * How many times a process asked its disk to keep what it wrote, while `work` ran; undefined where `strace` is not there or may
 * not watch. Watching slows the process down, so nothing else should be measured meanwhile.
 */
export async function countFsyncs(pid: number, work: () => Promise<void>): Promise<number | undefined> {
  const watcher = spawn("strace", ["-c", "-f", "-e", "trace=fsync,fdatasync", "-p", String(pid)], { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  const isWatching = Promise.withResolvers<boolean>();
  watcher.stderr.setEncoding("utf8").on("data", (text: string) => {
    told += text;
    if (told.includes("attached")) isWatching.resolve(true);
  });
  watcher.once("error", () => isWatching.resolve(false));
  const ended = once(watcher, "close").catch(() => undefined);
  void ended.then(() => isWatching.resolve(false));
  if (!(await isWatching.promise)) return undefined;
  await work();
  watcher.kill("SIGINT");
  await ended;
  const counts = [...told.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?f(?:data)?sync$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
