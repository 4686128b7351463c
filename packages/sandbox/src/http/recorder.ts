import { type Cause, logEventOf } from "../state/log/log-event.ts";
import type { Effect } from "../state/effect.ts";
import type { Org } from "../state/org.ts";
import type { Applied, Ledger } from "./ledger.ts";

/** Writes down what requests did: in the effect ledger, and in the org's system log, from where it goes to the event hooks. */
export class Recorder {
  readonly #org: Org;
  readonly #ledger: Ledger;

  constructor(org: Org, ledger: Ledger) {
    this.#org = org;
    this.#ledger = ledger;
  }

  /** Writes down the effects of one request; what is written together is told to an event hook together. */
  record(effects: readonly Effect[], request: Omit<Applied, "at"> & Cause): void {
    if (effects.length === 0) return;
    const { method, path, requestId, body } = request;
    this.#ledger.add(effects, { method, path, requestId, body, at: this.#org.now() });
    this.#org.log.append(effects.flatMap((effect) => logEventOf(this.#org, effect, request) ?? []));
  }
}
