import type { NatsConnection } from "@nats-io/transport-node";
import { type AgentId, type Clock, type ControllerId, eachAlone, field, LongarmError, Rejections, reportOfSubject } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { RestExecutor } from "@longarm/shared/rest";
import {
  type BeatMessage,
  decodeBeat,
  decodeClockAsked,
  encodeClockTold,
  encodeDesired,
  encodeSignedInstallation,
  type StableFacts,
} from "@longarm/shared/wire";
import type { AgentCheck, AgentDirectory, AgentView, Approval } from "../../ports/agent-directory.ts";
import type { AgentGrant, AgentStore } from "../../ports/agent-store.ts";
import type { InstallationTrust } from "../../ports/installation-trust.ts";
import { AgentExecutor } from "./agent-executor.ts";
import { AgentStanding, type Desired } from "./agent-standing.ts";
import { lostError } from "./call-failures.ts";
import { CallInquiries } from "./call-inquiries.ts";
import { EnrolmentDesk } from "./enrolment-desk.ts";
import { agentNamed, FieldVoice } from "./field-voice.ts";
import { Roster } from "./roster.ts";
import type { FieldSeals } from "./seal/field-seals.ts";
import { InstallationSeals, type InstallationSealsDeps } from "./seal/installation-seals.ts";
import { Sparing } from "./sparing.ts";
import { Switchboard } from "./switchboard.ts";

/** What the directory rests on. `connection` is to the account FIELD. */
export interface FieldAgentDirectoryDeps {
  readonly connection: NatsConnection;
  readonly controllerId: ControllerId;
  readonly store: AgentStore;
  readonly trust: InstallationTrust;
  /** Takes the broker's rights of this key away: cuts its connections and lets it in no more. */
  readonly revoke: (key: string) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Other seals than the installation's. */
  readonly makeSeals?: (deps: InstallationSealsDeps) => FieldSeals;
}

const sweepMs = 250;
const askAgainMs = 2_000;

const sentences = {
  silent: "The agent has not been heard of for 10 s.",
  left: "The agent left.",
  restarted: "The agent's process was started again; what it had open is gone.",
} as const;

/** The agents over core NATS: who is there, and the way to each. Call `start()` once and `close()` at the end. */
export class FieldAgentDirectory implements AgentDirectory {
  readonly #deps: FieldAgentDirectoryDeps;
  readonly #roster: Roster;
  readonly #desk: EnrolmentDesk;
  readonly #switchboard: Switchboard;
  readonly #voice: FieldVoice;
  /** Messages of agents that did not verify. */
  readonly rejections: Rejections;
  /** Asks agents what became of calls. */
  readonly inquiry: CallInquiries;
  readonly #standing: AgentStanding;
  readonly #onChange = new Set<() => void>();
  readonly #onView = new Set<(view: AgentView) => void>();
  readonly #losses: Sparing;
  readonly #asked = new Map<AgentId, number>();
  readonly #stop = new AbortController();
  #isConnected = true;

  constructor(deps: FieldAgentDirectoryDeps) {
    this.#deps = deps;
    const { connection, controllerId, clock, logger, store, trust } = deps;
    const publish = (subject: string, payload: Uint8Array): void => connection.publish(subject, payload);
    this.rejections = new Rejections({ clock, logger });
    this.#losses = new Sparing(clock);
    const own = { controllerId, trust, clock, rejections: this.rejections, agent: (agent: AgentId) => this.#roster.known(agent) };
    const seals = deps.makeSeals?.(own) ?? new InstallationSeals(own);
    this.#voice = new FieldVoice({ publish, seals, logger });
    this.#switchboard = new Switchboard({ controllerId, publish, seals, clock, logger });
    this.#roster = new Roster(clock, {
      onView: (view) => eachAlone(this.#onView, logger, (listener) => listener(view)),
      onChange: () => eachAlone(this.#onChange, logger, (listener) => listener()),
      onLost: (agent, why) => this.#lost(agent, why),
      onTwins: (agent) => void this.#standing.quarantine(agent),
      onSuspect: (agent) =>
        this.#switchboard.agentSuspect(agent, lostError("The agent has missed three beats.", { agent, reason: "suspect" })),
    });
    this.#standing = new AgentStanding({
      ...deps,
      roster: this.#roster,
      switchboard: this.#switchboard,
      say: (...word) => this.#voice.say(...word),
    });
    const canHear = (agent: AgentId): boolean => !["lost", "revoked", undefined].includes(this.#roster.find(agent)?.state);
    const say = (subject: string, payload: Uint8Array): void => this.#voice.say(subject, payload);
    this.inquiry = new CallInquiries({ controllerId, publish: say, clock, canHear });
    const sign = (subject: string, payload: Uint8Array): ReturnType<FieldSeals["signAnswer"]> => seals.signAnswer(subject, payload);
    const { rejections } = this;
    this.#desk = new EnrolmentDesk({ controllerId, store, trust, roster: this.#roster, publish, sign, rejections, clock, logger });
  }

  /** Reads the grants, listens to the agents and begins to watch over them. */
  async start(): Promise<void> {
    for (const { value } of await this.#deps.store.list()) this.#roster.granted(value);
    this.#listen(field.allEnrol(), (subject, payload) => {
      const agent = agentNamed(subject);
      if (agent) void this.#desk.take(agent, payload);
    });
    this.#listen(field.allBeats(), (subject, payload) => this.#takeBeat(subject, payload));
    this.#listen(field.allFrom(this.#deps.controllerId), (subject, payload) => this.#report(subject, payload));
    this.#announceKeys();
    this.#deps.trust.onRotated?.(() => this.#announceKeys());
    void this.#watchConnection();
    void this.#sweep();
    await this.#deps.connection.flush();
  }

  /** Says a word to the agent that the subject names, signed where it acts on it, and sealed. */
  say(subject: string, payload: Uint8Array): void {
    this.#voice.say(subject, payload);
  }

  /** How many calls are open through agents. */
  get openCalls(): number {
    return this.#switchboard.openCalls;
  }

  list(): readonly AgentView[] {
    return this.#roster.views();
  }

  find(idOrName: string): AgentView | undefined {
    return this.#roster.find(idOrName);
  }

  onChange(listener: () => void): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  /** Runs `listener` with every agent known, and with each again whenever anything about it changes, beats included. */
  onView(listener: (view: AgentView) => void): () => void {
    this.#onView.add(listener);
    for (const view of this.list()) listener(view);
    return () => this.#onView.delete(listener);
  }

  executor(agent: AgentId, check: AgentCheck): RestExecutor {
    const { selector, connection, target } = check;
    const carried = { connection, target };
    return new AgentExecutor({
      agent,
      switchboard: this.#switchboard,
      clock: this.#deps.clock,
      check: selector === undefined ? () => carried : () => ({ ...carried, condition: { selector, facts: this.#factsOf(agent) } }),
      obstacle: () => this.#obstacle(agent),
    });
  }

  setDesired(agent: AgentId, desired: Desired): Promise<AgentView> {
    return this.#standing.setDesired(agent, desired);
  }

  approve(approval: Approval): Promise<AgentView> {
    return this.#standing.approve(approval);
  }

  /** Takes in what was stored of an agent. */
  granted(grant: AgentGrant): void {
    this.#roster.granted(grant);
  }

  /** How many agents wait for an administrator that asked with this join token. */
  waitingUnder(token: string): number {
    return this.#roster.waitingUnder(token);
  }

  /** Another agent that was let in under this name. */
  namesake(name: string, than: AgentId): AgentId | undefined {
    return this.#roster.namesake(name, than);
  }

  /** Stops listening; open calls fail. The connection stays open. */
  async close(): Promise<void> {
    this.#stop.abort();
    for (const { id } of this.list()) this.#switchboard.agentLost(id, lostError("The controller is stopping."), true);
  }

  /** Before anything is signed by them: agents that know the root take newer keys from whoever brings them. */
  #announceKeys(): void {
    const announced = encodeSignedInstallation(this.#deps.trust.announced);
    for (const { id } of this.list()) this.#deps.connection.publish(field.keys(id), announced);
  }

  #listen(subject: string, take: (subject: string, payload: Uint8Array) => void): void {
    const subscription = this.#deps.connection.subscribe(subject, {
      callback: (fault, message) => {
        if (fault) return this.#deps.logger.error({ subject, reason: fault.message }, "the broker ended a subscription");
        try {
          take(message.subject, message.data);
        } catch (reason) {
          const { code, message: sentence } = LongarmError.from(reason);
          // Whoever sends it may send any number: it is counted, and told in one line for many.
          this.rejections.count(code, message.subject);
          this.#deps.logger.debug({ subject: message.subject, code, reason: sentence }, "a message was dropped");
        }
      },
    });
    this.#stop.signal.addEventListener("abort", () => subscription.unsubscribe(), { once: true });
  }

  #report(subject: string, payload: Uint8Array): void {
    const kind = reportOfSubject(subject);
    if (kind === "frame") this.#switchboard.deliver(subject, payload);
    if (kind === "told") this.#voice.hear(subject, payload, (_, told) => this.inquiry.deliver(subject, told));
    if (kind === "clock") this.#voice.hear(subject, payload, (agent, asked) => this.#tellTime(agent, decodeClockAsked(asked).nonce));
  }

  #tellTime(agent: AgentId, nonce: string): void {
    const { controllerId, clock } = this.#deps;
    this.#voice.say(field.clockTold(agent), encodeClockTold({ controllerId, nonce, nowMs: clock.nowMs() }));
  }

  #takeBeat(subject: string, payload: Uint8Array): void {
    const agent = agentNamed(subject);
    if (agent && this.#roster.find(agent)) this.#voice.hear(subject, payload, (_, beat) => this.#beat(agent, decodeBeat(beat)));
    else if (agent && this.#isTimeToAsk(agent)) void this.#readGrant(agent);
  }

  #beat(agent: AgentId, beat: BeatMessage): void {
    if (this.#roster.beat(agent, beat) || beat.state === "leaving" || !this.#isTimeToAsk(agent)) return;
    const asking = encodeDesired({ controllerId: this.#deps.controllerId, enrol: true });
    this.#voice.say(field.desired(agent), asking, beat.bootId);
  }

  #isTimeToAsk(agent: AgentId): boolean {
    const nowMs = this.#deps.clock.monotonicMs();
    if (nowMs - (this.#asked.get(agent) ?? -Infinity) < askAgainMs) return false;
    this.#asked.set(agent, nowMs);
    return true;
  }

  /** Another controller may have let it in while this one was not listening. */
  async #readGrant(agent: AgentId): Promise<void> {
    const stored = await this.#deps.store.get(agent).catch(() => undefined);
    if (stored) this.#roster.granted(stored.value);
  }

  #lost(agent: AgentId, why: keyof typeof sentences): void {
    if (this.#losses.isDue(agent)) this.#deps.logger.warn({ agent, why }, "an agent is gone");
    this.#switchboard.agentLost(agent, lostError(sentences[why], { agent, reason: why }));
  }

  #factsOf(agent: AgentId): StableFacts {
    const { os = "", arch = "", version = "", hostname = "", addresses = [], credentials = [] } = this.#roster.find(agent)?.facts ?? {};
    return { os, arch, version, hostname, addresses, credentials };
  }

  #obstacle(agent: AgentId): LongarmError | undefined {
    const view = this.#roster.find(agent);
    if (view?.state === "up" && this.#isConnected) return undefined;
    if (!view) return new LongarmError("unknown_agent", `No agent has the id ${agent}.`);
    if (view.state === "up")
      return new LongarmError("broker_unavailable", "The connection to the broker is lost, so nothing was sent.", { retryable: true });
    const details = { agent, state: view.state };
    const isGone = view.state === "lost" || view.state === "suspect";
    return new LongarmError(isGone ? "agent_lost" : "agent_refused", `Agent ${view.name} is ${view.state}, so nothing was sent.`, {
      retryable: true,
      details,
    });
  }

  async #watchConnection(): Promise<void> {
    for await (const status of this.#deps.connection.status()) {
      if (status.type === "disconnect" || status.type === "close") this.#isConnected = false;
      if (status.type === "reconnect") this.#isConnected = true;
    }
  }

  async #sweep(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#deps.clock.sleep(sweepMs, this.#stop.signal).catch(() => undefined);
      if (this.#stop.signal.aborted) return;
      eachAlone([this.#roster, this.#switchboard, this.inquiry], this.#deps.logger, (part) => part.sweep());
    }
  }
}
