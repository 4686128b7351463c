import type { EventName, GatheredEvents } from "@longarm/shared";

/*
 * Events of one key, of a trigger that waits for more of them:
 *
 *   first ──▶ gathered ──▶ one run with the last of them, when the window that the first began is over
 *               │  ▲
 *               └──┘ another one of the key
 *
 * The window is never prolonged: what is told every second starts a run each window, and not none for ever.
 */

/** What is gathered with one more event; `before`: what was, if anything. An event that is handed out once more changes nothing. */
export function gather(
  before: GatheredEvents | undefined,
  { source, id }: EventName,
  of: { readonly trigger: string; readonly key: string; readonly windowMs: number; readonly nowMs: number },
): GatheredEvents {
  const { trigger, key, windowMs, nowMs } = of;
  return { trigger, key, last: { source, id }, dueMs: before?.dueMs ?? nowMs + windowMs };
}
