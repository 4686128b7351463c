import { formatDuration } from "@longarm/shared";

/** A time as people read it in a table: to the second, in UTC. */
export function shownTime(rfc3339: string | null): string {
  return rfc3339 === null ? "–" : rfc3339.replace("T", " ").replace(/(?:\.\d+)?Z$/, "Z");
}

/** Milliseconds as they stand in a line. */
export function shownMs(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : formatDuration(Math.round(ms / 1_000) * 1_000);
}

/** How long something took; until `nowMs` when it still goes on. */
export function shownSpan(from: string | null, to: string | null, nowMs: number): string {
  if (from === null) return "–";
  return shownMs(Math.max(0, (to === null ? nowMs : Date.parse(to)) - Date.parse(from)));
}
