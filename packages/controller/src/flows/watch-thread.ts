import type { Marks } from "./marks.ts";

interface Watch {
  readonly blockedAfterMs: number;
  /** Has the thread handle a message. */
  ping(): void;
  /** It handles one message, of this run (0: of nobody), for too long. Told once. */
  onBlocked(run: number): void;
}

const looks = 10;

/**
 * Watches over a thread: it has to handle some message within the time. Only looks are counted, not time: when this thread itself, or the
 * whole machine, stands still, nobody is to blame. Gives what ends the watch.
 */
export function watchThread(marks: Marks, { blockedAfterMs, ping, onBlocked }: Watch): () => void {
  let [turn, still] = [marks.turn, 0];
  ping();
  const timer = setInterval(() => {
    if (marks.turn !== turn) {
      [turn, still] = [marks.turn, 0];
      ping();
      return;
    }
    still += 1;
    if (still < looks) return;
    clearInterval(timer);
    onBlocked(marks.run);
  }, blockedAfterMs / looks);
  timer.unref();
  return () => clearInterval(timer);
}
