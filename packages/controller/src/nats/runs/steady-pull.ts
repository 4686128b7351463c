/**
 * How a consumer is to pull that must not fall behind for long. After a reconnection whose first question goes unanswered the client lets
 * `expires` pass before it asks again, and a pull that was lost is noticed after two heartbeats; its defaults are 30 s and 15 s.
 */
export const steadyPull = { expires: 1_000, idle_heartbeat: 500 } as const;
