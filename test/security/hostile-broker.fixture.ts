// Both ends of the field in this process, with everything between them in the attacker's hands.
import { type AgentId, field, newId, Rejections, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { CallRecord, RestExecutor, RestRequest } from "@longarm/shared/rest";
import { CallDesk } from "../../packages/agent/src/call/call-desk.ts";
import { ChangeDesk } from "../../packages/agent/src/call/change-desk.ts";
import { Shelf } from "../../packages/agent/src/journal/journal.fixture.ts";
import { type AgentKeyRing, newAgentKeys } from "../../packages/agent/src/keys/agent-keys.ts";
import { KnownInstallation } from "../../packages/agent/src/keys/known-installation.ts";
import { SiteGate } from "../../packages/agent/src/policy/site-gate.ts";
import { CallGate } from "../../packages/agent/src/seal/call-gate.ts";
import { FieldWords } from "../../packages/agent/src/seal/field-words.ts";
import { AgentExecutor } from "../../packages/controller/src/nats/field/agent-executor.ts";
import type { KnownAgent } from "../../packages/controller/src/nats/field/seal/field-seals.ts";
import { InstallationSeals } from "../../packages/controller/src/nats/field/seal/installation-seals.ts";
import type { InstallationTrust } from "../../packages/controller/src/ports/installation-trust.ts";
import { Switchboard } from "../../packages/controller/src/nats/field/switchboard.ts";
import { embeddedTrust, newTrustSeeds } from "../../packages/controller/src/trust/trust-keys.ts";
import { writtenKeys } from "../../packages/controller/src/ports/agent-store.ts";

const clock = systemClock;
const logger = silentLogger;
const record: CallRecord = {
  ...{ method: "GET", path: "/", status: 200, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 0, responseBytes: 2 },
  ...{ oktaRequestId: null, rateLimit: null },
};

/** A message and where it was sent. */
export interface Sent {
  readonly subject: string;
  readonly payload: Uint8Array;
}

/** What an installation and its agents are, beside their processes. */
export class Installation {
  readonly trust: InstallationTrust = embeddedTrust(newTrustSeeds());
  readonly controllerId = newId("controller");
  readonly known = new Map<AgentId, KnownAgent>();
}

/** One agent: its keys and journal, and the process that runs now. */
export class Victim {
  readonly id = newId("agent");
  readonly keys: AgentKeyRing = newAgentKeys();
  readonly installation = new KnownInstallation({ load: () => undefined, store: () => undefined });
  readonly executed: RestRequest[] = [];
  readonly frames: Sent[] = [];
  readonly rejections = new Rejections({ clock, logger });
  desk!: CallDesk;
  words!: FieldWords;
  /** What the controllers' clocks have gone on by since words were sent. */
  aheadMs = 0;
  /** Whose words were held back. */
  readonly late: string[] = [];
  readonly #shelf = new Shelf();
  readonly #of: Installation;
  #boots = 0;

  private constructor(of: Installation) {
    this.#of = of;
    this.installation.learn(of.trust.announced);
  }

  static async start(of: Installation): Promise<Victim> {
    const victim = new Victim(of);
    await victim.restart();
    return victim;
  }

  /** A fresh process on the same keys and journal. */
  async restart(): Promise<void> {
    const { id, keys, installation, rejections } = this;
    const bootId = `boot-${(this.#boots += 1)}`;
    this.#of.known.set(id, { bootId, keys: writtenKeys(keys.public) });
    const own = { agentId: id, keys, installation, rejections, clock };
    const timeOf = () => ({ nowMs: clock.nowMs() + this.aheadMs, uncertaintyMs: 1 });
    this.words = new FieldWords({ ...own, bootId, timeOf, onLate: (controller) => this.late.push(controller) });
    const executor: RestExecutor = { send: async (request) => this.#execute(request), pages: () => assertNoPages() };
    const time = () => ({ nowMs: clock.nowMs(), uncertaintyMs: 1 });
    const journal = await this.#shelf.open();
    const common = { executor, clock, logger };
    const changes = new ChangeDesk({ ...common, journal, knows: () => true, timeOf: time, tell: () => undefined });
    const situation = () => ({
      ...{ agent: { id, name: "victim", bootId }, grant: { labels: {}, desired: "up" as const }, isLeaving: false },
      controllerNowMs: clock.nowMs(),
    });
    const frame = field.frame(this.#of.controllerId, id);
    this.desk = new CallDesk({
      ...{ ...common, changes, situation, slots: 1_000, onLate: () => undefined },
      ...{ seal: new CallGate({ ...own, onUnknownKey: () => undefined }), site: new SiteGate({ policy: () => undefined, clock }) },
      publish: (_, payload) => void this.frames.push({ subject: frame, payload }),
    });
  }

  #execute(request: RestRequest): Awaited<ReturnType<RestExecutor["send"]>> {
    this.executed.push(request);
    const body = (async function* () {
      yield Buffer.from("{}");
    })();
    return { kind: "response", status: 200, headers: {}, body, record: () => record };
  }
}

function assertNoPages(): never {
  throw new Error("no pages are asked for here");
}

/** A call that has left. */
export interface OnItsWay {
  readonly envelope: Uint8Array;
  readonly answer: ReturnType<RestExecutor["send"]>;
}

/** A controller whose messages go nowhere but into `sent`. */
export class Dispatcher {
  readonly sent: Sent[] = [];
  readonly rejections = new Rejections({ clock, logger });
  readonly seals: InstallationSeals;
  readonly switchboard: Switchboard;

  constructor({ trust, controllerId, known }: Installation) {
    const publish = (subject: string, payload: Uint8Array): void => void this.sent.push({ subject, payload });
    this.seals = new InstallationSeals({ controllerId, trust, clock, rejections: this.rejections, agent: (agent) => known.get(agent) });
    this.switchboard = new Switchboard({ controllerId, publish, seals: this.seals, clock, logger });
  }

  /** Sends a call, and gives the envelope that it left in. */
  async call(agent: AgentId, over: Partial<RestRequest> = {}): Promise<OnItsWay> {
    const before = this.sent.length;
    const check = () => ({ connection: "acme", target: { host: "", addresses: [] } });
    const executor = new AgentExecutor({ agent, switchboard: this.switchboard, clock, check, obstacle: () => undefined });
    const answer = executor.send({ ...requestOf(), ...over }, new AbortController().signal);
    // It is signed at the end of the turn.
    while (this.sent.length === before) await new Promise((resolve) => setImmediate(resolve));
    const { payload: envelope } = this.sent.at(-1) as Sent;
    return { envelope, answer };
  }
}

function requestOf(): RestRequest {
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1 };
  const what = { effect: "read", method: "GET", baseUrl: "http://127.0.0.1:1", path: "/api/v1/users/1", query: [], headers: {} } as const;
  return { ...ids, ...what, auth: { scheme: "none" }, timeoutMs: 10_000, maxResponseBytes: 1_000 };
}

/** Numbers from a seed, so that a failure can be seen again. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Changes to a message that make it another one. */
export const mutations: Readonly<Record<string, (bytes: Uint8Array, other: Uint8Array, below: (n: number) => number) => Uint8Array>> = {
  bitFlipped: (bytes, _, below) => {
    const changed = Buffer.from(bytes);
    changed[below(changed.length)]! ^= 1 << below(8);
    return changed;
  },
  truncated: (bytes, _, below) => bytes.subarray(0, below(bytes.length)),
  trailing: (bytes, _, below) => Buffer.concat([bytes, Buffer.alloc(1 + below(20), below(256))]),
  spliced: (bytes, other, below) => {
    const at = 1 + below(Math.min(bytes.length, other.length) - 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(at)]);
  },
  shortened: (bytes, _, below) => bytes.subarray(1 + below(bytes.length - 1)),
  random: (bytes, _, below) => {
    const made = Buffer.alloc(1 + below(bytes.length));
    for (let at = 0; at < made.length; at += 1) made[at] = below(256);
    return made;
  },
};
