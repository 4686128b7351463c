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
    const key = JSON.stringify([denial.principal, denial.operation, denial.on, denial.code]);
    const known = this.#counted.get(key);
    if (known) known.count += 1;
    else if (this.#counted.size < mostKinds) this.#counted.set(key, { ...denial, count: 1 });
    else this.#others += 1;
    if (this.#isBusy) return;
    this.#isBusy = true;
    void this.#write();
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
      await clock.sleep(windowMs, new AbortController().signal);
    }
    this.#isBusy = false;
  }

  async #writeOnce(): Promise<void> {
    const denials = [...this.#counted.values()];
    const others = this.#others;
    const principals = new Set(denials.map(({ principal }) => principal));
    const [only] = principals;
    await this.#deps.record({
      principal: principals.size === 1 ? (only ?? "") : "",
      what: auditedActs.denied,
      on: [...new Set(denials.flatMap(({ on }) => on))],
      details: { denials: denials.map((denial) => ({ ...denial })), others },
    });
    for (const { count, ...denial } of denials) this.#settle(denial, count);
    this.#others -= others;
  }

  #settle({ principal, operation, on, code }: Denial, count: number): void {
    const key = JSON.stringify([principal, operation, on, code]);
    const now = this.#counted.get(key);
    if (!now) return;
    now.count -= count;
    if (now.count <= 0) this.#counted.delete(key);
  }
}
