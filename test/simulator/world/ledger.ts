import type { CallId, ControllerId, EffectClass, RunId } from "@longarm/shared";
import type { RestRequest } from "@longarm/shared/rest";
import type { CallMessage } from "@longarm/shared/wire";

/** A request that left for the target. Times are the world's milliseconds. */
export interface Sent {
  readonly atMs: number;
  readonly by: string;
  readonly runId: RunId;
  readonly callId: CallId;
  readonly attempt: number;
  readonly effect: EffectClass;
}

/** Something that the target did. */
export type Effect = Omit<Sent, "by">;

/** What really happened, whatever anybody believes. */
export class Ledger {
  readonly sent: Sent[] = [];
  readonly effects: Effect[] = [];
  /** Attempts that the target turned away before it looked at them, by `callId/attempt`. */
  readonly turnedAway = new Set<string>();
  /** What was seen to be wrong while it happened. */
  readonly faults: string[] = [];
  /** Runs whose submission was answered with 202. */
  readonly accepted = new Set<RunId>();
  readonly #dispatched = new Map<string, Pick<CallMessage, "controllerId" | "notAfterMs">>();
  readonly #begun = new Set<string>();

  /** A call that an agent is asked to make. */
  dispatched({ work, controllerId, notAfterMs }: CallMessage): void {
    this.#dispatched.set(attemptOf(work.request), { controllerId, notAfterMs });
  }

  /** An agent begins a call. `nowOf` is the time at that controller, as the agent knows it. */
  begin(request: RestRequest, { by, nowOf }: { readonly by: string; readonly nowOf: (controller: ControllerId) => number }): void {
    if (request.effect === "read") return;
    const attempt = attemptOf(request);
    if (this.#begun.has(`${by} ${attempt}`)) this.faults.push(`begun twice: ${by} began ${attempt} again`);
    this.#begun.add(`${by} ${attempt}`);
    const call = this.#dispatched.get(attempt);
    const lateMs = call ? nowOf(call.controllerId) - call.notAfterMs : 0;
    if (lateMs > 0) this.faults.push(`begun too late: ${by} began ${attempt} ${Math.round(lateMs)} ms after it might last begin`);
  }
}

function attemptOf({ callId, attempt }: Pick<RestRequest, "callId" | "attempt">): string {
  return `${callId}/${attempt}`;
}
