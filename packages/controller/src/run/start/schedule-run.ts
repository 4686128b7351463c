import { type LongarmError, readDuration, type Start } from "@longarm/shared";
import type { RunRequest } from "../../ports/run-service.ts";
import type { Schedule } from "../../ports/schedule-store.ts";

/**
 * The submission that a start stands for. Its run's id follows from the schedule's name and the start's key, whoever submits it and however
 * often: a slot makes one run.
 */
export function requestOf(schedule: Schedule, { key, slotMs, principal }: Start, nowMs: number): RunRequest {
  const { name, target, connections } = schedule;
  const { deadline, ...rest } = target;
  const span = deadline === undefined ? undefined : readDuration(deadline);
  return {
    ...rest,
    ...(deadline !== undefined && span !== undefined && { deadline: { text: deadline, atMs: nowMs + span } }),
    idempotencyKey: key,
    origin: { kind: "schedule", name, ...(key === String(slotMs) && { slotMs }) },
    principal,
    // Whoever starts one by hand does not act with its author's rights.
    ...(connections && principal === schedule.principal && { connections }),
  };
}

/** Will the submission never be accepted as it is? Otherwise it is tried again. */
export function isRefused(error: LongarmError): boolean {
  return !error.retryable && !temporary.has(error.code);
}

const temporary: ReadonlySet<LongarmError["code"]> = new Set(["broker_unavailable", "storage_full", "internal", "sealed_record_rejected"]);
