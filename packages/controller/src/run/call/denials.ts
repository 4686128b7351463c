import type { AgentId, ErrorBody, ExecutorChoice } from "@longarm/shared";
import { LongarmError } from "@longarm/shared";

/** Did the agent's site deny it for good? A rate that is used up leaves room again after a while. */
export function isDenied(executor: ExecutorChoice, error: Pick<ErrorBody, "code" | "retryable"> | null): boolean {
  return executor.kind === "agent" && error?.code === "policy_denied" && !error.retryable;
}

/** The agents whose sites have denied one call. It goes to the others that match; when there are none, it ends with what was said last. */
export class Denials {
  readonly #said = new Map<AgentId, LongarmError>();

  /** Takes in how an attempt ended. */
  note(executor: ExecutorChoice, error: ErrorBody | null): void {
    if (executor.kind === "agent" && error && isDenied(executor, error)) this.#said.set(executor.agentId, LongarmError.fromBody(error));
  }

  get agents(): ReadonlySet<AgentId> {
    return new Set(this.#said.keys());
  }

  get last(): LongarmError | undefined {
    return [...this.#said.values()].at(-1);
  }
}
