import { LongarmError, type Clock, type RunId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { AnyFlow } from "@longarm/spoke";
import type { OwnFlowEnd, OwnFlowRun, OwnFlows } from "../ports/own-flows.ts";
import { ActiveRun } from "./active-run.ts";
import { FlowThread, type ThreadEnd, type ThreadLimits } from "./flow-thread.ts";
import type { FromThread, Loaded, ModuleText, Question } from "./messages.ts";

interface Deps {
  /** Absolute. */
  readonly directory: string;
  readonly files: readonly string[];
  readonly limits: ThreadLimits & { readonly idleAfterMs: number };
  readonly clock: Clock;
  readonly logger: Logger;
}

// Whoever was there at so many ends of the thread in a row that nobody can be blamed for is not run a further time.
const mostUnexplained = 5;
const pause = { leastMs: 100, mostMs: 10_000, healthyMs: 10_000 } as const;
const looksPerIdle = 4;
const mostBusy = 0.5;

/**
 * Runs flows of one's own in a thread beside the controller's own:
 *
 *   thread ──loads──▶ serves ──ends, or blocks and is ended──▶ the run to blame fails, the others are lost ──▶ another thread
 *
 * Who has lost a run replays it from its log; it is run in the next thread then.
 */
export class ThreadFlows implements OwnFlows {
  readonly #deps: Deps;
  readonly #active = new Map<number, ActiveRun>();
  /** Those whose code waits for nothing that it has asked for, and since when, monotonic. */
  readonly #idle = new Map<ActiveRun, number>();
  readonly #unexplained = new Map<RunId, number>();
  readonly #closing = new AbortController();
  #flows: ReadonlySet<AnyFlow> = new Set();
  #sources: ReadonlyMap<string, ModuleText> | undefined;
  #thread: Promise<FlowThread> = Promise.reject(new LongarmError("internal", "No thread of flows was started."));
  #watch: NodeJS.Timeout | undefined;
  /** The last run that was ended from here while its code awaited what this side knows nothing of: it may go on. 0: none in this thread. */
  #left = 0;
  #pauseMs = 0;
  #last = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#thread.catch(() => undefined);
  }

  /** Starts the first thread; resolves to what its files hold. Throws `invalid_configuration` where they cannot be loaded. */
  async load(): Promise<Loaded> {
    const thread = this.#make();
    this.#thread = Promise.resolve(thread);
    const loaded = await thread.loaded();
    this.#sources = loaded.sources;
    void this.#attend(thread);
    return loaded;
  }

  /** Serves these from now on. */
  serve(flows: readonly AnyFlow[]): void {
    const { idleAfterMs } = this.#deps.limits;
    this.#flows = new Set(flows);
    this.#watch = setInterval(() => this.#probe(), idleAfterMs / looksPerIdle).unref();
  }

  get flows(): readonly AnyFlow[] {
    return [...this.#flows];
  }

  has(flow: AnyFlow): boolean {
    return this.#flows.has(flow);
  }

  async run(asked: OwnFlowRun): Promise<OwnFlowEnd> {
    let thread = await this.#thread;
    // One that has ended just now is still the latest for a moment.
    while (thread.isOver) thread = await this.#thread;
    this.#last += 1;
    const active = new ActiveRun(this.#last, asked, (message) => thread.post(message));
    const onAbort = (): void => active.fail(LongarmError.from(asked.signal.reason));
    asked.signal.addEventListener("abort", onAbort, { once: true });
    this.#active.set(active.number, active);
    this.#idle.set(active, this.#deps.clock.monotonicMs());
    try {
      if (asked.signal.aborted) onAbort();
      else active.begin();
      const end = await active.end;
      if (end.kind === "returned") this.#unexplained.delete(asked.runId);
      return end;
    } catch (reason) {
      this.#unexplained.delete(asked.runId);
      throw reason;
    } finally {
      asked.signal.removeEventListener("abort", onAbort);
      this.#active.delete(active.number);
      this.#idle.delete(active);
      if (active.isLeft) this.#left = active.number;
      thread.post({ kind: "drop", run: active.number });
    }
  }

  /** Ends the thread; runs that are still in it are lost. */
  async close(): Promise<void> {
    this.#closing.abort(new LongarmError("overtaken", "This controller stops."));
    clearInterval(this.#watch);
    for (const active of this.#active.values()) active.lose();
    await (await this.#thread.catch(() => undefined))?.stop();
  }

  #make(): FlowThread {
    const { directory, files, limits, logger } = this.#deps;
    const sources = this.#sources;
    return new FlowThread({ directory, files, limits, logger, ...(sources && { sources }), onMessage: (message) => this.#take(message) });
  }

  #take(message: FromThread): void {
    if (message.kind === "loading" || message.kind === "loaded") return;
    const active = this.#active.get(message.run);
    if (message.kind === "stray") this.#onStray(active, message);
    if (!active) return;
    if (message.kind === "returned") active.returned(message.output);
    if (message.kind === "threw") active.threw(LongarmError.fromBody(message.error));
    if (message.kind === "leave") active.leave(message.reading);
    if (message.kind === "idle") active.failIfIdle(message.asks, this.#deps.limits.idleAfterMs);
    if (message.kind !== "take" && message.kind !== "items") return;
    void this.#answer(active, message);
  }

  async #answer(active: ActiveRun, question: Question): Promise<void> {
    this.#idle.delete(active);
    await active.answer(question);
    if (active.isIdle && this.#active.has(active.number)) this.#idle.set(active, this.#deps.clock.monotonicMs());
  }

  #onStray(active: ActiveRun | undefined, { text, isFatal }: Extract<FromThread, { kind: "stray" }>): void {
    if (isFatal) return;
    const sentence = "was rejected and nobody awaited it";
    if (active) active.threw(new LongarmError("flow_failed", `A promise of the flow ${active.asked.flow.name} ${sentence}: ${text}`));
    else this.#deps.logger.warn({ text }, `A promise of some flow ${sentence}.`);
  }

  /** The thread itself is to tell who waits for nothing: what it was sent before has been handled by then. */
  #probe(): void {
    const { clock, limits } = this.#deps;
    const before = clock.monotonicMs() - limits.idleAfterMs;
    for (const [active, sinceMs] of this.#idle) {
      // They stand in the order in which they fell idle.
      if (sinceMs > before) break;
      active.probe();
    }
    void this.#endWhatIsLeft();
  }

  /** Nothing else ends code that loops over awaits of its own. */
  async #endWhatIsLeft(): Promise<void> {
    if (this.#left === 0) return;
    const thread = await this.#thread;
    if (thread.busyShare() > mostBusy && !thread.isOver) thread.giveUp(this.#left);
  }

  /** Resolves when it has ended, and another one is being started. */
  async #attend(thread: FlowThread): Promise<void> {
    const bornMs = this.#deps.clock.monotonicMs();
    const end = await thread.ended;
    if (this.#closing.signal.aborted) return;
    const isHealthy = this.#deps.clock.monotonicMs() - bornMs > pause.healthyMs;
    this.#pauseMs = isHealthy ? 0 : longerThan(this.#pauseMs);
    if (isHealthy) this.#unexplained.clear();
    this.#left = 0;
    this.#thread = this.#another();
    // Whoever waits for it learns of it then.
    this.#thread.catch(() => undefined);
    this.#mourn(end);
  }

  async #another(): Promise<FlowThread> {
    const { clock, logger } = this.#deps;
    for (;;) {
      await clock.sleep(this.#pauseMs, this.#closing.signal);
      const thread = this.#make();
      try {
        await thread.loaded();
        void this.#attend(thread);
        return thread;
      } catch (reason) {
        this.#pauseMs = longerThan(this.#pauseMs);
        logger.error({ reason: LongarmError.from(reason).message }, "The thread of flows could not be started again; trying again.");
      }
    }
  }

  /** Fails the run that is to blame for the thread's end, and has the others replayed. */
  #mourn(end: ThreadEnd): void {
    const culprit = this.#active.get(end.run);
    const runs = [...this.#active.values()];
    const { name } = culprit?.asked.flow ?? { name: null };
    // Whoever it was has ended before: none of these.
    const isExplained = end.run !== 0;
    this.#deps.logger.error(
      { how: end.how, flow: name, runId: culprit?.asked.runId ?? null, others: runs.length - (culprit ? 1 : 0) },
      `The thread of flows has ended and is started again: a flow ${end.said}${isExplained ? "" : ", and nobody knows which one"}.`,
    );
    for (const active of runs) {
      if (active === culprit) active.fail(blamed(active, end));
      else if (isExplained || this.#isBelieved(active)) active.lose();
      else active.fail(suspected(active, end));
    }
  }

  #isBelieved({ asked: { runId } }: ActiveRun): boolean {
    const times = (this.#unexplained.get(runId) ?? 0) + 1;
    this.#unexplained.set(runId, times);
    return times < mostUnexplained;
  }
}

function longerThan(ms: number): number {
  return Math.min(pause.mostMs, Math.max(pause.leastMs, ms * 2));
}

const others = "The other flows go on.";

function blamed({ asked: { flow, runId } }: ActiveRun, { how, said }: ThreadEnd): LongarmError {
  const who = `The flow ${flow.name} (version ${flow.version}), ${runId}, ${said}.`;
  const details = { flow: flow.name, version: flow.version, run: runId };
  if (how !== "blocked") return new LongarmError("flow_failed", `${who} ${others}`, { details });
  const advice = "Look for a loop that awaits nothing, correct the flow, and run it again.";
  return new LongarmError("flow_blocked", `${who} It was ended there. ${others} ${advice}`, { details });
}

function suspected({ asked: { flow, runId } }: ActiveRun, { said }: ThreadEnd): LongarmError {
  const sentence = `The flow ${flow.name} (version ${flow.version}), ${runId}, was there each of ${mostUnexplained} times in a row that code which nobody can be blamed for ended the thread of flows; at last it ${said}.`;
  return new LongarmError("flow_failed", sentence, { details: { flow: flow.name, version: flow.version, run: runId } });
}
