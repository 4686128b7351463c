import { buckets, type Clock, type Lifecycle } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { KeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { AgentStore } from "../ports/agent-store.ts";
import type { ApiKeyRecord } from "../ports/api-key-store.ts";
import type { BlobStore } from "../ports/blob-store.ts";
import type { ConnectionStore, DefinitionStore } from "../ports/connection-store.ts";
import type { ControllerPresence } from "../ports/controller-presence.ts";
import type { AgentReceipts } from "../ports/credential-receipts.ts";
import type { CredentialStore } from "../ports/credential-store.ts";
import {
  agentGrantCodec,
  apiKeyCodec,
  connectionCodec,
  credentialCodec,
  revocationCodec,
  type DefinitionCodec,
  joinTokenCodec,
  loginCodeCodec,
  receiptsCodec,
  recordMarkCodec,
  scheduleCodec,
  scheduleStateCodec,
  gatheredCodec,
  runEndsCodec,
  triggerCodec,
  triggerStateCodec,
  syncCodec,
  syncMarkCodec,
  webhookCodec,
  webhookStateCodec,
} from "../ports/definition-codec.ts";
import type { DataKeys } from "../ports/data-keys.ts";
import type { EndedRuns } from "../ports/ended-runs.ts";
import type { EventFeed } from "../ports/event-feed.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { HoldStore } from "../ports/hold-store.ts";
import type { ItemStore } from "../ports/item-store.ts";
import type { JoinTokenStore } from "../ports/join-token-store.ts";
import type { LoginCodeRecord } from "../ports/login-desk.ts";
import type { RevocationStore } from "../ports/revocation-store.ts";
import type { KeyRingSource } from "../ports/key-ring-source.ts";
import type { Records } from "../ports/record-store.ts";
import type { RunLog } from "../ports/run-log.ts";
import type { RunQueue } from "../ports/run-queue.ts";
import type { Schedules } from "../ports/schedule-store.ts";
import type { Triggers } from "../ports/trigger-store.ts";
import type { SyncMarks, SyncStore } from "../ports/sync-store.ts";
import type { Webhooks } from "../ports/webhook-store.ts";
import type { StorageGauge } from "../ports/storage-gauge.ts";
import { UnanchoredMessages } from "./audit/unanchored-messages.ts";
import { JetStreamEventFeed } from "./events/jetstream-event-feed.ts";
import { JetStreamEventOutcomes } from "./events/jetstream-event-outcomes.ts";
import { JetStreamEventStore } from "./events/jetstream-event-store.ts";
import { JetStreamStorageGauge } from "./jetstream-storage-gauge.ts";
import { openInstallationKeyRing } from "./kv/installation-key-ring.ts";
import { KvDefinitionStore, type KvDefinitionStoreDeps } from "./kv/kv-definition-store.ts";
import { SealedValues } from "./kv/sealed-values.ts";
import { StoredDataKeys } from "./kv/stored-data-keys.ts";
import { KvHoldStore } from "./kv/kv-hold-store.ts";
import type { OpenBroker } from "./open-broker.ts";
import { JetStreamRecordStore } from "./records/jetstream-record-store.ts";
import { GroupCommit } from "./runs/group-commit.ts";
import { JetStreamBlobStore } from "./runs/jetstream-blob-store.ts";
import { JetStreamEndedRuns } from "./runs/jetstream-ended-runs.ts";
import { JetStreamItemStore } from "./runs/jetstream-item-store.ts";
import { JetStreamRunLog } from "./runs/jetstream-run-log.ts";
import { JetStreamRunQueue } from "./runs/jetstream-run-queue.ts";
import { KvControllerPresence } from "./runs/kv-controller-presence.ts";
import { SealedMessages } from "./runs/sealed-message.ts";
import { testSealing } from "./sealing-test.ts";
import { createStreams } from "./streams.ts";

/** All state that the controllers of an installation share. */
export interface Stores {
  readonly log: RunLog;
  readonly queue: RunQueue;
  readonly items: ItemStore;
  readonly blobs: BlobStore;
  readonly ended: EndedRuns;
  readonly gauge: StorageGauge;
  readonly presence: ControllerPresence;
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly agentGrants: AgentStore;
  readonly joinTokens: JoinTokenStore;
  readonly holds: HoldStore;
  readonly credentialReceipts: DefinitionStore<AgentReceipts>;
  readonly apiKeys: DefinitionStore<ApiKeyRecord>;
  readonly logins: DefinitionStore<LoginCodeRecord>;
  readonly revocations: RevocationStore;
  readonly syncs: SyncStore;
  readonly syncMarks: SyncMarks;
  readonly schedules: Schedules;
  readonly webhooks: Webhooks;
  readonly events: EventStore;
  readonly records: Records;
  readonly eventFeed: EventFeed;
  readonly triggers: Triggers;
  readonly dataKeys: DataKeys;
  /** What this process stored in RUNS and the audit does not hold yet. */
  readonly unanchored: UnanchoredMessages;
  /** The keys that all of it is sealed under. */
  readonly ring: KeyRing;
}

interface Deps {
  readonly broker: OpenBroker;
  /** Where the key ring is; made at the installation's first start. */
  readonly keyRing: KeyRingSource;
  /** How long an event, or what is left of a run, may stand at the most. */
  readonly keepMs: number;
  /** How long events are kept. */
  readonly keepEventsMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
}

/** Creates what is absent on the broker and opens every store. Throws `key_ring_missing` when the file's keys are not the installation's. */
export async function openStores(deps: Deps): Promise<Stores> {
  const { control } = deps.broker.connections;
  const jsm = await jetstreamManager(control);
  await createStreams(jsm, { replicas: deps.broker.replicas, keepEventsMs: deps.keepEventsMs });
  const { clock, logger } = deps;
  const ring = await openInstallationKeyRing(control, deps.keyRing);
  const js = jetstream(control);
  const runDeps = { connection: control, js, jsm, messages: new SealedMessages(ring), ring, clock, logger };
  const queue = new JetStreamRunQueue(runDeps);
  await queue.open();
  const events = new JetStreamEventStore(runDeps);
  await events.open();
  const blobs = new JetStreamBlobStore(runDeps);
  const unanchored = new UnanchoredMessages();
  const definitionsOfTest = await definitions({ ...deps, ring }, buckets.selfTest, credentialCodec);
  await testSealing({ definitions: definitionsOfTest, blobs, jsm, logger });
  return {
    log: new JetStreamRunLog({ ...runDeps, witness: unanchored, commits: new GroupCommit({ connection: control }) }),
    queue,
    items: new JetStreamItemStore(runDeps),
    blobs,
    ended: new JetStreamEndedRuns(runDeps),
    gauge: await openGauge(deps, runDeps),
    presence: await openPresence(deps),
    connections: await definitions({ ...deps, ring }, buckets.connections, connectionCodec),
    credentials: await definitions({ ...deps, ring }, buckets.credentials, credentialCodec),
    agentGrants: await definitions({ ...deps, ring }, buckets.agents, agentGrantCodec),
    joinTokens: await definitions({ ...deps, ring }, buckets.joinTokens, joinTokenCodec),
    holds: await openHolds({ ...deps, ring }),
    credentialReceipts: await definitions({ ...deps, ring }, buckets.credentialReceipts, receiptsCodec),
    revocations: await definitions({ ...deps, ring }, buckets.revocations, revocationCodec),
    syncs: await definitions({ ...deps, ring }, buckets.syncs, syncCodec),
    syncMarks: await definitions({ ...deps, ring }, buckets.checkpoints, syncMarkCodec),
    schedules: {
      definitions: await definitions({ ...deps, ring }, buckets.schedules, scheduleCodec),
      states: await definitions({ ...deps, ring }, buckets.scheduleStates, scheduleStateCodec),
    },
    records: {
      store: new JetStreamRecordStore(runDeps),
      marks: await definitions({ ...deps, ring }, buckets.recordMarks, recordMarkCodec),
    },
    webhooks: {
      definitions: await definitions({ ...deps, ring }, buckets.webhooks, webhookCodec),
      states: await definitions({ ...deps, ring }, buckets.webhookStates, webhookStateCodec),
    },
    apiKeys: await definitions({ ...deps, ring }, buckets.apiKeys, apiKeyCodec),
    logins: await definitions({ ...deps, ring }, buckets.logins, loginCodeCodec),
    events,
    eventFeed: new JetStreamEventFeed(runDeps),
    triggers: await openTriggers({ ...deps, ring }, new JetStreamEventOutcomes(runDeps)),
    dataKeys: new StoredDataKeys({
      ...{ ring, jsm, clock, source: deps.keyRing, keepMs: deps.keepMs },
      values: new SealedValues({ js, jsm, ring, logger }),
    }),
    unanchored,
    ring,
  };
}

async function openTriggers(deps: Deps & { readonly ring: KeyRing }, outcomes: Triggers["outcomes"]): Promise<Triggers> {
  return {
    outcomes,
    definitions: await definitions(deps, buckets.triggers, triggerCodec),
    states: await definitions(deps, buckets.triggerStates, triggerStateCodec),
    gathered: await definitions({ ...deps, forgetRemovedAfter: "1h" }, buckets.gatheredEvents, gatheredCodec),
    runEnds: await definitions(deps, buckets.runEnds, runEndsCodec),
  };
}

async function openPresence({ broker, clock, logger }: Deps): Promise<ControllerPresence> {
  const { control } = broker.connections;
  // Nobody renews while signs of life are listed: a broker that is slow is better asked again.
  const jsm = await jetstreamManager(control, { checkAPI: false, timeout: 2_000 });
  return new KvControllerPresence({
    bucket: await new Kvm(control).open(buckets.controllers, { allow_direct: false }),
    jsm,
    clock,
    logger,
  });
}

async function openHolds({ broker, ring, clock, logger, lifecycle }: Deps & { readonly ring: KeyRing }): Promise<HoldStore> {
  const store = await KvHoldStore.open({ connection: broker.connections.control, ring, clock, logger });
  lifecycle.add(buckets.holds, () => store.close());
  return store;
}

async function openGauge(
  { broker, clock }: Deps,
  { connection, messages }: { readonly connection: NatsConnection; readonly messages: SealedMessages },
): Promise<StorageGauge> {
  const { connections, embedded, monitorUrls } = broker;
  // A broker that is away must not hide a full disk for long.
  const jsm = await jetstreamManager(connections.control, { checkAPI: false, timeout: 500 });
  return new JetStreamStorageGauge({ connection, jsm, messages, clock, monitorUrls, ...(embedded && { embedded }) });
}

async function definitions<T>(
  deps: Deps & Pick<KvDefinitionStoreDeps<T>, "ring" | "forgetRemovedAfter">,
  bucket: string,
  codec: DefinitionCodec<T>,
): Promise<KvDefinitionStore<T>> {
  const { ring, clock, logger, lifecycle, forgetRemovedAfter } = deps;
  const forgets = forgetRemovedAfter === undefined ? {} : { forgetRemovedAfter };
  const store = await KvDefinitionStore.open({
    connection: deps.broker.connections.control,
    bucket,
    codec,
    ring,
    logger,
    clock,
    ...forgets,
  });
  lifecycle.add(bucket, () => store.close());
  return store;
}
