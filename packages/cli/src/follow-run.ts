import { isFinished } from "@longarm/shared";
import type { ApiClient } from "./api/api-client.ts";
import type { Run } from "./api/types.ts";
import { plainLine } from "./print/plain.ts";
import type { Shell } from "./shell.ts";

// Whoever watches how far a run has come sees more of it than that it goes on.
const sliceSeconds = { counting: 1, other: 5 };

/** How a run is followed. */
export interface FollowOptions {
  /** Gives up waiting, not the run. */
  readonly signal: AbortSignal;
  /** Told of each state that differs from the one before. */
  readonly onChange?: (run: Run) => void | Promise<void>;
}

/** Waits until the run has finished or the signal is aborted, and gives the run as it is then. */
export async function followRun(api: ApiClient, first: Run, { signal, onChange }: FollowOptions): Promise<Run> {
  let run = first;
  await onChange?.(run);
  while (!isFinished(run.status) && !signal.aborted) {
    const seconds = run.progress ? sliceSeconds.counting : sliceSeconds.other;
    try {
      run = await api.get<Run>(`/v1/runs/${run.id}`, { headers: { prefer: `wait=${seconds}` }, signal });
    } catch (reason) {
      if (signal.aborted) return run;
      throw reason;
    }
    await onChange?.(run);
  }
  return run;
}

/** Says on stderr what a run waits for, each time that it is something else. */
export function sayWaits(shell: Shell): (run: Run) => void {
  let said = "";
  return ({ waiting }) => {
    if (!waiting) return;
    const sentence = plainLine(waiting.sentence);
    // The counts of a budget change with each request, and what paces itself by it waits many times.
    const news = waiting.reason === "budget" ? sentence.replaceAll(/\d+/g, "") : sentence;
    if (news === said) return;
    said = news;
    shell.note(shell.noteLook("yellow", `waiting: ${sentence}`));
  };
}
