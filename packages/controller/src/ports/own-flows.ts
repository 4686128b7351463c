import type { RunId } from "@longarm/shared";
import type { AnyFlow, FlowDriver } from "@longarm/spoke";

/** One run of a flow whose code is the installation's own. */
export interface OwnFlowRun {
  readonly flow: AnyFlow;
  readonly runId: RunId;
  readonly driver: FlowDriver;
  /** It has passed the flow's schema. */
  readonly input: unknown;
  /** Nobody waits for its end any more: its code is given nothing from then on. */
  readonly signal: AbortSignal;
}

/** How its function ended; `lost`: it did not, what ran it is gone, and it is to be replayed from its log. */
export type OwnFlowEnd = { readonly kind: "returned"; readonly output: unknown } | { readonly kind: "lost" };

/** Flows of the installation's own, whose code runs apart from the controller's ([ADR 50](../../../../docs/adr/0050-own-flows-run-in-a-thread.md)). */
export interface OwnFlows {
  /** Every version of every one; their functions cannot be called here. */
  readonly flows: readonly AnyFlow[];
  /** Is it one of them? */
  has(flow: AnyFlow): boolean;
  /** Runs its function over the driver. Throws what the function threw, `flow_blocked`, `flow_failed`, and the signal's reason. */
  run(run: OwnFlowRun): Promise<OwnFlowEnd>;
}
