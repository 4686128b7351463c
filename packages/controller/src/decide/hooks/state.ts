import { type HookCounts, type HookState, noHookCounts } from "@longarm/shared";

/** The state of a hook that was just made. */
export function newHookState(connection: string, nowMs: number): HookState {
  return {
    ...{ connection, counts: noHookCounts, lastDeliveryMs: null, lastUsed: null, actors: null },
    ...{ reconciledMs: nowMs, looks: 0, open: null, lastLook: null, lastGap: null },
  };
}

/** What a controller has counted since it last wrote it down. */
export interface HookNews {
  readonly counts: Partial<HookCounts>;
  readonly lastDeliveryMs?: number;
  readonly lastUsed?: string;
}

/** The state with the news of one controller; others may have added theirs meanwhile. */
export function addNews(state: HookState, { counts, lastDeliveryMs, lastUsed }: HookNews): HookState {
  const added = Object.entries(state.counts).map(([name, count]) => [name, count + (counts[name as keyof HookCounts] ?? 0)] as const);
  return {
    ...state,
    counts: Object.fromEntries(added) as unknown as HookCounts,
    lastDeliveryMs: Math.max(state.lastDeliveryMs ?? 0, lastDeliveryMs ?? 0) || null,
    lastUsed: lastUsed ?? state.lastUsed,
  };
}
