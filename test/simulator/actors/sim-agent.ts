import { type AgentId, type ControllerId, field, LongarmError, Rejections } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { RestRequest } from "@longarm/shared/rest";
import { type CallMessage, decodeCall } from "@longarm/shared/wire";
import { Agent } from "../../../packages/agent/src/agent.ts";
import { CallDesk } from "../../../packages/agent/src/call/call-desk.ts";
import { ChangeDesk } from "../../../packages/agent/src/call/change-desk.ts";
import { ClockReader } from "../../../packages/agent/src/enrol/clock-reader.ts";
import { Controllers } from "../../../packages/agent/src/enrol/controllers.ts";
import { Enrolment } from "../../../packages/agent/src/enrol/enrolment.ts";
import type { Journal } from "../../../packages/agent/src/journal/journal.ts";
import { openJournal } from "../../../packages/agent/src/journal/open-journal.ts";
import type { JournalSeal } from "../../../packages/agent/src/journal/segment.ts";
import { newAgentKeys } from "../../../packages/agent/src/keys/agent-keys.ts";
import { KnownInstallation } from "../../../packages/agent/src/keys/known-installation.ts";
import type { FieldLink } from "../../../packages/agent/src/link.ts";
import { PolicyFile } from "../../../packages/agent/src/policy/policy-file.ts";
import { SiteGate } from "../../../packages/agent/src/policy/site-gate.ts";
import { Beats } from "../../../packages/agent/src/presence/beats.ts";
import { plainCallSeal } from "../adapters/plain-seals.ts";
import { fieldLink } from "../adapters/sim-field-link.ts";
import type { Bugs } from "../bugs/bugs.ts";
import type { SimDisk } from "../world/sim-disk.ts";
import { SimProcess } from "../world/sim-process.ts";
import { SimRestExecutor } from "../world/sim-rest-executor.ts";
import type { World } from "../world/world.ts";

const slots = 4;
const facts = { os: "linux", arch: "x64", version: "1.0.0", hostname: "simulated", addresses: [] };
const drainMs = 5_000;
// Making keys draws from no seed, and nothing that happens depends on which they are.
export const keys = newAgentKeys();
// Rights at the broker have tests of their own; here they last.
const rights = { takeRenewal: () => undefined, run: () => new Promise<void>(() => undefined) };
// Frames have a checksum of their own; sealing them has its own tests.
const unsealed: JournalSeal = { seal: (plaintext) => plaintext, open: (sealed) => sealed };

/** What an agent keeps from one life to the next. */
export interface AgentHome {
  readonly id: AgentId;
  readonly name: string;
  readonly disk: SimDisk;
  readonly bugs: Bugs;
}

/** One life of an agent: the product's own parts over the simulated network and disk. */
export class SimAgent {
  readonly process: SimProcess;
  readonly #world: World;
  readonly #home: AgentHome;
  readonly #life: number;
  readonly #drain = new AbortController();

  constructor(world: World, home: AgentHome, life: number) {
    this.#world = world;
    this.#home = home;
    this.#life = life;
    this.process = new SimProcess(world, { name: `${home.name}.${life}`, wallOffsetMs: world.random.between(-120_000, 120_000) });
  }

  start(): void {
    this.#run().then(
      () => this.process.kill(),
      (reason: unknown) => this.#world.ledger.faults.push(`${this.process.name} failed: ${LongarmError.from(reason).message}`),
    );
  }

  /** Drains, and is gone then. */
  stop(): void {
    this.#drain.abort();
  }

  async #run(): Promise<void> {
    const { disk, bugs, name } = this.#home;
    const { clock } = this.process;
    const newId = (): string => `journal-of-${name}-${this.#life}`;
    const nowMs = (): number => clock.nowMs();
    const journal = bugs.journal(
      await openJournal({ disk: bugs.disk(disk.of(this.process)), seal: unsealed, newId, nowMs, limits: { segmentBytes: 4_096 } }),
    );
    const { signal } = new AbortController();
    await this.#agent(journal).run({ drain: this.#drain.signal, abort: signal, onReady: () => undefined });
  }

  #agent(journal: Journal): Agent {
    const { id, name } = this.#home;
    const { clock } = this.process;
    const link = watched(fieldLink(this.#world.network.connect(this.process)), (call) => this.#world.ledger.dispatched(call));
    const identity = { id, name, bootId: this.#bootId };
    const common = { link, clock, logger: silentLogger };
    const controllers = new Controllers(clock);
    const random = (): number => this.#world.random.next();
    const installation = new KnownInstallation({ load: () => undefined, store: () => undefined });
    const rejections = new Rejections({ clock, logger: silentLogger });
    const known = { keys, installation, rejections, slots, journalId: journal.id, facts: () => facts };
    const enrolment = new Enrolment({ ...common, ...known, controllers, identity, random });
    const { changes, desk } = this.#desks({ journal, controllers, link, isLeaving: () => beats.isLeaving });
    const policy = new PolicyFile(common);
    const meter = { cpuShare: () => 0, loopLagMs: () => 0 };
    const beats = new Beats({ ...common, identity, slots, facts: () => facts, meter, journal, policy, freeSlots: () => desk.freeSlots });
    const clocks = new ClockReader({ link, id, controllers, clock });
    return new Agent({ ...common, id, desk, changes, journal, policy, clocks, enrolment, beats, rights, drainMs });
  }

  get #bootId(): string {
    return `boot-${this.#life}`;
  }

  #desks(of: { journal: Journal; controllers: Controllers; link: FieldLink; isLeaving: () => boolean }) {
    const { id, name, bugs } = this.#home;
    const { journal, controllers, link, isLeaving } = of;
    const { clock } = this.process;
    const nowOf = (controller: ControllerId): number => controllers.nowOf(controller);
    const begin = (request: RestRequest): void => this.#world.ledger.begin(request, { by: id, nowOf });
    const executor = bugs.executor(new SimRestExecutor(this.process, begin), this.process);
    const common = { executor, clock, logger: silentLogger };
    const changes = new ChangeDesk({
      ...{ ...common, journal, knows: (controller) => controllers.grantOf(controller) !== undefined },
      timeOf: (controller) => ({ nowMs: bugs.agentNowMs(nowOf(controller)), uncertaintyMs: controllers.uncertaintyOf(controller) }),
      tell: (controller, told) => link.publish(field.told(controller, id), told),
    });
    const desk = new CallDesk({
      ...{
        ...common,
        changes,
        seal: plainCallSeal(clock),
        slots,
        publish: (controller, frame) => link.publish(field.frame(controller, id), frame),
      },
      ...{ onLate: () => undefined, site: new SiteGate({ policy: () => undefined, clock }) },
      situation: (controller) => ({
        ...{ agent: { id, name, bootId: this.#bootId }, grant: controllers.grantOf(controller), isLeaving: isLeaving() },
        controllerNowMs: bugs.agentNowMs(nowOf(controller)),
      }),
    });
    return { changes, desk };
  }
}

/** The link, with an eye on the calls that come in. */
function watched(link: FieldLink, onCall: (call: CallMessage) => void): FieldLink {
  const subscribe: FieldLink["subscribe"] = (subject, listener) =>
    link.subscribe(subject, (message) => {
      if (message.subject.endsWith(".call")) onCall(decodeCall(message.payload));
      listener(message);
    });
  return { ...link, subscribe };
}
