import type { RunOrigin } from "@longarm/shared";
import type { OriginView } from "../../ports/run-service.ts";

/** What had a run started, as people see it. */
export function viewOrigin(origin: RunOrigin | null | undefined): OriginView | null {
  if (!origin) return null;
  const { kind, name, slotMs } = origin;
  return { kind, name, slot: slotMs === undefined ? null : new Date(slotMs).toISOString() };
}
