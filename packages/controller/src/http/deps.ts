import type { Clock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { Catalogue, RecordKind, SyncEngine } from "@longarm/spoke";
import type { AgentDirectory } from "../ports/agent-directory.ts";
import type { ApiKeyStore } from "../ports/api-key-store.ts";
import type { AuditLog, AuditTrail } from "../ports/audit.ts";
import type { Budgets } from "../ports/budgets.ts";
import type { ConnectionStore } from "../ports/connection-store.ts";
import type { TestConnection } from "../ports/connection-test.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { CredentialReceipts } from "../ports/credential-receipts.ts";
import type { CredentialStore } from "../ports/credential-store.ts";
import type { DataKeys } from "../ports/data-keys.ts";
import type { TellChoices } from "../ports/dynamic-inputs.ts";
import type { JoinDesk } from "../ports/join-desk.ts";
import type { LoginDesk } from "../ports/login-desk.ts";
import type { LiveDoor } from "../ports/live.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Authenticate } from "../ports/principal.ts";
import type { RecordHistory } from "../ports/record-history.ts";
import type { RecordStore } from "../ports/record-store.ts";
import type { Readiness } from "../ports/readiness.ts";
import type { RunService } from "../ports/run-service.ts";
import type { AgentSelection } from "../ports/selection.ts";
import type { CheckRun, Schedules } from "../ports/schedule-store.ts";
import type { HookDoor } from "../ports/hook-door.ts";
import type { Webhooks } from "../ports/webhook-store.ts";
import type { Triggers } from "../ports/trigger-store.ts";
import type { Syncs } from "../ports/sync-store.ts";

/** What the HTTP API stands on: ports only. */
export interface HttpDeps {
  readonly runs: RunService;
  readonly connections: ConnectionStore;
  readonly budgets: Pick<Budgets, "view">;
  readonly credentials: CredentialStore;
  readonly syncs: Pick<Syncs, "definitions" | "marks"> & { readonly engine: Pick<SyncEngine, "streams" | "sinks"> };
  readonly records: { readonly store: RecordStore; readonly history: RecordHistory; readonly kinds: readonly RecordKind[] };
  readonly schedules: Schedules;
  readonly events: Pick<EventStore, "store" | "get" | "list">;
  readonly webhooks: Webhooks;
  readonly hookDoor: HookDoor;
  readonly triggers: Pick<Triggers, "definitions" | "states" | "outcomes">;
  /** How far the run log has come. */
  readonly runLogEnd: () => Promise<number>;
  readonly checkRun: CheckRun;
  readonly dataKeys: DataKeys;
  readonly receipts: Pick<CredentialReceipts, "list">;
  readonly audit: { readonly trail: AuditTrail; readonly log: AuditLog };
  readonly agents: AgentDirectory;
  readonly joinDesk: JoinDesk;
  readonly selection: AgentSelection;
  readonly catalogue: Pick<Catalogue, "get" | "list" | "spokes" | "flows" | "runnable" | "checkInput">;
  readonly apiKeys: ApiKeyStore;
  readonly logins: LoginDesk;
  readonly authenticate: Authenticate;
  /** Of each principal; default 1,000 a second and 5,000 at once. */
  readonly rateLimit?: { readonly perSecond: number; readonly burst: number };
  /** Origins whose pages may call the API; absent: none but its own. */
  readonly corsOrigins?: readonly string[];
  /** PEM files; absent: plain HTTP. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** How long an API key may live at most; absent: for ever. */
  readonly longestKeyLifeMs?: number;
  readonly metrics: Metrics;
  readonly live: LiveDoor;
  readonly readiness: () => Promise<Readiness>;
  readonly testConnection: TestConnection;
  readonly tellChoices: TellChoices;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly version: string;
  /** The address by which others reach this controller, when it is not its own: its host is then accepted too. */
  readonly publicUrl?: string;
}
