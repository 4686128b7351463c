import { setTimeout as pause } from "node:timers/promises";

/** Asks until `ask` gives something, for at most `withinMs` (default 10,000); tells what was asked when it gives up. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 10_000,
): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > endMs) throw new Error(`Within ${withinMs} ms it did not happen that ${what}.`);
    await pause(20);
  }
}
