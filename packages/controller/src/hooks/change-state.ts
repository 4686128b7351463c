import { type HookState, LongarmError } from "@longarm/shared";
import type { Revised } from "../ports/connection-store.ts";
import type { Webhooks } from "../ports/webhook-store.ts";

/**
 * Changes a hook's state over whatever others change meanwhile; `by` is asked again then, and undefined changes nothing. Resolves to what is
 * stored now, and to undefined for a hook that is not there.
 */
export async function changeHookState(
  states: Webhooks["states"],
  connection: string,
  by: (state: HookState) => HookState | undefined,
): Promise<Revised<HookState> | undefined> {
  for (;;) {
    const found = await states.get(connection);
    const next = found && by(found.value);
    if (!found || !next) return found;
    try {
      return await states.put(connection, next, found.sequence);
    } catch (reason) {
      if (LongarmError.from(reason).code !== "conflict") throw reason;
    }
  }
}
