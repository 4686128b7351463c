import { field, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { boxed, SealingPublicKey, unboxed, VerifyingKey } from "@longarm/shared/seal";
import {
  decodeKnock,
  decodeKnocking,
  encodeKnockAnswer,
  encodeKnocked,
  type KnockingMessage,
  type KnockVerdict,
} from "@longarm/shared/wire";
import type { InstallationTrust } from "../../ports/installation-trust.ts";

/** What the desk needs. */
export interface KnockDeskDeps {
  /** Decides; the broker vouches for the ticket, the agent's signature for the rest. */
  readonly settle: (ticket: string, knocking: KnockingMessage) => Promise<KnockVerdict>;
  readonly trust: Pick<InstallationTrust, "announced" | "sealing">;
  readonly publish: (subject: string, payload: Uint8Array) => void;
  readonly logger: Logger;
}

// Whoever holds a ticket may knock as often as it likes; what cannot be looked at now is knocked again.
const mostOpen = 64;

/** Opens knocks and seals the answers. */
export class KnockDesk {
  readonly #deps: KnockDeskDeps;
  #open = 0;

  constructor(deps: KnockDeskDeps) {
    this.#deps = deps;
  }

  /** A message on `enrol.<ticket>`. What does not open, or cannot be answered now, is dropped: the agent will knock again. */
  async take(ticket: string, message: Uint8Array): Promise<void> {
    if (this.#open >= mostOpen) return;
    this.#open += 1;
    try {
      await this.#answer(ticket, message);
    } catch (reason) {
      const { code, message: sentence } = LongarmError.from(reason);
      this.#deps.logger.warn({ ticket, code, reason: sentence }, "a knock could not be answered");
    } finally {
      this.#open -= 1;
    }
  }

  async #answer(ticket: string, message: Uint8Array): Promise<void> {
    const { settle, trust, publish } = this.#deps;
    const { sealing, sealedTo, sealed } = decodeKnock(message);
    const own = trust.sealing(sealedTo);
    if (!own)
      throw new LongarmError("enrolment_refused", `It is sealed to the key ${sealedTo}, which is not, or no longer, this installation's.`);
    const agent = new SealingPublicKey(sealing);
    const opened = unboxed(own.agree(agent, "knock", { isFrom: false }), sealed, field.join(ticket));
    if (!opened) throw new LongarmError("invalid_wire_message", "It does not open: it was changed, or is meant for another ticket.");
    const knocking = decodeKnocking(opened);
    if (Buffer.compare(knocking.keys.sealing, sealing) !== 0)
      throw new LongarmError("invalid_wire_message", "It is sealed by another key than the one that it names.");
    const verdict = await settle(ticket, knocking);
    const answerAt = field.joined(ticket, new VerifyingKey(knocking.keys.signing).id);
    const answer = encodeKnockAnswer({ nonce: knocking.nonce, verdict, installation: trust.announced });
    publish(answerAt, encodeKnocked({ sealedBy: own.id, sealed: boxed(own.agree(agent, "knocked", { isFrom: true }), answer, answerAt) }));
  }
}
