import { LongarmError } from "@longarm/shared";
import type { ApiClient } from "./api-client.ts";
import type { ActionDetails, FlowDetails } from "./types.ts";

/** What can be run by its name. */
export type Runnable = ActionDetails | FlowDetails;

/** The action, stream or flow of that name. Throws `unknown_action` with what was likely meant. */
export async function readRunnable(api: ApiClient, name: string): Promise<Runnable> {
  const part = encodeURIComponent(name);
  try {
    return await api.get<ActionDetails>(`/v1/actions/${part}`);
  } catch (reason) {
    if (LongarmError.from(reason).code !== "unknown_action") throw reason;
    return api.get<FlowDetails>(`/v1/flows/${part}`).catch((other: unknown) => {
      // An older controller knows no flows; of two that know none of that name the first says more.
      const { code, details } = LongarmError.from(other);
      throw code === "unknown_flow" && details["nearest"] !== undefined ? other : reason;
    });
  }
}
