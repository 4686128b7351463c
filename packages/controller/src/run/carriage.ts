import { type Clock, type ControllerId, type RetryPolicy, Secret, type Submission } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { RestExecutor } from "@longarm/shared/rest";
import type { KeyRing } from "@longarm/shared/seal";
import type { ActionContext, Catalogue } from "@longarm/spoke";
import type { RunState } from "../decide/fold-run.ts";
import type { AgentDirectory } from "../ports/agent-directory.ts";
import type { AuditTrail } from "../ports/audit.ts";
import type { Budgets } from "../ports/budgets.ts";
import type { BlobStore } from "../ports/blob-store.ts";
import type { CallInquiry } from "../ports/call-inquiry.ts";
import type { ChildRuns } from "../ports/child-runs.ts";
import type { Connection, ConnectionStore } from "../ports/connection-store.ts";
import type { CredentialReceipts } from "../ports/credential-receipts.ts";
import type { CredentialStore } from "../ports/credential-store.ts";
import type { EventWaits } from "../ports/event-waits.ts";
import type { ItemStore } from "../ports/item-store.ts";
import type { OwnFlows } from "../ports/own-flows.ts";
import type { Records } from "../ports/record-store.ts";
import type { RunTally } from "../ports/metrics.ts";
import type { RunLog } from "../ports/run-log.ts";
import type { SlotSelection } from "../ports/selection.ts";
import type { Syncs } from "../ports/sync-store.ts";
import type { Checks } from "./call/checks.ts";
import type { KeyPlaces } from "./place/key-places.ts";
import type { OwnerLease } from "./owner-lease.ts";
import type { DoubtLedger } from "./call/doubt-ledger.ts";
import type { RunSignals } from "./run-signals.ts";
import type { RunWriter } from "./run-writer.ts";
import type { SlotOfRun } from "./place/shared-slot.ts";

/** What carrying any run takes. */
export interface CarrierDeps {
  readonly controllerId: ControllerId;
  readonly log: RunLog;
  readonly items: ItemStore;
  readonly blobs: BlobStore;
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly receipts: CredentialReceipts;
  readonly catalogue: Catalogue;
  readonly directory: AgentDirectory;
  readonly inquiry: CallInquiry;
  readonly selection: SlotSelection;
  readonly budgets: Budgets;
  readonly local: RestExecutor;
  readonly slots: SlotOfRun;
  readonly lease: OwnerLease;
  readonly signals: RunSignals;
  readonly places: KeyPlaces;
  readonly checks: Checks;
  readonly syncs: Syncs;
  readonly records: Records;
  /** The runs that flows start. */
  readonly children: ChildRuns;
  /** Flows whose code does not run in this thread; absent: there are none. */
  readonly ownFlows?: OwnFlows;
  /** What flows wait for. */
  readonly events: EventWaits;
  /** Takes note of what agents' sites denied. */
  readonly trail?: Pick<AuditTrail, "denied">;
  /** Counts what is written into the runs' logs. */
  readonly tally?: RunTally;
  readonly ring: KeyRing;
  /** The controller's address as it is seen from outside, without a slash at its end. */
  readonly publicUrl?: string;
  /** The secret that a connection's target sends with its events; absent: there are no hooks. */
  readonly hookSecret?: (connection: string) => Promise<Secret | null>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Evenly spread over 0 to 1, for the jitter of pauses. */
  readonly random: () => number;
  /** Runs a task at the end of the event loop's turn. */
  readonly afterTurn: (task: () => void) => void;
}

/** One run while this controller carries it. */
export interface Carriage {
  readonly deps: CarrierDeps;
  readonly submission: Submission;
  readonly epoch: number;
  readonly connection: Connection;
  /** Of the run and its connection together. */
  readonly retry: RetryPolicy;
  readonly writer: RunWriter;
  /** Which of its changing calls nobody knows the end of. */
  readonly doubts: DoubtLedger;
  /** What the log held when this controller took the run. */
  readonly known: RunState;
  /** When it took the run, or a moment later; monotonic. */
  readonly claimedAtMs: number;
  /** Aborted by cancellation, deadline, overtaking and stop: ends reads and waits at once. */
  readonly signal: AbortSignal;
  /** Aborted by stop alone: a write whose first byte may have left runs to its own end. */
  readonly stopping: AbortSignal;
}

/** What an action is told of where it runs. */
export function surroundings({
  connection: { name },
  deps,
  submission,
}: Pick<Carriage, "connection" | "deps" | "submission">): Pick<ActionContext, "connection" | "publicUrl" | "hookSecret"> {
  // What a dry run would send is shown.
  const hookSecret = async (): Promise<Secret | null> => {
    const secret = (await deps.hookSecret?.(name)) ?? null;
    return secret && submission.dryRun ? new Secret("the secret of the connection's hook") : secret;
  };
  return { connection: name, publicUrl: deps.publicUrl ?? null, hookSecret };
}
