import { type AgentId, type Clock, type ControllerId, field, LongarmError, type Rejections } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { decodeEnrol, type EnrolAnswer, encodeEnrolled, type EnrolMessage, oldestProtocol, protocolVersion } from "@longarm/shared/wire";
import type { AgentStore } from "../../ports/agent-store.ts";
import type { InstallationTrust } from "../../ports/installation-trust.ts";
import { type EnrolmentVerdict, judgeEnrolment } from "./judge-enrolment.ts";
import type { Roster } from "./roster.ts";
import { Sparing } from "./sparing.ts";
import type { FieldSeals } from "./seal/field-seals.ts";

/** What the desk needs. */
export interface EnrolmentDeskDeps {
  readonly controllerId: ControllerId;
  readonly store: AgentStore;
  readonly trust: InstallationTrust;
  readonly roster: Roster;
  readonly publish: (subject: string, payload: Uint8Array) => void;
  readonly sign: FieldSeals["signAnswer"];
  readonly rejections: Pick<Rejections, "count">;
  readonly clock: Clock;
  readonly logger: Logger;
}

// An agent that goes on asking while it is answered waits for nothing but trouble; what is not answered is asked again.
const mostOpenOfOne = 4;

/** Tells agents that were let in which controllers there are, and what they are granted. Every controller answers. */
export class EnrolmentDesk {
  readonly #deps: EnrolmentDeskDeps;
  /** Why each was refused that has not been granted since: whoever asks on and on is told of in the log once. */
  readonly #refused = new Map<AgentId, string>();
  readonly #refusals: Sparing;
  /** How many askings of each are being answered. */
  readonly #open = new Map<AgentId, number>();

  constructor(deps: EnrolmentDeskDeps) {
    this.#refusals = new Sparing(deps.clock);
    this.#deps = deps;
  }

  /** A message on `enrol.<agent>`. One that cannot be answered now is not: the agent will ask again. */
  async take(agent: AgentId, message: Uint8Array): Promise<void> {
    const { rejections } = this.#deps;
    const open = this.#open.get(agent) ?? 0;
    if (open >= mostOpenOfOne) return rejections.count("too_many_askings", field.enrol(agent));
    this.#open.set(agent, open + 1);
    try {
      const enrol = decodeEnrol(message);
      const verdict = await this.#settle(agent, enrol);
      if (verdict.kind === "granted") this.#deps.roster.enrolled(verdict.grant, enrol);
      this.#tell(agent, enrol, verdict);
      await this.#answer(
        agent,
        enrol,
        verdict.kind === "granted" ? { kind: "granted", labels: verdict.grant.labels, desired: verdict.grant.desired } : verdict,
      );
    } catch (reason) {
      const { code, message: sentence } = LongarmError.from(reason);
      if (code === "invalid_wire_message") return rejections.count(code, field.enrol(agent));
      this.#deps.logger.warn({ agent, code, reason: sentence }, "an enrolment could not be answered");
    } finally {
      this.#left(agent);
    }
  }

  #tell(agent: AgentId, { name }: EnrolMessage, verdict: EnrolmentVerdict): void {
    if (verdict.kind === "granted") return void this.#refused.delete(agent);
    const { code, message } = verdict.error;
    // A name that changes with each asking makes another sentence of each.
    if (this.#refused.get(agent) === message || !this.#refusals.isDue(agent)) return;
    this.#refused.set(agent, message);
    this.#deps.logger.warn({ agent, agentName: name, code, reason: message }, "an enrolment was refused");
  }

  #left(agent: AgentId): void {
    const open = (this.#open.get(agent) ?? 0) - 1;
    if (open > 0) this.#open.set(agent, open);
    else this.#open.delete(agent);
  }

  async #settle(agent: AgentId, enrol: EnrolMessage): Promise<EnrolmentVerdict> {
    const { store } = this.#deps;
    const stored = await store.get(agent);
    const verdict = judgeEnrolment(enrol, { agent, grant: stored?.value });
    // Each process is let in anew before it asks: this one was followed by another, or somebody sends its words again.
    if (verdict.kind === "granted" && (enrol.generation ?? Infinity) < (verdict.grant.generation ?? 0))
      throw new LongarmError("agent_refused", "The agent was let in once more since it asked this.");
    return verdict;
  }

  async #answer(agent: AgentId, enrol: EnrolMessage, answer: EnrolAnswer): Promise<void> {
    const { controllerId, clock, publish, sign, trust } = this.#deps;
    const known = { protocolMin: oldestProtocol, protocolMax: protocolVersion, installation: trust.announced };
    const message = encodeEnrolled({ ...known, controllerId, nonce: enrol.nonce, nowMs: clock.nowMs(), answer });
    publish(field.enrolled(agent), await sign(field.enrolled(agent), message));
  }
}
