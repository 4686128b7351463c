import { LongarmError, type Clock, type RunId } from "@longarm/shared";
import type { BlobStore } from "../../ports/blob-store.ts";
import type { ChildEnd, ChildRuns } from "../../ports/child-runs.ts";
import type { RunRequest, RunService } from "../../ports/run-service.ts";
import { readJson } from "../bytes.ts";
import { abortReason } from "../wait/abort-reason.ts";

import { patiently } from "../wait/patiently.ts";
import type { RunSignals } from "../run-signals.ts";
import { stateOf } from "../view/run-view.ts";
import { idOfRequest, submitRun } from "../steer/submit-run.ts";

type SubmitDeps = Parameters<typeof submitRun>[0];
interface Deps extends SubmitDeps {
  readonly blobs: BlobStore;
  readonly signals: RunSignals;
  readonly clock: Clock;
  /** What people can do with runs. */
  readonly runs: () => Pick<RunService, "cancel" | "items">;
}

const againAfterMs = 1_000;
// The log itself is looked at again, should a signal be lost with a connection: a child may take a month, and there may be many.
const firstLookMs = 5_000;
const longestLookMs = 300_000;
const lacksForNow: ReadonlySet<string> = new Set(["storage_full", "broker_unavailable"]);

/** Starts a flow's steps by the way of any other run, and waits for their ends. */
export class SubmittedChildRuns implements ChildRuns {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  idOf(request: RunRequest & { readonly idempotencyKey: string }): RunId {
    return idOfRequest(this.#deps, request);
  }

  async start(request: RunRequest, signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    for (;;) {
      try {
        await submitRun(this.#deps, request);
        return;
      } catch (reason) {
        const error = LongarmError.from(reason);
        if (error.code === "idempotency_conflict") throw otherThanBefore(request, error);
        if (!lacksForNow.has(error.code)) throw error;
      }
      await clock.sleep(againAfterMs, signal).catch(() => {
        throw abortReason(signal);
      });
    }
  }

  async end(id: RunId, signal: AbortSignal): Promise<ChildEnd> {
    for (let lookMs = firstLookMs; ; lookMs = Math.min(longestLookMs, lookMs * 2)) {
      // Before the look at the log, so that no end falls between the two.
      const told = this.#told(id, { signal, lookMs });
      try {
        const ended = await patiently({ ...this.#deps, signal }, () => this.#look(id));
        if (ended) return ended;
        await told.promise;
      } finally {
        told.stop();
      }
      if (signal.aborted) throw abortReason(signal);
    }
  }

  items(id: RunId, signal: AbortSignal): AsyncIterable<unknown> {
    return this.#deps.runs().items(id, { follow: false, signal });
  }

  async cancel(id: RunId, principal: string): Promise<void> {
    await this.#deps.runs().cancel(id, principal);
  }

  async #look(id: RunId): Promise<ChildEnd | undefined> {
    const { log, blobs } = this.#deps;
    const run = await log.read(id);
    if (!run) throw new LongarmError("unknown_run", `${id}, a step of this flow, was removed before the flow had seen its end.`);
    const { completed } = stateOf(run);
    if (!completed) return undefined;
    const { status, output, error } = completed;
    return { status, error, output: output === null ? null : await readJson(blobs, id, output) };
  }

  /** Resolves when the run may have ended. */
  #told(
    id: RunId,
    { signal, lookMs }: { readonly signal: AbortSignal; readonly lookMs: number },
  ): { promise: Promise<void>; stop: () => void } {
    const { signals, clock } = this.#deps;
    const { promise, resolve } = Promise.withResolvers<void>();
    const enough = new AbortController();
    const stopListening = signals.listen(id, (signalled) => signalled === "finished" && resolve());
    const onAbort = (): void => resolve();
    signal.addEventListener("abort", onAbort, { once: true });
    clock.sleep(lookMs, enough.signal).then(resolve, () => undefined);
    const stop = (): void => {
      stopListening();
      signal.removeEventListener("abort", onAbort);
      enough.abort(toldEnough);
    };
    return { promise, stop };
  }
}

// Without a reason of one's own each abort makes an error with a stack trace.
const toldEnough = new Error("What was waited for has come.");

function otherThanBefore({ action }: RunRequest, cause: LongarmError): LongarmError {
  const sentence = `This step has run before as another run than ${action} with this input, so the flow has changed; nothing was started.`;
  return new LongarmError("nondeterministic", sentence, { details: cause.details, cause });
}
