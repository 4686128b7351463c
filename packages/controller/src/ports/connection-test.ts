import type { ErrorBody } from "@longarm/shared";
import type { TargetIdentity } from "@longarm/spoke";
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
  /** Which org answered; null where it does not tell. */
  readonly org: TargetIdentity["org"];
  /** Whom the credential stands for; null where the target does not tell. */
  readonly principal: TargetIdentity["principal"];
  /** Of an OAuth credential: the scopes of its token, those that the actions need, and those of them that it lacks. */
  readonly scopes: { readonly granted: readonly string[]; readonly needed: readonly string[]; readonly missing: readonly string[] } | null;
  /** How far the executor's clock is ahead of the target's; 0 for less than a second, null where the target tells no time. */
  readonly clockAheadMs: number | null;
  readonly error: ErrorBody | null;
}

/** Tests a connection; `on` is `local` or CEL and narrows its placement. Throws `unknown_connection` and `placement_not_allowed` only. */
export type TestConnection = (name: string, on: string | undefined, signal: AbortSignal) => Promise<ConnectionTestResult>;
