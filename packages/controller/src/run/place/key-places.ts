import { LongarmError, type Clock, type ControllerId, type RunId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { canonicalJson, fingerprint, type KeyRing } from "@longarm/shared/seal";
import { leavePlace, placeInQueue, takePlace, type Waiter } from "../../decide/holds.ts";
import type { WantedPlace } from "../../decide/wanted-places.ts";
import type { HoldStore, Holds } from "../../ports/hold-store.ts";

interface Deps {
  readonly store: HoldStore;
  readonly controllerId: ControllerId;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Waiting extends Waiter {
  readonly limit: number;
  readonly granted: () => void;
}

/** A run that wants a place, and what to do while it has to wait. */
export interface Asker extends Waiter {
  readonly signal: AbortSignal;
  /** Called once, when the place is full. */
  readonly onWait: (at: { readonly holding: number; readonly ahead: number }) => Promise<void>;
}

const bytes = new TextEncoder();
const pauseAfterFaultMs = 500;

/**
 * The places that runs hold while they are under way, and those that wait for them here. Each place has a queue of its own, and only its
 * first ones ask, when the place has changed: ten thousand who wait cost no more than one.
 */
export class KeyPlaces {
  readonly #deps: Deps;
  readonly #queues = new Map<string, Waiting[]>();
  readonly #serving = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  /** Places of which a write went unanswered while runs waited for them. */
  readonly #unanswered = new Set<string>();
  readonly #heldBy = new Map<RunId, Set<string>>();
  /** What the broker did not take back when it should have. */
  readonly #owed = new Map<RunId, Set<string>>();

  constructor(deps: Deps) {
    this.#deps = deps;
    deps.store.onChange((key) => {
      if (this.#queues.has(key)) void this.#serve(key);
    });
  }

  /** Resolves once the run holds the place, which it may have held before under another controller. Rejects with the signal's reason. */
  async take(place: WantedPlace, asker: Asker): Promise<void> {
    const { run, submittedAtMs, signal, onWait } = asker;
    if (signal.aborted) throw LongarmError.from(signal.reason);
    const key = keyOf(this.#deps.ring, place);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { run, submittedAtMs, limit: place.limit, granted: resolve };
    const onAbort = (): void => reject(LongarmError.from(signal.reason));
    signal.addEventListener("abort", onAbort, { once: true });
    promise.catch(() => undefined);
    try {
      this.#enqueue(key, waiting);
      await Promise.race([this.#serve(key), promise]);
      const ahead = this.#queues.get(key)?.indexOf(waiting) ?? -1;
      if (ahead >= 0) await onWait({ holding: this.#deps.store.known(key).holders.length, ahead });
      await promise;
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#drop(key, waiting);
    }
  }

  /** Gives back all that the run holds; what the broker does not take now it is given again by `tend`. */
  async leave(run: RunId): Promise<void> {
    const keys = this.#heldBy.get(run) ?? new Set();
    this.#heldBy.delete(run);
    await Promise.all([...keys].map((key) => this.#leave(key, run)));
  }

  /** Does a run that is carried here hold or want a place? */
  isWanted(run: RunId): boolean {
    return this.#heldBy.has(run) || [...this.#queues.values()].some((queue) => queue.some((waiting) => waiting.run === run));
  }

  /** Another controller carries the run from now on, and holds its places for it. */
  forget(run: RunId): void {
    this.#heldBy.delete(run);
  }

  /** Mends what a silent watch or an absent broker has left behind; to be called now and then. */
  async tend(): Promise<void> {
    if (this.#queues.size === 0 && this.#owed.size === 0) return;
    await this.#deps.store.refresh();
    const owed = [...this.#owed];
    this.#owed.clear();
    for (const [run, keys] of owed) for (const key of keys) await this.#settleOwed(key, run);
    for (const key of this.#queues.keys()) void this.#serve(key);
  }

  /** Gives back what was perhaps taken for a run that wants it no more. */
  async #settleOwed(key: string, run: RunId): Promise<void> {
    if (this.#heldBy.get(run)?.has(key)) return;
    if (this.#queues.get(key)?.some((waiting) => waiting.run === run)) this.#owe(key, run);
    else await this.#leave(key, run);
  }

  #owe(key: string, run: RunId): void {
    this.#owed.set(run, (this.#owed.get(run) ?? new Set()).add(key));
  }

  #enqueue(key: string, waiting: Waiting): void {
    const queue = this.#queues.get(key) ?? [];
    // Whoever holds it already takes nobody's turn.
    const isHolder = this.#deps.store.known(key).holders.some(({ run }) => run === waiting.run);
    queue.splice(isHolder ? 0 : placeInQueue(queue, waiting), 0, waiting);
    this.#queues.set(key, queue);
  }

  #drop(key: string, waiting: Waiting): void {
    const queue = this.#queues.get(key);
    const at = queue?.indexOf(waiting) ?? -1;
    if (at >= 0) queue?.splice(at, 1);
    if (queue?.length !== 0) return;
    this.#queues.delete(key);
    this.#unanswered.delete(key);
  }

  /** Lets as many as fit have the place; one at a time for each key. */
  #serve(key: string): Promise<void> {
    const running = this.#serving.get(key);
    if (running) {
      this.#again.add(key);
      return running;
    }
    const serving = this.#serveUntilFull(key).finally(() => this.#serving.delete(key));
    this.#serving.set(key, serving);
    return serving;
  }

  async #serveUntilFull(key: string): Promise<void> {
    const { clock, logger } = this.#deps;
    do {
      this.#again.delete(key);
      try {
        while (await this.#serveSome(key));
      } catch (reason) {
        logger.warn({ reason: LongarmError.from(reason).message }, "A place for a waiting run could not be taken; trying again.");
        await clock.sleep(pauseAfterFaultMs).catch(() => undefined);
        this.#again.add(key);
        this.#unanswered.add(key);
      }
    } while (this.#again.has(key) && this.#queues.has(key));
  }

  /** Resolves to false when nobody here can have it now. */
  async #serveSome(key: string): Promise<boolean> {
    const { store, controllerId } = this.#deps;
    const known = store.known(key);
    const fitting: Waiting[] = [];
    let { holders } = known;
    for (const waiting of this.#inTurn(key, known.holders)) {
      const taken = takePlace(holders, { run: waiting.run, owner: controllerId }, waiting.limit);
      if (taken.kind === "full") break;
      if (taken.kind === "take") holders = taken.holders;
      fitting.push(waiting);
    }
    if (fitting.length === 0) return false;
    if (holders !== known.holders && !(await this.#write({ ...known, holders }, fitting))) await store.refresh();
    else for (const waiting of fitting) this.#grant(key, waiting);
    return true;
  }

  /** A write without an answer may have given them the place: they are looked after even if they stop waiting. */
  async #write(holds: Holds, fitting: readonly Waiting[]): Promise<Holds | undefined> {
    try {
      return await this.#deps.store.write(holds);
    } catch (reason) {
      for (const { run } of fitting) this.#owe(holds.key, run);
      throw reason;
    }
  }

  /** Whoever was given the place by a write whose answer was lost comes first: those before them in the queue would wait for them. */
  *#inTurn(key: string, holders: Holds["holders"]): Iterable<Waiting> {
    const queue = this.#queues.get(key) ?? [];
    if (!this.#unanswered.has(key)) return yield* queue;
    const first = new Set(holders.flatMap((holder) => queue.find(({ run }) => run === holder.run) ?? []));
    yield* first;
    for (const waiting of queue) if (!first.has(waiting)) yield waiting;
  }

  #grant(key: string, waiting: Waiting): void {
    const { run } = waiting;
    if (!this.#queues.get(key)?.includes(waiting)) {
      // It has ended while the place was being taken for it.
      if (!this.#heldBy.get(run)?.has(key)) void this.#leave(key, run);
      return;
    }
    this.#drop(key, waiting);
    this.#heldBy.set(run, (this.#heldBy.get(run) ?? new Set()).add(key));
    waiting.granted();
  }

  async #leave(key: string, run: RunId): Promise<void> {
    const { store, logger } = this.#deps;
    try {
      for (;;) {
        const known = store.known(key);
        const holders = leavePlace(known.holders, run);
        if (!holders || (await store.write({ ...known, holders }))) return;
        await store.refresh();
      }
    } catch (reason) {
      this.#owe(key, run);
      logger.warn({ runId: run, reason: LongarmError.from(reason).message }, "A place could not be given back yet; trying again.");
    }
  }
}

/** Keys may be personal, and may be longer than a subject's token. */
function keyOf(ring: KeyRing, place: WantedPlace): string {
  const text = canonicalJson(["place", place.reason, ...place.of]);
  return Buffer.from(fingerprint(ring, "run-id", bytes.encode(text))).toString("hex");
}
