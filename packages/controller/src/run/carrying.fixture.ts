// A carrier on stores in memory, a small spoke, and an executor that answers as the test says.
import { LongarmError, newId, systemClock, type Clock, type ControllerId, type LogEntry, type RunId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { CallRecord, Page, PageRequest, RestExecutor, RestFailure, RestRequest, RestResponse } from "@longarm/shared/rest";
import { createKeyRing } from "@longarm/shared/seal";
import { type Catalogue, createCatalogue, type AnyFlow } from "@longarm/spoke";
import type { TSchema } from "typebox";
import { anySubmission } from "../../../../test/support/run-stores.ts";
import { bucketMatcher } from "../decide/budget/match-bucket.ts";
import { SharedBudgets } from "../memory/budget/shared-budgets.ts";
import { MemoryCallInquiry } from "../memory/memory-call-inquiry.ts";
import { MemoryBlobStore } from "../memory/memory-blob-store.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { MemoryEndedRuns } from "../memory/memory-ended-runs.ts";
import { MemoryEventStore } from "../memory/memory-event-store.ts";
import { MemoryHoldStore } from "../memory/memory-hold-store.ts";
import { MemoryItemStore } from "../memory/memory-item-store.ts";
import { MemoryRunLog } from "../memory/memory-run-log.ts";
import type { AgentDirectory } from "../ports/agent-directory.ts";
import type { Connection } from "../ports/connection-store.ts";
import type { Credential } from "../ports/credential-store.ts";
import { connectionCodec, credentialCodec } from "../ports/definition-codec.ts";
import type { SlotSelection } from "../ports/selection.ts";
import type { CarrierDeps } from "./carriage.ts";
import { Checks } from "./call/checks.ts";
import { recordsInMemory } from "../../../../test/support/records.ts";
import { syncsInMemory } from "../../../../test/support/syncs.ts";
import { syncOf } from "../ports/sync-store.ts";
import { syncRun } from "./sync/order-sync.ts";
import { KeyPlaces } from "./place/key-places.ts";
import { LaneSlots } from "./place/lane-slots.ts";
import { StorageRoom } from "./steer/storage-room.ts";
import { sealMembers } from "./sealed-members.ts";
import { OwnerLease } from "./owner-lease.ts";
import type { ChildRuns } from "../ports/child-runs.ts";
import { MemoryRunHistory } from "../memory/memory-run-history.ts";
import { Runs } from "./steer/runs.ts";
import { SubmittedChildRuns } from "./flow/child-runs.ts";
import { IndexedEventWaits } from "./flow/indexed-event-waits.ts";
import { RunCarrier } from "./run-carrier.ts";
import { RunSignals } from "./run-signals.ts";
import { thingSpoke } from "./thing-spoke.fixture.ts";

const record: CallRecord = {
  ...{ method: "GET", path: "/", status: 200, sentAt: 0, headMs: 1, totalMs: 1, requestBytes: 0, responseBytes: 0 },
  ...{ oktaRequestId: null, rateLimit: null },
};

/** What the executor does with a request: answers, fails, or is still at it. */
export type Answer = (request: RestRequest, signal: AbortSignal) => Promise<RestResponse | RestFailure>;
export type Pages = (request: PageRequest, signal: AbortSignal) => AsyncIterable<Page | RestFailure>;

export function respond(status: number, body: unknown): RestResponse {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const once = async function* () {
    yield bytes;
  };
  return { kind: "response", status, headers: {}, body: once(), record: () => ({ ...record, status }) };
}

export function fail(
  delivery: RestFailure["delivery"],
  code: "target_reset" | "target_unreachable" | "agent_lost" | "unexpected_response" = "target_reset",
): RestFailure {
  return { kind: "failure", delivery, error: new LongarmError(code), record: { ...record, status: null } };
}

export function page(ids: readonly string[], next: string | null): Page {
  return {
    kind: "page",
    status: 200,
    headers: {},
    body: new TextEncoder().encode(JSON.stringify(ids.map((id) => ({ id })))),
    next,
    record,
  };
}

const connection: Connection = {
  ...{ name: "acme", baseUrl: "https://acme.example", placement: { on: "local", whenNone: "fail" } },
  ...{ timeoutMs: 1_000, maxResponseBytes: 1_000_000 },
};

/** What a test has at hand. */
export interface Carrying {
  readonly deps: CarrierDeps & { readonly room: StorageRoom; readonly slots: LaneSlots };
  readonly log: MemoryRunLog;
  readonly items: MemoryItemStore;
  readonly events: MemoryEventStore;
  readonly ended: MemoryEndedRuns;
  readonly holds: MemoryHoldStore;
  readonly inquiry: MemoryCallInquiry;
  /** Every request that the executor was given, as `METHOD path`. */
  readonly sent: string[];
  /** Set by the test before it carries. */
  answer: Answer;
  pages: Pages;
  /** Called for each run that a flow has started; carries it, unless the test says otherwise. */
  carryChild(run: RunId): Promise<void>;
  /** Another carrier on the same stores, as another controller has one. */
  carrier(id?: ControllerId): RunCarrier;
  /** Submits and carries to the end. */
  carry(name: string, input?: unknown, over?: Parameters<typeof anySubmission>[0]): Promise<RunId>;
  submit(name: string, input?: unknown, over?: Parameters<typeof anySubmission>[0]): Promise<RunId>;
  /** The log's entries, record by record. */
  records(run: RunId): Promise<readonly (readonly LogEntry[])[]>;
}

type Body = (world: Carrying) => Promise<void>;

const noReceipts = { note: async () => undefined, list: async () => [] };

/** Does what the test says, and notes each request. */
function scriptedExecutor(sent: string[], world: () => Pick<Carrying, "answer" | "pages">): RestExecutor {
  return {
    send(request, signal) {
      sent.push(`${request.method} ${request.path}`);
      return world().answer(request, signal);
    },
    async *pages(request, signal) {
      sent.push(`GET ${request.resumeAt ?? request.path}`);
      yield* world().pages(request, signal);
    },
  };
}

function nothingKept(clock: Clock): Pick<CarrierDeps, "syncs" | "records"> {
  return { syncs: syncsInMemory(), records: recordsInMemory(clock) };
}

/** There is no dispatcher here: each run that a flow starts is carried at once. */
function carriedChildren(submitted: () => ChildRuns, carry: (run: RunId) => void): ChildRuns {
  return {
    idOf: (request) => submitted().idOf(request),
    end: (run, signal) => submitted().end(run, signal),
    items: (run, signal) => submitted().items(run, signal),
    cancel: (run, principal) => submitted().cancel(run, principal),
    async start(request, signal) {
      await submitted().start(request, signal);
      carry(submitted().idOf({ idempotencyKey: "", ...request }));
    },
  };
}

/** Runs `body` with a carrier whose world is in memory. */
export async function withCarrying(body: Body, clock: Clock = systemClock, flows: readonly AnyFlow[] = []): Promise<void> {
  const log = new MemoryRunLog({ clock });
  const [items, blobs, holds, inquiry] = [new MemoryItemStore(), new MemoryBlobStore(), new MemoryHoldStore(), new MemoryCallInquiry()];
  const events = new MemoryEventStore();
  const connections = new MemoryDefinitionStore<Connection>(connectionCodec);
  await connections.put("acme", connection);
  const sent: string[] = [];
  const executor = scriptedExecutor(sent, () => world);
  const [controllerId, ring] = [newId("controller"), createKeyRing()];
  const placesOf = (id: ControllerId) => new KeyPlaces({ store: holds, controllerId: id, ring, clock, logger: silentLogger });
  const ended = new MemoryEndedRuns({ log, items, blobs });
  const carryChild = (run: RunId): void => void world.carryChild(run);
  const children = carriedChildren(() => submitted, carryChild);
  const deps: Carrying["deps"] = {
    children,
    events: new IndexedEventWaits({ feed: events, clock, logger: silentLogger }),
    room: new StorageRoom(),
    ...{ controllerId, log, items, connections, local: executor, blobs, receipts: noReceipts },
    ...{ credentials: new MemoryDefinitionStore<Credential>(credentialCodec), catalogue: createCatalogue([thingSpoke], flows) },
    // Local placements ask neither of them.
    ...{ directory: {} as AgentDirectory, inquiry, selection: {} as SlotSelection, budgets: anyBudgets(clock) },
    ...{
      slots: new LaneSlots({ interactive: 8, standard: 8, bulk: 8 }),
      lease: endlessLease(),
      signals: new RunSignals(),
      places: placesOf(controllerId),
      checks: new Checks(),
      ring,
    },
    ...{ ...nothingKept(clock), clock, logger: silentLogger, random: Math.random, afterTurn: setImmediate },
  };
  const runs = new Runs({ ...deps, history: new MemoryRunHistory(), ended, keepKeysMs: 1 });
  const submitted = new SubmittedChildRuns({ ...deps, runs: () => runs });
  const world: Carrying = {
    carryChild: (run) => carryOn(world.carrier(), log, run),
    ...{ deps, log, items, events, holds, sent, inquiry, ended },
    answer: async () => respond(200, { id: "1" }),
    pages: async function* () {
      yield page([], null);
    },
    carrier: (id = deps.controllerId) =>
      new RunCarrier({ ...deps, controllerId: id, ...(id !== deps.controllerId && { checks: new Checks(), places: placesOf(id) }) }),
    async submit(name, value = { name: "ada" }, over = {}) {
      const runId = newId("run");
      const input = sealMembers(deps.ring, runId, { schema: inputOf(deps.catalogue, name), value });
      await log.submit(anySubmission({ runId, action: name, input, ...over }));
      return over.runId ?? runId;
    },
    async carry(name, input, over) {
      const run = await world.submit(name, input, over);
      await carryOn(world.carrier(), log, run);
      return run;
    },
    async records(run) {
      return (await log.read(run))?.records.map(({ entries }) => entries) ?? [];
    },
  };
  await body(world);
}

function inputOf(catalogue: Catalogue, action: string): TSchema {
  return (catalogue.runnable(action) ?? syncRun(syncOf(action) ?? "")).input as TSchema;
}

/** Budgets of targets whose limits nobody knows before they answer. */
function anyBudgets(clock: Clock): SharedBudgets {
  return new SharedBudgets({ bucketOf: bucketMatcher([]), clock });
}

/** A lease of which no time passes. */
function endlessLease(): OwnerLease {
  const lease = new OwnerLease({ clock: { monotonicMs: () => 0 } });
  lease.renewed(0);
  return lease;
}

/** Claims a run nobody carried yet, and carries it to its end. */
export async function carryOn(carrier: RunCarrier, log: MemoryRunLog, run: RunId): Promise<void> {
  const stored = await log.read(run);
  const claimed = stored && (await carrier.claimNew(stored));
  if (claimed) await carrier.carry(claimed);
}
