import { LongarmError, type Clock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";

interface Deps {
  /** Brings the broker up to the revocations that are written down. */
  readonly identities: { enforce(): Promise<void> };
  readonly clock: Clock;
  readonly logger: Logger;
}

const everyMs = 60_000;

/**
 * Sees to it that a revoked key stays revoked on a broker that was set back to an older state, or that could not be told at the time.
 * Resolves when the signal is aborted.
 */
export async function enforceRevocations({ identities, clock, logger }: Deps, signal: AbortSignal): Promise<void> {
  // A broker that is away must not hold up a controller's end.
  const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  while (!signal.aborted) {
    const told = identities.enforce().catch((reason: unknown) => {
      if (signal.aborted) return;
      logger.warn({ reason: LongarmError.from(reason).message }, "The broker could not be told of revoked keys; trying again in a minute.");
    });
    await Promise.race([told, aborted]);
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
}
