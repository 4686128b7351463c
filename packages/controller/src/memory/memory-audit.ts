import { newId, type Clock } from "@longarm/shared";
import type { AuditAct, AuditItem } from "@longarm/shared/audit";
import type { AuditEntry, AuditLog, AuditQuery, AuditTrail, Denial } from "../ports/audit.ts";

/** An audit in memory, without hashes or anchors, for tests. */
export class MemoryAudit implements AuditTrail, AuditLog {
  readonly acts: AuditEntry[] = [];
  readonly denials: Denial[] = [];
  /** Thrown at the next record, if set. */
  fault: Error | undefined;
  readonly #controller = newId("controller");
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async record(act: AuditAct): Promise<number> {
    if (this.fault) throw this.fault;
    const number = this.acts.length + 1;
    const place = { controller: this.#controller, number, timeMs: this.#clock.nowMs(), previous: "" };
    this.acts.push({ sequence: number, record: { ...place, body: { kind: "act", ...act } } });
    return number;
  }

  denied(denial: Denial): void {
    this.denials.push(denial);
  }

  async list({ limit, before = Infinity, what }: AuditQuery): Promise<{ readonly entries: readonly AuditEntry[]; readonly next?: number }> {
    const found = this.acts
      .filter(({ sequence, record }) => sequence < before && (what ?? record.body.what) === record.body.what)
      .toReversed();
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    return { entries, ...(found.length > limit && last && { next: last.sequence }) };
  }

  async *export(): AsyncGenerator<AuditItem> {
    for (const { sequence, record } of this.acts) yield { type: "record", sequence, chain: record.controller, record };
  }
}
