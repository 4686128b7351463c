import { LongarmError, type Clock } from "@longarm/shared";
import { type AuditAct, auditedActs } from "@longarm/shared/audit";
import type { Logger } from "@longarm/shared/logger";
import type { Denial } from "../../ports/audit.ts";

interface Deps {
  readonly record: (act: AuditAct) => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Counted extends Denial {
  count: number;
}

const windowMs = 10_000;
// Whoever is turned away may name as much as they like.
const mostKinds = 50;

/** Denials as records of the audit: the first one at once, those within ten seconds after it as one record of counts. */
export class DenialSummary {
  readonly #deps: Deps;
  #counted = new Map<string, Counted>();
  #others = 0;
  #isBusy = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  note(denial: Denial): void {
    this.#count(denial, 1);
    if (this.#isBusy) return;
    this.#isBusy = true;
    void this.#write();
  }

  /** Writes what waits, at once. */
  async flush(): Promise<void> {
    if (this.#counted.size > 0) await this.#writeOnce();
  }

  async #write(): Promise<void> {
    const { clock, logger } = this.#deps;
    while (this.#counted.size > 0) {
      try {
        await this.#writeOnce();
      } catch (reason) {
        logger.warn({ reason: LongarmError.from(reason).message }, "Denials could not be written to the audit; trying again.");
      }
      // A process that has nothing else to do ends without waiting for this.
      await clock.sleep(windowMs);
    }
    this.#isBusy = false;
  }

  async #writeOnce(): Promise<void> {
    const [counted, others] = [this.#counted, this.#others];
    [this.#counted, this.#others] = [new Map(), 0];
    const denials = [...counted.values()];
    const principals = new Set(denials.map(({ principal }) => principal));
    const [only] = principals;
    const on = [...new Set(denials.flatMap((denial) => denial.on))];
    const principal = principals.size === 1 ? (only ?? "") : "";
    try {
      await this.#deps.record({
        principal,
        what: auditedActs.denied,
        on,
        details: { denials: denials.map((denial) => ({ ...denial })), others },
      });
    } catch (reason) {
      this.#others += others;
      for (const { count, ...denial } of denials) this.#count(denial, count);
      throw reason;
    }
  }

  #count(denial: Denial, count: number): void {
    const key = JSON.stringify([denial.principal, denial.operation, denial.on, denial.code]);
    const known = this.#counted.get(key);
    if (known) known.count += count;
    else if (this.#counted.size < mostKinds) this.#counted.set(key, { ...denial, count });
    else this.#others += count;
  }
}
