/** What is known of an agent's room and of its way to the target. */
export interface AgentLoad {
  readonly free: number;
  readonly total: number;
  /** Milliseconds to the connection's base URL; undefined: not measured, or not reached. */
  readonly reachMs: number | undefined;
}

const roomShare = 0.7;
/** At this many milliseconds an agent is worth half of one beside the target. */
const halfReachMs = 50;

/**
 * How well an agent is placed to take one more call, 0 to 1: seven tenths for its share of free slots, three for being near
 * the target. An unmeasured way counts as far.
 */
export function loadScore(load: AgentLoad): number {
  const room = load.total > 0 ? Math.min(1, Math.max(0, load.free / load.total)) : 0;
  const near = load.reachMs === undefined ? 0 : halfReachMs / (halfReachMs + Math.max(0, load.reachMs));
  return roomShare * room + (1 - roomShare) * near;
}
