import { setTimeout as pause } from "node:timers/promises";
import type { ApiClient } from "../../../packages/cli/src/api/api-client.ts";

/** Whom to ask about which agent, and for how long. */
export interface DeathWatch {
  readonly api: ApiClient;
  readonly agent: string;
  readonly withinMs: number;
}

const everyMs = 100;
const answerWithinMs = 1_000;

/** How long from now until a controller does not hold an agent for up any more; undefined: it did not notice, or did not answer, in time. */
export async function watchDeath({ api, agent, withinMs }: DeathWatch): Promise<number | undefined> {
  const startMs = performance.now();
  while (performance.now() - startMs < withinMs) {
    const state = await stateOf(api, agent);
    const afterMs = performance.now() - startMs;
    if (state !== undefined && state !== "up" && afterMs < withinMs) return Math.round(afterMs);
    await pause(everyMs);
  }
  return undefined;
}

async function stateOf(api: ApiClient, agent: string): Promise<string | undefined> {
  try {
    return (await api.get<{ readonly state: string }>(`/v1/agents/${agent}`, { signal: AbortSignal.timeout(answerWithinMs) })).state;
  } catch {
    return undefined;
  }
}
