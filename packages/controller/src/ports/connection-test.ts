import type { ErrorBody } from "@longarm/shared";
import type { CallView } from "./run-service.ts";

/** What came of one real call to a connection's target, made by the same way a run would take. */
export interface ConnectionTestResult {
  /** Did the target answer 2xx? */
  readonly ok: boolean;
  readonly connection: string;
  /** Null when no executor could be chosen. */
  readonly executor: CallView["executor"] | null;
  /** The condition that chose the executor. */
  readonly why: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly queuedMs: number;
  readonly sentMs: number | null;
  readonly oktaRequestId: string | null;
  readonly error: ErrorBody | null;
}

/** Tests a connection; `on` is `local` or CEL and narrows its placement. Throws `unknown_connection` and `placement_not_allowed` only. */
export type TestConnection = (name: string, on: string | undefined, signal: AbortSignal) => Promise<ConnectionTestResult>;
