/** What a number of calls came to. */
export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Makes `count` calls, `width` at a time. */
export async function load(count: number, width: number, call: () => Promise<void>): Promise<Load> {
  const times: number[] = [];
  let left = count;
  const startedMs = performance.now();
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const beganMs = performance.now();
      await call();
      times.push(performance.now() - beganMs);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  const seconds = (performance.now() - startedMs) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { perSecond: count / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** The middle of the rounds, figure by figure: one slow round on a shared machine must not decide. */
export function medianLoad(rounds: readonly Load[]): Load {
  const middle = (pick: (round: Load) => number): number => rounds.map(pick).toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  return { perSecond: middle((round) => round.perSecond), p50Ms: middle((round) => round.p50Ms), p99Ms: middle((round) => round.p99Ms) };
}

/** A load as a line. */
export function loadLine(name: string, { perSecond, p50Ms, p99Ms }: Load): string {
  return `  ${name.padEnd(44)} ${perSecond.toFixed(0).padStart(7)}/s   p50 ${p50Ms.toFixed(2)} ms   p99 ${p99Ms.toFixed(2)} ms`;
}
