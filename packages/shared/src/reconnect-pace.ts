import type { Clock } from "./clock.ts";

/** How far apart attempts to reach one server lie. Milliseconds. */
export interface ReconnectPace {
  readonly everyMs: number;
  /** Up to so much is added, so that many who lost one server do not all come back in the same moment. */
  readonly jitterMs: number;
  readonly clock: Pick<Clock, "monotonicMs">;
  /** Evenly spread over 0 to 1. */
  readonly random: () => number;
}

/** The two settings of a NATS connection by which its attempts keep this pace. */
export interface PacedReconnect<Server> {
  readonly reconnectDelayHandler: () => number;
  readonly reconnectToServer: (pool: readonly Server[], info: unknown) => { server: Server; delay: number } | null;
}

// The client compares it with a difference of two readings of the wall clock: so far below zero, each is late enough.
const always = -Number.MAX_SAFE_INTEGER;

/**
 * A pace that holds whatever the wall clock does. The client's own waits until the wall clock has passed the last attempt: after a step
 * back by an hour it would try nothing for an hour. So it is told never to wait, and the wait is put before each attempt.
 */
export function pacedReconnect<Server extends { readonly hostname: string; readonly port: number }>(
  pace: ReconnectPace,
): PacedReconnect<Server> {
  const nextMs = new Map<string, number>();
  return {
    reconnectDelayHandler: () => always,
    reconnectToServer: (pool) => {
      const [server] = pool;
      if (!server) return null;
      const name = `${server.hostname}:${server.port}`;
      const nowMs = pace.clock.monotonicMs();
      const atMs = Math.max(nowMs, nextMs.get(name) ?? nowMs);
      nextMs.set(name, atMs + pace.everyMs + pace.jitterMs * pace.random());
      return { server, delay: atMs - nowMs };
    },
  };
}
