import type { RunRow } from "../../ports/run-history.ts";
import { viewOrigin } from "./view-origin.ts";

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** A row of the list as people see it; times are RFC 3339. */
export function viewRow(row: RunRow): Record<string, unknown> {
  const { owner: _owner, epoch: _epoch, startBy: _startBy, origin, submittedAt, startedAt, endedAt, ...shown } = row;
  const times = { submittedAt: timeOrNull(submittedAt), startedAt: timeOrNull(startedAt), endedAt: timeOrNull(endedAt) };
  return { ...shown, origin: viewOrigin(origin), ...times };
}
