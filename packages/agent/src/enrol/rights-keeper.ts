import { type Clock, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { type AgentRights, decodeRenewal } from "@longarm/shared/wire";
import type { Membership } from "./membership.ts";
import { readUserClaims } from "./user-claims.ts";

/** What keeping the rights takes. */
export interface RightsKeeperDeps {
  readonly membership: Membership;
  /** Gets rights by a connection of its own. */
  readonly enter: (signal: AbortSignal) => Promise<void>;
  /** Comes in anew with the rights that are there now. */
  readonly renewLink: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const roundMs = 15_000;
// The controllers push new rights at half of their life; after this much of it the agent fetches them itself.
const patience = 0.75;
// Whoever owns the broker may refuse as often as it likes; a broker that was set up anew refuses all until a controller has come to it.
const calledPauseMs = 2_000;
const brokersPatienceMs = 60_000;

/** Sees to it that the right to work at the broker does not run out: takes what the controllers push, and asks when nothing comes. */
export class RightsKeeper {
  readonly #deps: RightsKeeperDeps;
  /** When the present rights came, on both clocks. */
  #since: { readonly monotonicMs: number; readonly wallMs: number };
  #wake = new AbortController();
  #refusedSinceMs: number | undefined;

  constructor(deps: RightsKeeperDeps) {
    this.#deps = deps;
    this.#since = readBoth(deps.clock);
  }

  /** A message on `agent.<id>.jwt`. Rights of somebody else's, or no longer ones than those at hand, are left. */
  takeRenewal(message: Uint8Array): void {
    const { membership, clock } = this.#deps;
    const next = decodeRenewal(message);
    const { rights } = membership;
    if (!rights || !isNewer(next, rights)) return;
    membership.renewed(next);
    this.#since = readBoth(clock);
    void this.#renewLink();
  }

  /** There is reason to believe that the rights count no longer: they are fetched soon, or found to be refused. */
  look(): void {
    this.#wake.abort();
  }

  /**
   * Watches until the signal is aborted. Throws `enrolment_refused` when the agent may not come back: when a controller says so, or when the
   * broker has said so for a minute.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    while (!signal.aborted) {
      await clock.sleep(roundMs, AbortSignal.any([signal, this.#wake.signal])).catch(() => undefined);
      if (signal.aborted) return;
      const isCalled = this.#wake.signal.aborted;
      if (!isCalled && !this.#isLate()) continue;
      if (isCalled) this.#wake = new AbortController();
      await this.#fetch(signal);
      if (isCalled) await clock.sleep(calledPauseMs, signal).catch(() => undefined);
    }
  }

  #isLate(): boolean {
    const { membership, clock } = this.#deps;
    const claims = readUserClaims(membership.rights?.jwt ?? "");
    // While a machine sleeps its monotonic clock may stand still, and the rights end all the same.
    const now = readBoth(clock);
    const goneMs = Math.max(now.monotonicMs - this.#since.monotonicMs, now.wallMs - this.#since.wallMs);
    return claims !== undefined && goneMs > (claims.exp - claims.iat) * 1_000 * patience;
  }

  #isRefusedForLong(): boolean {
    const nowMs = this.#deps.clock.monotonicMs();
    this.#refusedSinceMs ??= nowMs;
    return nowMs - this.#refusedSinceMs >= brokersPatienceMs;
  }

  /** A connection that cannot be renewed now goes on until its rights end, and is renewed with the next ones. */
  async #renewLink(): Promise<void> {
    const { renewLink, logger } = this.#deps;
    await renewLink().catch((reason: unknown) => {
      logger.warn({ reason: LongarmError.from(reason).message }, "the connection to the broker could not be renewed; it goes on as it is");
    });
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    const { enter, clock, logger } = this.#deps;
    try {
      await enter(signal);
      this.#since = readBoth(clock);
      this.#refusedSinceMs = undefined;
      await this.#renewLink();
    } catch (reason) {
      const { code, message, details } = LongarmError.from(reason);
      if (code === "enrolment_refused" && (details["by"] !== "broker" || this.#isRefusedForLong())) throw reason;
      if (code === "enrolment_refused") this.look();
      if (!signal.aborted) logger.warn({ code, reason: message }, "the right to work at the broker could not be renewed; trying on");
    }
  }
}

function readBoth(clock: Clock): { readonly monotonicMs: number; readonly wallMs: number } {
  return { monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs() };
}

// Who says so has been verified; a newer one may have come by another controller already.
function isNewer(next: AgentRights, rights: AgentRights): boolean {
  const [before, after] = [readUserClaims(rights.jwt), readUserClaims(next.jwt)];
  return before !== undefined && after !== undefined && after.sub === before.sub && after.exp > before.exp;
}
