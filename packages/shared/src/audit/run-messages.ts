import type { AuditFault } from "./item.ts";
import { type AnchoredMessage, type AuditAct, auditedActs } from "./record.ts";

/** Messages of RUNS that nobody has signed. */
export interface UnanchoredMessages {
  readonly messages: number;
  /** Sequence of the first of them. */
  readonly firstMessage: number | null;
}

const mostFaults = 100;

/** The messages of RUNS as they are stored, beside those that anchors hold. */
export class RunMessages {
  readonly #found = new Map<number, AnchoredMessage>();
  readonly #anchored = new Map<number, AnchoredMessage>();
  readonly #removed = new Map<string, Set<string>>();
  #upTo = 0;

  get anchored(): number {
    return this.#anchored.size;
  }

  /** Later ones are not in the export. */
  expectUpTo(sequence: number): void {
    this.#upTo = sequence;
  }

  found(message: AnchoredMessage): void {
    this.#found.set(message.sequence, message);
  }

  anchor(message: AnchoredMessage): void {
    this.#anchored.set(message.sequence, message);
  }

  /** `id`: what a later act names it by. */
  act({ what, on, details }: AuditAct, id: string): void {
    if (what === auditedActs.refused) return void this.#removed.delete(`${id.split(" ")[0]} ${String(details?.["act"])}`);
    if (what === auditedActs.removeRun || what === auditedActs.sweepRuns) this.#removed.set(id, new Set(on));
  }

  conclude(): { readonly faults: readonly AuditFault[]; readonly unanchored: UnanchoredMessages } {
    const gone = new Set([...this.#removed.values()].flatMap((runs) => [...runs]));
    const faults: AuditFault[] = [];
    for (const message of this.#anchored.values()) {
      if (faults.length < mostFaults) faults.push(...this.#faultsOf(message, gone));
    }
    const unanchored = [...this.#found.keys()].filter((sequence) => !this.#anchored.has(sequence));
    const firstMessage = unanchored.reduce((least, sequence) => Math.min(least, sequence), Infinity);
    return {
      faults: faults.toSorted((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0)),
      unanchored: { messages: unanchored.length, firstMessage: unanchored.length > 0 ? firstMessage : null },
    };
  }

  #faultsOf({ sequence, subject, hash }: AnchoredMessage, gone: ReadonlySet<string>): readonly AuditFault[] {
    const found = this.#found.get(sequence);
    const place = { chain: null, number: null, sequence };
    if (found?.subject === subject && found.hash === hash) return [];
    if (found) return [{ kind: "edited", ...place, message: `The message ${sequence} on ${subject} is not the one that was stored.` }];
    if (sequence > this.#upTo || gone.has(subject.slice(subject.lastIndexOf(".") + 1))) return [];
    return [{ kind: "deleted", ...place, message: `The message ${sequence} on ${subject} is missing, and nobody removed its run.` }];
  }
}
