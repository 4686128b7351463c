import { buckets, control, LongarmError, recordBuckets, streams } from "@longarm/shared";
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { keptVersions } from "../ports/connection-store.ts";
import { nanos } from "@nats-io/transport-node";

/** How the streams are kept. */
export interface StreamOptions {
  /** 1, or 3 in a cluster. */
  readonly replicas: number;
  /** Bytes per stream; absent: as much as the broker allows. */
  readonly maxBytes?: Partial<Record<(typeof streams)[keyof typeof streams], number>>;
  /** How long events are kept; absent: for ever. */
  readonly keepEventsMs?: number;
}

type Desired = Partial<StreamConfig> & { readonly name: string; readonly subjects: string[] };

// The broker's least window. Nothing here deduplicates by message id: creation and appends use expected sequences.
const leastDuplicateWindowMs = 100;

function common(replicas: number): Partial<StreamConfig> {
  return {
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    num_replicas: replicas,
    duplicate_window: nanos(leastDuplicateWindowMs),
    deny_purge: false,
  };
}

function desiredStreams({ replicas, maxBytes = {}, keepEventsMs = 0 }: StreamOptions): readonly Desired[] {
  const subjects = {
    [streams.runs]: [control.allSubmits(), control.allLogs()],
    [streams.items]: [control.allItems()],
    [streams.blobs]: [control.allBlobs()],
    [streams.audit]: [control.allAudit()],
    [streams.events]: [control.allEvents(), control.allEventsSettled()],
  };
  return Object.values(streams).map((name) => ({
    ...common(replicas),
    name,
    subjects: subjects[name],
    max_bytes: maxBytes[name] ?? -1,
    allow_direct: true,
    allow_atomic: true,
    // What is left of removed runs goes by itself.
    allow_msg_ttl: true,
    // Nobody takes a record out of the audit, and no controller could.
    deny_delete: name === streams.audit,
    ...(name === streams.audit && { deny_purge: true }),
    ...(name === streams.events && { max_age: nanos(keepEventsMs) }),
  }));
}

const ofRecords: ReadonlySet<string> = new Set(Object.values(recordBuckets));
const forgetting: ReadonlySet<string> = new Set([buckets.holds, buckets.controllers, buckets.gatheredEvents]);

// What @nats-io/kv itself would create, but read from the leader only: a definition that was just changed is never seen old.
function desiredBuckets({ replicas }: StreamOptions): readonly Desired[] {
  return Object.values(buckets).map((bucket) => ({
    ...common(replicas),
    name: `KV_${bucket}`,
    subjects: [control.allKeys(bucket)],
    max_msgs_per_subject: bucket === buckets.schedules ? keptVersions : 1,
    allow_rollup_hdrs: true,
    allow_direct: false,
    deny_delete: true,
    // A page of records shares an fsync.
    ...(ofRecords.has(bucket) && { allow_atomic: true }),
    // What nobody holds, and who is gone for good, is forgotten after a while, or each key that was ever used would stay.
    ...(forgetting.has(bucket) && { allow_msg_ttl: true }),
  }));
}

function differences(desired: Desired, actual: Partial<StreamConfig>): readonly string[] {
  return Object.entries(desired).flatMap(([name, wanted]) => {
    const found = actual[name as keyof StreamConfig];
    // The broker leaves out what is false.
    const same = JSON.stringify(found ?? (typeof wanted === "boolean" ? false : undefined)) === JSON.stringify(wanted);
    return same ? [] : [`${name} is ${JSON.stringify(found) ?? "absent"} instead of ${JSON.stringify(wanted)}`];
  });
}

function isApiError(fault: unknown, code: number): boolean {
  return fault instanceof JetStreamApiError && fault.code === code;
}

async function existing(jsm: JetStreamManager, name: string): Promise<StreamConfig | undefined> {
  try {
    return (await jsm.streams.info(name)).config;
  } catch (fault) {
    if (isApiError(fault, JetStreamApiCodes.StreamNotFound)) return undefined;
    throw fault;
  }
}

const nameInUse = 10058;

// Another controller may create the stream at the same moment: with the same configuration the broker answers both alike, with
// another one the later of the two finds it there and updates it.
async function create(jsm: JetStreamManager, desired: Desired): Promise<StreamConfig> {
  try {
    return (await jsm.streams.add(desired)).config;
  } catch (fault) {
    const found = isApiError(fault, nameInUse) ? await existing(jsm, desired.name) : undefined;
    if (found) return found;
    throw fault;
  }
}

// Two controllers that are configured differently overwrite each other's choice: the last one stands, and no broker is to blame.
function chosenByOperators({ max_bytes, num_replicas, max_age }: Desired): Partial<StreamConfig> {
  return {
    ...(max_bytes !== undefined && { max_bytes }),
    ...(num_replicas !== undefined && { num_replicas }),
    ...(max_age !== undefined && { max_age }),
  };
}

async function ensure(jsm: JetStreamManager, desired: Desired): Promise<void> {
  const found = (await existing(jsm, desired.name)) ?? (await create(jsm, desired));
  if (differences(desired, found).length === 0) return;
  const updated = (await jsm.streams.update(desired.name, { ...found, ...desired })).config;
  const left = differences(desired, { ...updated, ...chosenByOperators(desired) });
  if (left.length === 0) return;
  throw new LongarmError(
    "broker_too_old",
    `The broker does not keep the settings of ${desired.name}: ${left.join("; ")}. Upgrade nats-server.`,
    {
      details: { stream: desired.name, differences: left },
    },
  );
}

/**
 * Creates what is absent among RUNS, ITEMS, BLOBS, AUDIT, EVENTS and the buckets, changes what differs, and reads the result back, since an old
 * broker drops options that it does not know (`broker_too_old`). May run in several controllers at once.
 */
export async function createStreams(jsm: JetStreamManager, options: StreamOptions): Promise<void> {
  const desired = [...desiredStreams(options), ...desiredBuckets(options)];
  try {
    await Promise.all(desired.map((one) => ensure(jsm, one)));
  } catch (fault) {
    if (!(fault instanceof JetStreamApiError)) throw LongarmError.from(fault);
    throw new LongarmError("broker_unavailable", `The broker refused to set up its streams: ${fault.message}.`, { cause: fault });
  }
}
