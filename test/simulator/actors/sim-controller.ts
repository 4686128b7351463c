import { recordsInMemory } from "../../support/records.ts";
import { syncsInMemory } from "../../support/syncs.ts";
import { LongarmError, type ControllerId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { KeyRing } from "@longarm/shared/seal";
import type { Catalogue } from "@longarm/spoke";
import { dispatch } from "../../../packages/controller/src/loops/dispatcher.ts";
import { expire } from "../../../packages/controller/src/loops/expirer.ts";
import { project } from "../../../packages/controller/src/loops/projector.ts";
import { rescue } from "../../../packages/controller/src/loops/rescuer.ts";
import { bucketMatcher } from "../../../packages/controller/src/decide/budget/match-bucket.ts";
import { SharedBudgets } from "../../../packages/controller/src/memory/budget/shared-budgets.ts";
import { IndexedAgentSelection } from "../../../packages/controller/src/memory/agent-selection.ts";
import { MemoryBlobStore } from "../../../packages/controller/src/memory/memory-blob-store.ts";
import { MemoryEventStore } from "../../../packages/controller/src/memory/memory-event-store.ts";
import { MemoryItemStore } from "../../../packages/controller/src/memory/memory-item-store.ts";
import { MemoryRunHistory } from "../../../packages/controller/src/memory/memory-run-history.ts";
import { plainFieldSeals } from "../../../packages/controller/src/nats/field/seal/plain-seals.fixture.ts";
import { FieldAgentDirectory } from "../../../packages/controller/src/nats/field/index.ts";
import { embeddedTrust, newTrustSeeds } from "../../../packages/controller/src/trust/trust-keys.ts";
import type { AgentStore } from "../../../packages/controller/src/ports/agent-store.ts";
import type { ConnectionStore } from "../../../packages/controller/src/ports/connection-store.ts";
import type { EndedRuns } from "../../../packages/controller/src/ports/ended-runs.ts";
import type { CredentialStore } from "../../../packages/controller/src/ports/credential-store.ts";
import { SubmittedChildRuns } from "../../../packages/controller/src/run/flow/child-runs.ts";
import { Checks } from "../../../packages/controller/src/run/call/checks.ts";
import { KeyPlaces } from "../../../packages/controller/src/run/place/key-places.ts";
import { LaneSlots } from "../../../packages/controller/src/run/place/lane-slots.ts";
import { OwnerLease } from "../../../packages/controller/src/run/owner-lease.ts";
import { IndexedEventWaits } from "../../../packages/controller/src/run/flow/indexed-event-waits.ts";
import { RunCarrier } from "../../../packages/controller/src/run/run-carrier.ts";
import { RunSignals } from "../../../packages/controller/src/run/run-signals.ts";
import { Runs } from "../../../packages/controller/src/run/steer/runs.ts";
import { controllerConnection } from "../adapters/sim-field-link.ts";
import { StorageRoom } from "../../../packages/controller/src/run/steer/storage-room.ts";
import { SimHoldStore, type SharedHolds } from "../adapters/sim-hold-store.ts";
import { SimPresence } from "../adapters/sim-presence.ts";
import { SimRunLog } from "../adapters/sim-run-log.ts";
import { SimRunQueue } from "../adapters/sim-run-queue.ts";
import type { Bugs } from "../bugs/bugs.ts";
import { SimProcess } from "../world/sim-process.ts";
import { SimRestExecutor } from "../world/sim-rest-executor.ts";
import type { World } from "../world/world.ts";

/** What all controllers of an installation share. */
export interface Installation {
  readonly world: World;
  readonly ring: KeyRing;
  readonly catalogue: Catalogue;
  readonly agents: AgentStore;
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly holds: SharedHolds;
  readonly bugs: Bugs;
}

// Nothing lives for long enough here to be removed.
const nothingRemoved: EndedRuns = { keep: async () => false, get: async () => undefined, purge: async () => undefined };
// Making keys draws from no seed, and nothing that happens depends on which they are.
const trust = embeddedTrust(newTrustSeeds());
const lanes = { interactive: 8, standard: 8, bulk: 8 };
const stopWithinMs = 5_000;

const noReceipts = { note: () => Promise.resolve(), list: () => Promise.resolve([]) };

/** One life of a controller: the product's own parts over simulated ports. */
export class SimController {
  readonly id: ControllerId;
  readonly process: SimProcess;
  readonly runs: Runs;
  readonly #installation: Installation;
  readonly #parts;
  readonly #stopping = new AbortController();

  constructor(installation: Installation, of: { readonly id: ControllerId; readonly name: string }) {
    const { world, bugs, ring, catalogue, connections, credentials } = installation;
    this.#installation = installation;
    this.id = of.id;
    this.process = new SimProcess(world, { name: of.name, wallOffsetMs: world.random.between(-20, 20) });
    const { clock } = this.process;
    const selection = new IndexedAgentSelection({ clock });
    const directory = this.#directory(selection);
    const shared = {
      ring,
      catalogue,
      connections,
      credentials,
      clock,
      controllerId: of.id,
      logger: silentLogger,
      receipts: noReceipts,
      syncs: syncsInMemory(),
      records: recordsInMemory(clock),
    };
    const stores = { log: bugs.log(new SimRunLog(this.process), this.process), items: new MemoryItemStore(), blobs: new MemoryBlobStore() };
    const ways = {
      directory,
      inquiry: directory.inquiry,
      selection,
      budgets: new SharedBudgets({ bucketOf: bucketMatcher([]), clock }),
      local: bugs.executor(new SimRestExecutor(this.process, () => undefined), this.process),
    };
    const history = new MemoryRunHistory();
    const signals = new RunSignals();
    const slots = new LaneSlots(lanes);
    const lease = new OwnerLease({ clock });
    const holds = new SimHoldStore(this.process, installation.holds);
    const places = new KeyPlaces({ ...shared, store: holds });
    const seams = { random: () => world.random.next(), afterTurn: (task: () => void) => void this.process.after(0, task) };
    const room = new StorageRoom();
    const children = new SubmittedChildRuns({ ...shared, ...stores, signals, room, runs: () => this.runs });
    const events = new IndexedEventWaits({ ...shared, feed: new MemoryEventStore() });
    const carrierDeps = { ...shared, ...stores, ...ways, ...seams, slots, lease, places, signals, children, events, checks: new Checks() };
    const carrier = new RunCarrier(carrierDeps);
    const presence = bugs.presence(new SimPresence(this.process), this.process);
    const queue = bugs.queue(new SimRunQueue(this.process), this.process);
    this.runs = new Runs({
      ...shared,
      room,
      ...stores,
      history,
      signals,
      ended: nothingRemoved,
      keepKeysMs: Number.MAX_SAFE_INTEGER,
    });
    this.#parts = { ...shared, ...stores, history, signals, slots, lease, places, holds, carrier, presence, queue, directory };
  }

  /** Takes the place of the controller that ran here before, then begins to work. */
  start(before: ControllerId | undefined): void {
    void this.#start(before).catch((reason: unknown) => {
      this.#installation.world.ledger.faults.push(`${this.process.name} could not start: ${LongarmError.from(reason).message}`);
    });
  }

  /** Stops as a controller does that is asked to, and is gone then. */
  async stop(): Promise<void> {
    const { carrier, presence } = this.#parts;
    this.#stopping.abort(new LongarmError("overtaken", "This controller stops."));
    await carrier.stop(stopWithinMs);
    await presence.withdraw(this.id).catch(() => undefined);
    this.process.kill();
  }

  async #start(before: ControllerId | undefined): Promise<void> {
    const { presence, directory, holds } = this.#parts;
    for (;;) {
      try {
        if (before) await presence.withdraw(before);
        await presence.renew(this.id);
        await holds.refresh();
        break;
      } catch {
        await this.process.clock.sleep(500);
      }
    }
    await directory.start();
    void project(this.#parts, new AbortController().signal);
    void dispatch(this.#parts, this.#stopping.signal);
    void rescue(this.#parts, this.#stopping.signal);
    void expire(this.#parts, this.#stopping.signal);
  }

  #directory(selection: IndexedAgentSelection): FieldAgentDirectory {
    const { world, agents } = this.#installation;
    const connection = controllerConnection(world.network.connect(this.process));
    const deps = {
      connection,
      controllerId: this.id,
      revoke: async () => undefined,
      store: agents,
      trust,
      makeSeals: plainFieldSeals,
      clock: this.process.clock,
    };
    const directory = new FieldAgentDirectory({ ...deps, logger: silentLogger });
    directory.onView((view) => selection.upsert(view));
    return directory;
  }
}
