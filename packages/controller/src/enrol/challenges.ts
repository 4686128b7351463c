import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "@longarm/shared";
import type { KnockingMessage, KnockVerdict } from "@longarm/shared/wire";

type Knocker = Pick<KnockingMessage, "agentId" | "nonce" | "challenge">;

// A challenge is good for this long at least, and at most twice as long.
const turnMs = 30_000;

/**
 * What an agent has to repeat, signed, before anything is done to it for what it said: whoever owns the broker may send an old knock of
 * its again. Nothing is kept of the challenges; each controller takes its own.
 */
export class Challenges {
  readonly #clock: Clock;
  readonly #key = randomBytes(32);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Has this agent repeated a challenge that it was given a moment ago? Its proof has been verified. */
  isAnswered(knocking: Knocker): boolean {
    const turn = this.#turn;
    return knocking.challenge !== undefined && [turn, turn - 1].some((one) => this.#text(knocking, one) === knocking.challenge);
  }

  /** The answer that asks for it. */
  of(knocking: Knocker): KnockVerdict {
    const sentence = "A controller wants to see that this agent knocks now.";
    return { kind: "held", reason: "again", sentence, challenge: this.#text(knocking, this.#turn) };
  }

  get #turn(): number {
    return Math.floor(this.#clock.monotonicMs() / turnMs);
  }

  #text({ agentId, nonce }: Knocker, turn: number): string {
    return createHmac("sha256", this.#key)
      .update(JSON.stringify([agentId, nonce, turn]))
      .digest("base64url");
  }
}
