import type { AnchoredMessage } from "@longarm/shared/audit";
import type { RunWitness } from "../../ports/audit.ts";

type Seen = Parameters<RunWitness["saw"]>[0];

// 100 bytes or so of an anchor each: the broker takes no message beyond 1 MB.
const mostInAnchor = 4_096;
// While no anchor can be stored hardly anything else can; a bound all the same.
const mostWaiting = 200_000;

/** What this process stored in RUNS and no anchor holds yet. */
export class UnanchoredMessages implements RunWitness {
  #waiting: Seen[] = [];

  saw(message: Seen): void {
    if (this.#waiting.length < mostWaiting) this.#waiting.push(message);
  }

  get count(): number {
    return this.#waiting.length;
  }

  /** The oldest ones, at most as many as one anchor holds. */
  take(): readonly Seen[] {
    return this.#waiting.splice(0, mostInAnchor);
  }

  /** Puts back what could not be anchored. */
  putBack(messages: readonly Seen[]): void {
    this.#waiting = [...messages, ...this.#waiting];
  }
}

/** A message as anchors hold it. */
export function toAnchored({ sequence, subject, hash }: Seen): AnchoredMessage {
  return { sequence, subject, hash: Buffer.from(hash).toString("base64url") };
}
