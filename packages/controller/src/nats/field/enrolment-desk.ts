import { type AgentId, type Clock, type ControllerId, field, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { decodeEnrol, type EnrolAnswer, encodeEnrolled, type EnrolMessage, oldestProtocol, protocolVersion } from "@longarm/shared/wire";
import type { AgentStore } from "../../ports/agent-store.ts";
import type { InstallationTrust } from "../../ports/installation-trust.ts";
import { type EnrolmentVerdict, judgeEnrolment } from "./judge-enrolment.ts";
import type { Roster } from "./roster.ts";
import type { FieldSeals } from "./seal/field-seals.ts";

/** What the desk needs. */
export interface EnrolmentDeskDeps {
  readonly controllerId: ControllerId;
  readonly store: AgentStore;
  readonly trust: InstallationTrust;
  readonly roster: Roster;
  readonly publish: (subject: string, payload: Uint8Array) => void;
  readonly sign: FieldSeals["signAnswer"];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Tells agents that were let in which controllers there are, and what they are granted. Every controller answers. */
export class EnrolmentDesk {
  readonly #deps: EnrolmentDeskDeps;
  /** Why each was refused that has not been granted since: whoever asks on and on is told of in the log once. */
  readonly #refused = new Map<AgentId, string>();

  constructor(deps: EnrolmentDeskDeps) {
    this.#deps = deps;
  }

  /** A message on `enrol.<agent>`. One that cannot be answered now is not: the agent will ask again. */
  async take(agent: AgentId, message: Uint8Array): Promise<void> {
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
      this.#deps.logger.warn({ agent, code, reason: sentence }, "an enrolment could not be answered");
    }
  }

  #tell(agent: AgentId, { name }: EnrolMessage, verdict: EnrolmentVerdict): void {
    if (verdict.kind === "granted") return void this.#refused.delete(agent);
    const { code, message } = verdict.error;
    if (this.#refused.get(agent) === message) return;
    this.#refused.set(agent, message);
    this.#deps.logger.warn({ agent, agentName: name, code, reason: message }, "an enrolment was refused");
  }

  async #settle(agent: AgentId, enrol: EnrolMessage): Promise<EnrolmentVerdict> {
    const { store, roster } = this.#deps;
    const stored = await store.get(agent);
    return judgeEnrolment(enrol, { agent, grant: stored?.value, namesake: roster.namesake(enrol.name, agent) });
  }

  async #answer(agent: AgentId, enrol: EnrolMessage, answer: EnrolAnswer): Promise<void> {
    const { controllerId, clock, publish, sign, trust } = this.#deps;
    const known = { protocolMin: oldestProtocol, protocolMax: protocolVersion, installation: trust.announced };
    const message = encodeEnrolled({ ...known, controllerId, nonce: enrol.nonce, nowMs: clock.nowMs(), answer });
    publish(field.enrolled(agent), await sign(field.enrolled(agent), message));
  }
}
