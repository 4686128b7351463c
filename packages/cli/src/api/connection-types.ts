import type { ErrorBody } from "@longarm/shared";
import type { Executor } from "./types.ts";

/** A connection as `/v1/connections` shows it. */
export interface Connection {
  readonly name: string;
  readonly baseUrl: string;
  readonly credential?: string;
  readonly placement: { readonly on: string; readonly require?: string; readonly whenNone: string; readonly [member: string]: unknown };
  readonly addresses?: readonly string[];
  readonly timeout: string;
  readonly retry: { readonly on: readonly string[]; readonly [member: string]: unknown };
  readonly concurrency?: { readonly limit?: number; readonly keyLimit?: number };
  readonly budget: { readonly maxShare: number; readonly interactiveReserve: number; readonly concurrency: number; readonly plan?: string };
  readonly requireApproval?: { readonly actions: readonly string[] };
  readonly startWithin: string;
  readonly runWithin: string;
  readonly maxResponseBytes: number;
  readonly revision: number;
  readonly updatedAt: string;
}

/** What is known of a target's limits. */
export interface ConnectionBudget {
  readonly target: string;
  readonly places: { readonly limit: number; readonly open: number };
  readonly buckets: readonly {
    readonly bucket: string;
    readonly limit: number | null;
    readonly isKnown: boolean;
    readonly remaining: number | null;
    readonly share: number | null;
    readonly pending: number;
    readonly resetInMs: number | null;
    readonly pausedForMs: number | null;
    readonly waiting: { readonly interactive: number; readonly standard: number; readonly bulk: number };
  }[];
}

/** What became of the call that tries a connection. */
export interface ConnectionTest {
  readonly ok: boolean;
  readonly connection: string;
  readonly executor: Executor | null;
  readonly why: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly queuedMs: number;
  readonly sentMs: number | null;
  readonly org: { readonly id: string; readonly url: string | null } | null;
  readonly principal: { readonly kind: "user" | "app"; readonly id: string; readonly name: string | null } | null;
  readonly scopes: { readonly granted: readonly string[]; readonly needed: readonly string[]; readonly missing: readonly string[] } | null;
  readonly clockAheadMs: number | null;
  readonly error: ErrorBody | null;
}
