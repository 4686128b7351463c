import { LongarmError, type Clock, type StoredEvent } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { EventFeed } from "../../ports/event-feed.ts";
import type { AwaitedEvent, EventWaits } from "../../ports/event-waits.ts";
import { abortReason } from "../wait/abort-reason.ts";

import { patiently } from "../wait/patiently.ts";
import { type Waiter, WaitIndex } from "./wait-index.ts";

interface Deps {
  readonly feed: EventFeed;
  readonly clock: Clock;
  readonly logger: Logger;
}

const againAfterMs = 500;
// Without a reason of one's own each abort makes an error with a stack trace.
const enough = new Error("Nobody waits any more.");

/**
 * Every wait of this controller over one reading of the events:
 *
 *   asked ──▶ behind ──▶ read up to the end ──▶ live ──▶ given the first event that is wished
 *               ▲   └──▶ given one that was there     │
 *               └───────── its time has passed ◀──────┘   then what is read up to the end decides: an event, or null
 *
 * Those behind are read for together, from the one that is farthest behind; the live ones share one follower, which stands for as long as
 * there are any. Nothing falls between the two: a wait becomes live in the turn in which it is seen to have read as far as the follower has.
 */
export class IndexedEventWaits implements EventWaits {
  readonly #deps: Deps;
  #behind = new WaitIndex();
  #reading = new WaitIndex();
  readonly #live = new WaitIndex();
  #isReading = false;
  #asking: Promise<number> | undefined;
  #askingNext: Promise<number> | undefined;
  #follower: { position: number; readonly stopping: AbortController } | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  begin(signal: AbortSignal): Promise<number> {
    return patiently({ clock: this.#deps.clock, signal }, () => this.#place());
  }

  /** One question for all who ask while one is under way: that one may have been answered too early for them. */
  #place(): Promise<number> {
    if (!this.#asking) return this.#ask();
    this.#askingNext ??= this.#asking.catch(() => 0).then(() => this.#ask());
    return this.#askingNext;
  }

  #ask(): Promise<number> {
    this.#askingNext = undefined;
    const asking = this.#deps.feed.position().finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#asking = asking;
    return asking;
  }

  async first({ afterSequence: after, ...awaited }: AwaitedEvent, signal: AbortSignal): Promise<StoredEvent | null> {
    if (signal.aborted) throw abortReason(signal);
    const { promise, resolve, reject } = Promise.withResolvers<StoredEvent | null>();
    const leftMs = (awaited.untilMs ?? Number.POSITIVE_INFINITY) - this.#deps.clock.nowMs();
    const waiter: Waiter = { ...awaited, after, isOverdue: leftMs <= 0, settle: resolve };
    const onAbort = (): void => reject(abortReason(signal));
    const ended = new AbortController();
    signal.addEventListener("abort", onAbort, { once: true });
    if (leftMs > 0 && Number.isFinite(leftMs)) this.#watchTime(waiter, leftMs, ended.signal);
    this.#fallBehind(waiter);
    try {
      return await promise;
    } finally {
      ended.abort(enough);
      signal.removeEventListener("abort", onAbort);
      for (const index of [this.#behind, this.#reading]) index.delete(waiter);
      this.#leaveLive(waiter);
    }
  }

  #watchTime(waiter: Waiter, leftMs: number, ended: AbortSignal): void {
    const onTime = (): void => {
      waiter.isOverdue = true;
      this.#fallBehind(waiter);
    };
    this.#deps.clock.sleep(leftMs, ended).then(onTime, () => undefined);
  }

  #fallBehind(waiter: Waiter): void {
    const position = this.#follower?.position ?? 0;
    if (this.#leaveLive(waiter)) waiter.after = Math.max(waiter.after, position);
    this.#behind.add(waiter);
    if (!this.#isReading) void this.#catchUp();
  }

  #leaveLive(waiter: Waiter): boolean {
    const wasLive = this.#live.delete(waiter);
    if (wasLive && this.#live.size === 0) this.#stopFollowing();
    return wasLive;
  }

  async #catchUp(): Promise<void> {
    const { clock, logger } = this.#deps;
    this.#isReading = true;
    // Those who ask in the same turn are read for together.
    await Promise.resolve();
    while (this.#behind.size > 0) {
      try {
        await this.#readOnce();
      } catch (reason) {
        logger.warn({ reason: LongarmError.from(reason).message }, "Events could not be read for those who wait; trying again.");
        await clock.sleep(againAfterMs).catch(() => undefined);
      }
    }
    this.#isReading = false;
  }

  /** Reads for all that are behind by now; those who come meanwhile are next. What was read counts, also where the rest could not be. */
  async #readOnce(): Promise<void> {
    const { feed } = this.#deps;
    const reading = this.#behind;
    [this.#reading, this.#behind] = [reading, new WaitIndex()];
    let cursor = 0;
    try {
      const overdue = new Set(reading.all().filter(({ isOverdue }) => isOverdue));
      const end = await feed.position();
      // A store that was made anew gives out its places once more.
      for (const waiter of reading.all()) waiter.after = Math.min(waiter.after, end);
      if (reading.size === 0) return;
      cursor = Math.min(...reading.all().map(({ after }) => after));
      for await (const events of feed.read(cursor)) {
        for (const fed of events) reading.offer(fed);
        cursor = Math.max(cursor, events.at(-1)?.sequence ?? 0);
        if (reading.size === 0) return;
      }
      cursor = Math.max(cursor, end);
      for (const waiter of reading.all()) {
        reading.delete(waiter);
        waiter.after = Math.max(waiter.after, cursor);
        if (overdue.has(waiter)) waiter.settle(null);
        else this.#goLive(waiter);
      }
    } finally {
      for (const waiter of reading.all()) {
        waiter.after = Math.max(waiter.after, cursor);
        this.#behind.add(waiter);
      }
    }
  }

  /** Unless the follower is already farther: then it is read on for. */
  #goLive(waiter: Waiter): void {
    if (waiter.isOverdue || (this.#follower && this.#follower.position > waiter.after)) return this.#behind.add(waiter);
    this.#live.add(waiter);
    if (!this.#follower) void this.#follow(waiter.after);
  }

  async #follow(from: number): Promise<void> {
    const { feed, clock, logger } = this.#deps;
    const follower = { position: from, stopping: new AbortController() };
    this.#follower = follower;
    const { signal } = follower.stopping;
    while (!signal.aborted) {
      try {
        for await (const events of feed.follow(follower.position, signal)) {
          if (signal.aborted) break;
          for (const fed of events) {
            this.#live.offer(fed);
            follower.position = fed.sequence;
          }
          if (this.#live.size === 0) this.#stopFollowing();
        }
      } catch (reason) {
        logger.warn({ reason: LongarmError.from(reason).message }, "Events could not be followed; trying again.");
      }
      if (!signal.aborted) await clock.sleep(againAfterMs, signal).catch(() => undefined);
    }
  }

  #stopFollowing(): void {
    this.#follower?.stopping.abort(enough);
    this.#follower = undefined;
  }
}
