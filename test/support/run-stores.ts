import { newId, systemClock, type Submission } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { MemoryBlobStore } from "../../packages/controller/src/memory/memory-blob-store.ts";
import { MemoryEndedRuns } from "../../packages/controller/src/memory/memory-ended-runs.ts";
import { MemoryItemStore } from "../../packages/controller/src/memory/memory-item-store.ts";
import { MemoryRunLog } from "../../packages/controller/src/memory/memory-run-log.ts";
import { GroupCommit } from "../../packages/controller/src/nats/runs/group-commit.ts";
import type { CommitLimits } from "../../packages/controller/src/nats/runs/commit-rule.ts";
import { JetStreamBlobStore } from "../../packages/controller/src/nats/runs/jetstream-blob-store.ts";
import { JetStreamEndedRuns } from "../../packages/controller/src/nats/runs/jetstream-ended-runs.ts";
import { JetStreamItemStore } from "../../packages/controller/src/nats/runs/jetstream-item-store.ts";
import { JetStreamRunLog } from "../../packages/controller/src/nats/runs/jetstream-run-log.ts";
import { SealedMessages } from "../../packages/controller/src/nats/runs/sealed-message.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import type { BlobStore } from "../../packages/controller/src/ports/blob-store.ts";
import type { EndedRuns } from "../../packages/controller/src/ports/ended-runs.ts";
import type { ItemStore } from "../../packages/controller/src/ports/item-store.ts";
import type { RunLog } from "../../packages/controller/src/ports/run-log.ts";
import { withBroker } from "./broker.ts";

/** Where runs are kept. */
export interface RunStores {
  readonly log: RunLog;
  readonly items: ItemStore;
  readonly blobs: BlobStore;
  readonly ended: EndedRuns;
}

/** The stores of both kinds, by the name that a test's title shows. */
export const runStoreKinds: Readonly<Record<string, (body: (stores: RunStores) => Promise<void>) => Promise<void>>> = {
  memory: (body) => {
    const stores = { log: new MemoryRunLog({ clock: systemClock }), items: new MemoryItemStore(), blobs: new MemoryBlobStore() };
    return body({ ...stores, ended: new MemoryEndedRuns(stores) });
  },
  JetStream: (body) => withJetStream(body),
  "JetStream in batches": (body) => withJetStream(body, { batchFrom: 1, batchMost: 8, batchesAtOnce: 2, singlesAtOnce: 0 }),
};

function withJetStream(body: (stores: RunStores) => Promise<void>, limits?: CommitLimits): Promise<void> {
  return withBroker(async (broker) => {
    const { control } = await broker.connections();
    const [js, jsm] = [jetstream(control), await jetstreamManager(control)];
    await createStreams(jsm, { replicas: 1 });
    const ring = createKeyRing();
    const deps = { connection: control, js, jsm, ring, messages: new SealedMessages(ring), clock: systemClock, logger: silentLogger };
    const commits = new GroupCommit({ connection: control, ...(limits && { limits }) });
    await body({
      log: new JetStreamRunLog({ ...deps, commits }),
      items: new JetStreamItemStore(deps),
      blobs: new JetStreamBlobStore(deps),
      ended: new JetStreamEndedRuns(deps),
    });
  });
}

/** A submission of some action, unlike every other one. */
export function anySubmission(over: Partial<Submission> = {}): Submission {
  return {
    runId: newId("run"),
    action: "okta.user.get",
    actionVersion: 1,
    connection: "acme",
    input: { user: "ada@example.com" },
    lane: "standard",
    deadlineMs: null,
    narrowedTo: null,
    principal: "key-1",
    fingerprint: new Uint8Array([1, 2, 3]),
    submittedAtMs: 1_800_000_000_000,
    dryRun: false,
    ...over,
  };
}
