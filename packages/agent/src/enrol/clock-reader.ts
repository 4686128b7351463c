import { randomUUID } from "node:crypto";
import { type AgentId, type Clock, type ControllerId, field } from "@longarm/shared";
import { decodeClockTold, encodeClockAsked } from "@longarm/shared/wire";
import { certainClockMs } from "../decide/admit.ts";
import type { FieldLink } from "../link.ts";
import type { Controllers } from "./controllers.ts";

/** What reading clocks takes. */
export interface ClockReaderDeps {
  readonly link: FieldLink;
  readonly id: AgentId;
  readonly controllers: Controllers;
  readonly clock: Clock;
}

const roundMs = 1_000;
const everyMs = 30_000;

interface Asked {
  readonly nonce: string;
  readonly atMs: number;
  /** Questions since the last answer. */
  readonly unanswered: number;
}

/** Reads each controller's clock now and then, and oftener while what it says is uncertain. */
export class ClockReader {
  readonly #deps: ClockReaderDeps;
  readonly #asked = new Map<ControllerId, Asked>();
  readonly #mistrusted = new Set<ControllerId>();

  constructor(deps: ClockReaderDeps) {
    this.#deps = deps;
  }

  /** Reads until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.readDue();
      await this.#deps.clock.sleep(roundMs, signal).catch(() => undefined);
    }
  }

  /** A call came at a time that cannot be: one of the clocks may have been set. That controller's is read at the next round. */
  mistrust(controller: ControllerId): void {
    this.#mistrusted.add(controller);
  }

  /** Asks those whose clocks are to be read. */
  readDue(): void {
    const { controllers, clock, link, id } = this.#deps;
    const nowMs = clock.monotonicMs();
    const ids = controllers.ids;
    for (const known of this.#asked.keys()) if (!ids.includes(known)) this.#asked.delete(known);
    for (const controller of ids) {
      const { atMs = -Infinity, unanswered = 0 } = this.#asked.get(controller) ?? {};
      const isMistrusted = this.#mistrusted.delete(controller);
      const isCertain = controllers.uncertaintyOf(controller) <= certainClockMs / 2;
      // One that does not answer may be gone for good.
      const pauseMs = isMistrusted ? roundMs : isCertain ? everyMs : Math.min(everyMs, roundMs * 2 ** Math.max(0, unanswered - 1));
      if (nowMs - atMs < pauseMs) continue;
      const nonce = randomUUID();
      this.#asked.set(controller, { nonce, atMs: nowMs, unanswered: unanswered + 1 });
      link.publish(field.clockAsked(controller, id), encodeClockAsked({ nonce }));
    }
  }

  /** A message on `agent.<id>.clock`. */
  takeTold(message: Uint8Array): void {
    const { controllerId, nonce, nowMs } = decodeClockTold(message);
    const asked = this.#asked.get(controllerId);
    if (asked?.nonce !== nonce) return;
    this.#asked.set(controllerId, { nonce: "", atMs: asked.atMs, unanswered: 0 });
    this.#deps.controllers.measured(controllerId, { nowMs, askedAtMs: asked.atMs });
  }
}
