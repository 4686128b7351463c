import type { EffectClass, ErrorBody, Lane, RunId, RunStatus } from "@longarm/shared";

/** What the HTTP API answers (`/openapi.json`), as far as the commands read it. Times are RFC 3339. */
export interface Call {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly attempt: number;
  readonly executor: Executor;
  readonly why: string;
  readonly status: number | null;
  readonly outcome: string;
  readonly policy?: { readonly hash: string; readonly rule?: string };
  readonly journal?: { readonly id: string; readonly hash: string };
  readonly reconciled?: boolean;
  readonly queuedMs: number;
  readonly sentMs: number | null;
  readonly error: ErrorBody | null;
}

export interface Executor {
  readonly kind: "local" | "agent";
  readonly name?: string;
}

/** How far a run of a stream or a sync has come. */
export interface Progress {
  readonly pages: number;
  readonly items: number;
  readonly itemsPerSecond: number | null;
  readonly budgetWaitMs: number;
  readonly expectedItems: number | null;
  readonly endsInMs: number | null;
}

/** What had a run started that nobody submitted; `slot` is a schedule's firing time, null where it was run by hand. */
export interface Origin {
  readonly kind: "schedule" | "trigger";
  readonly name: string;
  readonly slot: string | null;
}

export interface Run {
  readonly id: RunId;
  readonly action: string;
  readonly connection: string | null;
  readonly status: RunStatus;
  readonly lane: Lane;
  /** Absent in answers of older controllers. */
  readonly submittedBy?: string | null;
  /** Absent in answers of older controllers. */
  readonly origin?: Origin | null;
  readonly dryRun: boolean;
  readonly input: unknown;
  readonly output: unknown;
  readonly callCount: number;
  readonly calls: readonly Call[];
  readonly progress: Progress | null;
  readonly waiting: { readonly reason: string; readonly sentence: string; readonly since: string; readonly until: string | null } | null;
  readonly error: ErrorBody | null;
  readonly secrets?: { readonly for: string; readonly readableUntil: string; readonly readAt: string | null };
  readonly approval?: { readonly verdict: "approved" | "denied"; readonly by: string; readonly note: string; readonly at: string };
  readonly resolved?: { readonly by: string; readonly note: string; readonly at: string };
  readonly submittedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly queuedMs: number;
  readonly runningMs: number | null;
  readonly startBy: string | null;
  readonly endBy: string | null;
  readonly cancelRequestedAt: string | null;
  readonly removedAt?: string;
}

/** The secret outputs of a run, by their JSON pointers. */
export interface SecretOutputs {
  readonly runId: RunId;
  readonly readAt: string;
  readonly secrets: Readonly<Record<string, unknown>>;
}

export interface RunRow {
  readonly id: string;
  readonly action: string;
  readonly connection: string | null;
  readonly status: RunStatus;
  readonly lane: Lane;
  readonly errorCode: string | null;
  /** Absent in answers of older controllers. */
  readonly waitingFor?: string | null;
  readonly origin?: Origin | null;
  readonly callCount: number;
  readonly submittedAt: string;
  readonly endedAt: string | null;
}

export interface RunList {
  readonly runs: readonly RunRow[];
  readonly nextCursor: string | null;
  readonly asOf: string;
}

/** A JSON Schema, as far as fields are printed from it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly not?: Schema;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly default?: unknown;
  readonly "x-secret"?: boolean;
}

export interface FlowSummary {
  readonly name: string;
  readonly kind: "flow";
  readonly title: string;
  readonly summary: string;
  readonly version: number;
}

export interface FlowDetails extends FlowSummary {
  readonly input: Schema;
  readonly output: Schema;
}

/** The records of a run's log. */
export interface LogEntries {
  readonly entries: readonly { readonly kind: string; readonly time: string; readonly facts: Readonly<Record<string, unknown>> }[];
}

export interface ActionSummary {
  readonly name: string;
  readonly kind: "action" | "stream";
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly effect: EffectClass;
  readonly destructive: boolean;
  readonly scopes: readonly string[];
  readonly docs: string;
}

export interface ActionDetails extends ActionSummary {
  readonly input: Schema;
  readonly output?: Schema;
  readonly item?: Schema;
  readonly examples: readonly { readonly title: string; readonly input: unknown }[];
}

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly labels: Readonly<Record<string, string | readonly string[]>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly slots: { readonly total: number; readonly free: number };
  readonly version: string;
  readonly lastBeatAt: string | null;
  /** Absent in answers of older controllers. */
  readonly journal?: string | null;
  readonly policy?: { readonly hash: string; readonly isStale: boolean } | null;
  readonly fingerprint?: string | null;
  readonly proposed?: { readonly labels: Agent["labels"]; readonly hostname: string } | null;
}

export interface Explanation {
  readonly selector: string;
  readonly matched: number;
  readonly total: number;
  readonly agents: readonly {
    readonly agent: { readonly id: string; readonly name: string; readonly state: string };
    readonly matched: boolean;
    readonly failed: string | null;
    readonly because: string | null;
  }[];
}

export interface Credential {
  readonly name: string;
  readonly scheme: string;
  readonly clientId?: string;
  readonly keyId?: string;
  readonly scopes?: readonly string[];
  readonly tokenPath?: string;
  /** Its name at the site of the agents that resolve it. */
  readonly reference?: string;
  readonly revision: number;
  readonly updatedAt: string;
}

/** An API key without its token. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly state: "valid" | "expired" | "revoked";
  readonly scopes: readonly string[];
  readonly connections: readonly string[] | null;
  readonly lanes: readonly string[] | null;
  readonly ownRuns: boolean;
  readonly createdBy: string | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** With its token, this once. */
export interface NewApiKey extends ApiKey {
  readonly token: string;
}

/** That an agent was given a credential's value. */
export interface CredentialReceipt {
  readonly agent: { readonly id: string; readonly name: string };
  readonly revision: number;
  readonly setAt: string;
  readonly firstAt: string;
  readonly current: boolean;
}

/** A data key, and what is sealed under it. */
export interface DataKey {
  readonly id: number;
  readonly state: "active" | "next" | "retired";
  readonly createdAt: string | null;
  readonly retiredAt: string | null;
  readonly values: number;
  readonly runs: boolean;
  readonly runsUntil: string | null;
}

/** How far a change of keys came. */
export interface Resealed {
  readonly active: number;
  readonly resealed: number;
  readonly left: number;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly sentence: string }>>;
}

export interface JoinToken {
  readonly id: string;
  readonly kind: "once" | "ask";
  readonly labels: Agent["labels"];
  readonly sources: readonly string[];
  readonly state: "usable" | "used" | "expired";
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly usedBy: { readonly agent: string; readonly fingerprint: string; readonly at: string } | null;
}

/** A join token as it is shown once. */
export interface IssuedJoinToken extends JoinToken {
  readonly token: string;
  readonly pin: string;
  readonly urls: readonly string[];
}

/** A page of the audit, newest first. */
export interface AuditPage {
  readonly acts: readonly {
    readonly chain: string;
    readonly number: number;
    readonly at: string;
    readonly principal: string;
    readonly what: string;
    readonly on: readonly string[];
    readonly details: Readonly<Record<string, unknown>> | null;
  }[];
  readonly nextCursor: string | null;
}
