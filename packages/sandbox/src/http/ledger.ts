import { createHash } from "node:crypto";
import type { Effect } from "../state/effect.ts";

/** One effect and the request that had it. */
export interface LedgerEntry extends Effect {
  /** Counts from 1, without gaps. */
  readonly sequence: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** The `x-okta-request-id` of the answer. */
  readonly requestId: string;
  /** SHA-256 of the request's body, in hex; null when it had none. */
  readonly bodyHash: string | null;
}

interface LedgerQuery {
  readonly object?: string | undefined;
  readonly effect?: string | undefined;
  /** Only entries after this sequence. */
  readonly since: number;
  readonly limit: number;
}

/** The request that had effects. */
export interface Applied {
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
  readonly at: string;
  readonly body: Buffer | undefined;
}

/** Everything that requests really did, whatever became of their answers. */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];

  add(effects: readonly Effect[], { body, ...request }: Applied): void {
    const bodyHash = body === undefined || body.length === 0 ? null : createHash("sha256").update(body).digest("hex");
    for (const effect of effects) this.#entries.push({ sequence: this.#entries.length + 1, ...effect, ...request, bodyHash });
  }

  /** How many effects there were so far. */
  get total(): number {
    return this.#entries.length;
  }

  find({ object, effect, since, limit }: LedgerQuery): readonly LedgerEntry[] {
    const found: LedgerEntry[] = [];
    for (let at = since; at < this.#entries.length && found.length < limit; at += 1) {
      const entry = this.#entries[at] as LedgerEntry;
      if ((object === undefined || entry.object === object) && (effect === undefined || entry.effect === effect)) found.push(entry);
    }
    return found;
  }
}
