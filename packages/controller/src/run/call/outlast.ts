import type { Intent } from "@longarm/shared";
import { settledAfterMs } from "../../decide/dispatch.ts";
import type { Carriage } from "../carriage.ts";
import { pause } from "../wait/park.ts";

/**
 * Waits until nothing can be under way any more of a call that another controller, or this one before its restart, made itself and left
 * open: what is read earlier may be true no longer when it is acted on. The run tells of the wait. Throws the reason the run was ended for.
 */
export async function outlast(carriage: Carriage, { call }: Pick<Intent, "call">): Promise<void> {
  const { clock } = carriage.deps;
  const forMs = carriage.claimedAtMs + settledAfterMs(carriage.connection.timeoutMs) - clock.monotonicMs();
  if (forMs <= 0) return;
  const what = `${call.method} ${call.target.split("?", 1)[0] ?? ""}`;
  const sentence = `${what} may still be under way from before this controller took the run; it is waited out for ${Math.ceil(forMs / 1_000)} s.`;
  await pause(carriage, { reason: "waiting_out", sentence, forMs, ordinal: call.ordinal });
}
