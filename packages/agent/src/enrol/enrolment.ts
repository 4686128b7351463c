import { randomUUID } from "node:crypto";
import { type AgentId, type Clock, type ErrorBody, field, LongarmError, type Rejections } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { openSigned, signedByAgent, signedWithSubject } from "@longarm/shared/seal";
import {
  decodeDesired,
  decodeEnrolled,
  decodeSignedInstallation,
  type DesiredState,
  type EnrolledMessage,
  encodeEnrol,
  protocolVersion,
  type StableFacts,
} from "@longarm/shared/wire";
import type { AgentKeyRing } from "../keys/agent-keys.ts";
import type { KnownInstallation } from "../keys/known-installation.ts";
import type { FieldLink } from "../link.ts";
import type { Controllers } from "./controllers.ts";

/** What an agent says of itself when it asks to be let in. */
export interface EnrolmentDeps {
  readonly link: FieldLink;
  readonly controllers: Controllers;
  readonly identity: { readonly id: AgentId; readonly name: string; readonly bootId: string };
  readonly keys: AgentKeyRing;
  readonly installation: KnownInstallation;
  readonly rejections: Rejections;
  readonly slots: number;
  /** How often this agent was let in so far. */
  readonly generation?: () => number;
  /** Of calls that change something. */
  readonly journalId: string;
  readonly facts: () => StableFacts;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: () => number;
}

const askAgainMs = 2_000;
const refusedPauseMs = 15_000;
const unbiddenPauseMs = 5_000;
// With several controllers one may refuse and another grant; a refusal counts once this long has passed without a grant.
const secondOpinionMs = 500;
const finalRefusals = new Set<ErrorBody["code"]>(["enrolment_refused", "agent_protocol_unsupported"]);

/*
 * asking ──▶ granted            by any controller; each that answers later adds its own grant
 *   │ ▲
 *   │ └── again after 2 s without an answer, after 15 s when the name is taken
 *   └────▶ refused for good     wrong token, unsupported protocol: `enrolled()` rejects
 */

/** Asks to be let in, for as long as it takes, and again whenever a controller does not know this process. */
export class Enrolment {
  readonly #deps: EnrolmentDeps;
  readonly #random: () => number;
  #toldOf = "";
  #refusedFor = "";
  #asking: { nonce: string; atMs: number } | undefined;
  #answered: ((answer: EnrolledMessage) => void) | undefined;

  constructor(deps: EnrolmentDeps) {
    this.#deps = deps;
    this.#random = deps.random ?? Math.random;
    deps.link.onReconnect(() => this.ask());
  }

  /** Resolves with the first grant; throws `enrolment_refused` or `agent_protocol_unsupported`, or the signal's reason. */
  async enrolled(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const refusal = await this.#askAndWait(signal);
      if (refusal === "granted") return;
      if (refusal && finalRefusals.has(refusal.code)) throw LongarmError.fromBody(refusal);
      if (refusal)
        this.#deps.logger.error({ code: refusal.code, reason: refusal.message }, "the enrolment was refused; trying again later");
      const pauseMs = refusal ? refusedPauseMs : 0;
      await this.#deps.clock.sleep(pauseMs * (0.75 + this.#random() / 2), signal);
    }
  }

  /** Publishes one asking. */
  ask(): void {
    const { link, identity, slots, journalId, keys } = this.#deps;
    const nonce = randomUUID();
    this.#asking = { nonce, atMs: this.#deps.clock.monotonicMs() };
    const { id: agentId, name, bootId } = identity;
    const generation = this.#deps.generation?.();
    const counted = generation !== undefined && { generation };
    const proven = signedByAgent({ agentId, bootId, nonce, keys: keys.public, ...counted });
    const enrol = {
      protocol: protocolVersion,
      name,
      facts: this.#deps.facts(),
      slots,
      bootId,
      nonce,
      journalId,
      keys: keys.public,
      proof: keys.signing.sign("enrolment", proven),
      ...counted,
    };
    link.publish(field.enrol(identity.id), encodeEnrol(enrol));
  }

  /** A message on `agent.<id>.enrolled`. */
  takeAnswer(message: Uint8Array): void {
    const answer = this.#believed(message);
    if (!this.#asking || answer?.nonce !== this.#asking.nonce) return;
    const { controllerId, nowMs } = answer;
    if (answer.answer.kind === "granted") {
      this.#deps.installation.learn(answer.installation);
      this.#deps.controllers.granted(controllerId, answer.answer, { nowMs, askedAtMs: this.#asking.atMs });
      this.#deps.logger.info({ controllerId, labels: answer.answer.labels, desired: answer.answer.desired }, "enrolled with a controller");
      this.#refusedFor = "";
    } else if (!this.#answered) this.#tellRefusal(answer.answer.error);
    this.#answered?.(answer);
  }

  /** A message on `agent.<id>.keys`; before the first enrolment it says nothing. */
  takeKeys(message: Uint8Array): void {
    const { installation, identity, rejections, logger } = this.#deps;
    if (installation.fingerprint === undefined) return;
    try {
      if (installation.learn(decodeSignedInstallation(message))) logger.info({}, "the installation has other keys now");
    } catch (reason) {
      rejections.count(LongarmError.from(reason).code, field.keys(identity.id));
    }
  }

  /** Asks again, unless that was done a moment ago: whatever calls for it may be somebody's ill will. */
  askSoon(): void {
    const nowMs = this.#deps.clock.monotonicMs();
    if (this.#asking && nowMs - this.#asking.atMs < unbiddenPauseMs) return;
    this.ask();
  }

  /** What an agent that was let in before is refused for is told once, however often it asks. */
  #tellRefusal({ code, message }: ErrorBody): void {
    if (message !== this.#refusedFor) this.#deps.logger.error({ code, reason: message }, "no controller gives this agent calls");
    this.#refusedFor = message;
  }

  /** The answer, if this agent's installation gave it; before there is one, any installation. */
  #believed(message: Uint8Array): EnrolledMessage | undefined {
    const answer = this.#verified(message);
    if (typeof answer !== "string") return answer;
    this.#deps.rejections.count(answer, field.enrolled(this.#deps.identity.id));
    return undefined;
  }

  #verified(message: Uint8Array): EnrolledMessage | string {
    const { identity, installation, logger } = this.#deps;
    const subject = field.enrolled(identity.id);
    const signed = openSigned(message);
    if (!signed) return "no_envelope";
    try {
      const answer = decodeEnrolled(signed.payload);
      const told = installation.understand(answer.installation);
      // What its root signed is taken in whoever brings it.
      if (installation.fingerprint !== undefined) installation.learn(answer.installation);
      const verifying = installation.fingerprint === undefined ? told.signing.get(signed.keyId) : installation.verifying(signed.keyId);
      if (verifying?.verify("answer", signedWithSubject(subject, signed.payload), signed.signature)) return answer;
      return "not_signed_by_the_installation";
    } catch (reason) {
      const { code, message: sentence } = LongarmError.from(reason);
      if (code === "enrolment_refused" && sentence !== this.#toldOf)
        logger.error({ code, reason: sentence }, "this is another installation");
      this.#toldOf = sentence;
      return code;
    }
  }

  /** A message on `agent.<id>.desired`; returns the state that is wanted from now on, if it says one. */
  takeDesired(message: Uint8Array): DesiredState | undefined {
    const { state, enrol, controllerId } = decodeDesired(message);
    if (state) this.#deps.controllers.desire(state);
    if (state) this.#deps.logger.info({ controllerId, state }, "the controller set the desired state");
    // Asking again also lets the other controllers read what this one stored.
    if (enrol || state) this.ask();
    return state;
  }

  async #askAndWait(signal: AbortSignal): Promise<"granted" | ErrorBody | undefined> {
    const answers = Promise.withResolvers<"granted">();
    const stop = new AbortController();
    let refusal: ErrorBody | undefined;
    const refused = Promise.withResolvers<void>();
    this.#answered = ({ answer }) => {
      if (answer.kind === "granted") return answers.resolve("granted");
      refusal = answer.error;
      refused.resolve();
    };
    this.ask();
    const sleep = (ms: number): Promise<undefined> =>
      this.#deps.clock.sleep(ms, AbortSignal.any([signal, stop.signal])).then(() => undefined);
    const late = Promise.race([sleep(askAgainMs * (0.75 + this.#random() / 2)), refused.promise.then(() => sleep(secondOpinionMs))]);
    late.catch(() => undefined);
    try {
      return (await Promise.race([answers.promise, late])) ?? refusal;
    } finally {
      stop.abort();
      this.#answered = undefined;
    }
  }
}
