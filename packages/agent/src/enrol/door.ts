import { type AgentId, type Clock, type ErrorBody, field, LongarmError, type JoinTicket, returnTicketOf } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { boxed, signedByKnocker, unboxed, userNkeySeed } from "@longarm/shared/seal";
import type { Labels } from "@longarm/shared/selector";
import {
  decodeKnockAnswer,
  decodeKnocked,
  encodeKnock,
  encodeKnocking,
  type KnockAnswerMessage,
  type KnockVerdict,
  protocolVersion,
  type StableFacts,
} from "@longarm/shared/wire";
import type { AgentKeyRing } from "../keys/agent-keys.ts";
import type { KnownInstallation } from "../keys/known-installation.ts";
import type { BrokerLogin, FieldLink } from "../link.ts";
import type { Membership } from "./membership.ts";

/** What going through the door takes. */
export interface DoorDeps {
  /** Opens a connection of its own; throws `enrolment_refused` when the broker does not take this login. */
  readonly connect: (login: BrokerLogin, signal: AbortSignal) => Promise<FieldLink>;
  readonly agent: { readonly id: AgentId; readonly name: string };
  readonly keys: AgentKeyRing;
  readonly installation: KnownInstallation;
  readonly membership: Membership;
  /** The join token, where one is at hand: what the agent comes in with at first, or again where nothing else lets it in. */
  readonly ticket?: JoinTicket;
  /** What is proposed to an administrator. */
  readonly labels: Labels;
  readonly facts: () => StableFacts;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Entrance {
  readonly ticket: string;
  readonly login: BrokerLogin;
  readonly secret?: string;
  /** Of a join token, Unix milliseconds. */
  readonly expiresAt?: number;
}

/** What a controller wants to have said again, to see that nobody sends an old knock. */
interface Challenged {
  readonly challenge?: string;
}

const answerWithinMs = 2_000;
// One answer may be late; so many are not.
const mostUnheard = 5;
// With several controllers one may refuse and another let in; a refusal counts once this long has passed.
const secondOpinionMs = 500;
const heldPauseMs = { pending: 3_000, quarantined: 15_000, again: 100 } as const;
const refusedPauseMs = 15_000;

/*
 * knocking ──▶ admitted           rights and generation are on disk before anything is done by them
 *    │ ▲
 *    │ └── again: challenged · no answer for 2 s · held, until an administrator has decided · the name is taken
 *    └────▶ refused for good      `enter()` rejects
 */

/** Gets the right to work at the broker: for the first time with a join token, later with what it was given to come back. */
export class Door {
  readonly #deps: DoorDeps;
  #answered: ((answer: KnockAnswerMessage) => void) | undefined;

  constructor(deps: DoorDeps) {
    this.#deps = deps;
  }

  /**
   * Resolves once the agent is let in, however long an administrator takes. Throws `enrolment_refused` or `agent_protocol_unsupported`
   * where nobody's patience helps, or the signal's reason.
   */
  async enter(signal: AbortSignal): Promise<void> {
    const { membership, ticket, agent } = this.#deps;
    const back = membership.rights && this.#comingBack(membership.rights.returnJwt);
    let refusal: LongarmError | undefined;
    try {
      if (back) return await this.#enterBy(back, signal);
    } catch (reason) {
      refusal = LongarmError.from(reason);
      // A new join token stands for an administrator's wish to have it in again.
      if (!ticket || refusal.code !== "enrolment_refused") throw reason;
    }
    if (ticket) return this.#enterAnew(ticket, { signal, refusal });
    throw new LongarmError(
      "enrolment_refused",
      `Agent "${agent.name}" is not enrolled yet. Make a token with "longarm agents token" and start it once with the command that is printed.`,
    );
  }

  async #enterAnew(ticket: JoinTicket, { signal, refusal }: { signal: AbortSignal; refusal: LongarmError | undefined }): Promise<void> {
    try {
      await this.#enterBy(joining(ticket), signal);
    } catch (reason) {
      if (LongarmError.from(reason).details["by"] !== "broker") throw reason;
      // Of two refusals the one that a controller gave: the broker says no more than that a token has ended.
      if (refusal && refusal.details["by"] !== "broker") throw refusal;
      throw brokerRefused(ticket, this.#deps.clock.nowMs(), reason);
    }
  }

  #comingBack(returnJwt: string): Entrance {
    const { agent, keys } = this.#deps;
    const seed = userNkeySeed(keys.identitySeed.reveal());
    return { ticket: returnTicketOf(agent.id), login: { jwt: returnJwt, seed } };
  }

  async #enterBy(entrance: Entrance, signal: AbortSignal): Promise<void> {
    const { connect, clock, logger, membership } = this.#deps;
    const link = await connect(entrance.login, signal);
    const answerAt = field.joined(entrance.ticket, this.#deps.keys.signing.id);
    link.subscribe(answerAt, ({ payload }) => {
      const answer = this.#opened(payload, answerAt);
      if (answer) this.#answered?.(answer);
    });
    try {
      let told = "";
      let challenge: string | undefined;
      let unheard = 0;
      for (;;) {
        signal.throwIfAborted();
        const verdict = await this.#knock(link, { ...entrance, ...(challenge !== undefined && { challenge }) }, signal);
        if (verdict?.kind === "admitted") return membership.admitted(verdict.generation, verdict);
        unheard = verdict === undefined ? unheard + 1 : 0;
        // A token that ends while the agent waits leaves it a connection that nothing passes any more.
        if (unheard >= mostUnheard && isOver(entrance, clock.nowMs())) throw brokerRefused(entrance, clock.nowMs());
        if (verdict === undefined) continue;
        if (verdict.kind === "held") challenge = verdict.challenge;
        const sentence = verdict.kind === "held" ? verdict.sentence : verdict.error.message;
        if (verdict.kind === "refused" && isFinal(verdict.error)) throw LongarmError.fromBody(verdict.error);
        if (told !== sentence) logger.warn({ reason: sentence }, "not let in yet; knocking on");
        told = sentence;
        await clock.sleep(verdict.kind === "held" ? heldPauseMs[verdict.reason] : refusedPauseMs, signal);
      }
    } finally {
      await link.close();
    }
  }

  /** One knock and its answer; undefined when none came in time. */
  async #knock(link: FieldLink, entrance: Entrance & Challenged, signal: AbortSignal): Promise<KnockVerdict | undefined> {
    const { clock, membership, installation } = this.#deps;
    const admitted = Promise.withResolvers<KnockVerdict>();
    const refused = Promise.withResolvers<void>();
    const { nonce } = membership;
    let other: KnockVerdict | undefined;
    this.#answered = (answer) => {
      if (answer.nonce !== nonce) return;
      installation.learn(answer.installation);
      if (answer.verdict.kind === "admitted") return admitted.resolve(answer.verdict);
      other = answer.verdict;
      refused.resolve();
    };
    const stop = new AbortController();
    const sleep = (ms: number): Promise<undefined> => clock.sleep(ms, AbortSignal.any([signal, stop.signal])).then(() => undefined);
    const late = Promise.race([sleep(answerWithinMs), refused.promise.then(() => sleep(secondOpinionMs))]);
    late.catch(() => undefined);
    try {
      const subject = field.join(entrance.ticket);
      link.publish(subject, this.#sealed(subject, nonce, entrance));
      return (await Promise.race([admitted.promise, late])) ?? other;
    } finally {
      stop.abort();
      this.#answered = undefined;
    }
  }

  #sealed(subject: string, nonce: string, { secret, challenge }: Pick<Entrance, "secret"> & Challenged): Uint8Array {
    const { agent, keys, installation, membership, labels, facts } = this.#deps;
    const to = installation.sealing;
    if (!to) throw new LongarmError("internal", "The installation's keys are not known yet.");
    const asked = challenge !== undefined && { challenge };
    const proof = keys.signing.sign("enrolment", signedByKnocker({ agentId: agent.id, nonce, keys: keys.public, ...asked }));
    const knocking = encodeKnocking({
      ...{ agentId: agent.id, name: agent.name, nonce, generation: membership.generation, protocol: protocolVersion },
      ...{ labels, facts: facts(), keys: keys.public, proof },
      ...(secret !== undefined && { secret }),
      ...asked,
    });
    const sealed = boxed(keys.sealing.agree(to, "knock", { isFrom: true }), knocking, subject);
    return encodeKnock({ sealing: keys.sealing.public.raw, sealedTo: to.id, sealed });
  }

  /** The answer, if the installation sealed it to this agent; anything else is somebody's noise. */
  #opened(payload: Uint8Array, subject: string): KnockAnswerMessage | undefined {
    const { keys, installation, logger } = this.#deps;
    try {
      const { sealedBy, sealed } = decodeKnocked(payload);
      const by = installation.sealingKey(sealedBy);
      const answer = by && unboxed(keys.sealing.agree(by, "knocked", { isFrom: false }), sealed, subject);
      return answer && decodeKnockAnswer(answer);
    } catch (reason) {
      logger.warn({ reason: LongarmError.from(reason).message }, "an answer to a knock was dropped");
      return undefined;
    }
  }
}

function isOver({ expiresAt }: { readonly expiresAt?: number }, nowMs: number): boolean {
  return expiresAt !== undefined && expiresAt <= nowMs;
}

/** The broker tells nobody why it lets them in or not; the token tells what may be the reason. */
function brokerRefused(of: { readonly expiresAt?: number }, nowMs: number, cause?: unknown): LongarmError {
  const why = isOver(of, nowMs)
    ? `it expired at ${new Date(of.expiresAt ?? nowMs).toISOString()}`
    : "this host is in none of the networks that it is bound to, or it is another installation's";
  const sentence = `The broker lets nobody in with this join token: ${why}. Ask for a new one ("longarm agents token").`;
  return new LongarmError("enrolment_refused", sentence, { cause, details: { by: "broker" } });
}

function joining({ id, secret, broker, expiresAt }: JoinTicket): Entrance {
  return { ticket: id, expiresAt, login: { jwt: broker.jwt.reveal(), seed: broker.seed }, secret: secret.reveal() };
}

function isFinal({ code }: ErrorBody): boolean {
  return code === "enrolment_refused" || code === "agent_protocol_unsupported";
}
