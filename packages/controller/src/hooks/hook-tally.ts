import { type Clock, type HookCounts, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { addNews, type HookNews } from "../decide/hooks/state.ts";
import type { HookMeter } from "../ports/hook-door.ts";
import type { Webhooks } from "../ports/webhook-store.ts";
import { changeHookState } from "./change-state.ts";

interface Deps {
  readonly states: Webhooks["states"];
  readonly meter: HookMeter;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told when what is stored of a hook has changed. */
  readonly onChanged?: (connection: string) => void;
}

// A flood must not become a flood of writes.
const writeEveryMs = 1_000;

/** Counts in memory what happens at hooks, and adds it to their states now and then. What was counted in the last second dies with the process. */
export class HookTally {
  readonly #deps: Deps;
  readonly #news = new Map<string, HookNews>();
  readonly #closing = new AbortController();
  #writing: Promise<void> | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  add(connection: string, news: HookNews): void {
    this.#deps.meter.count(connection, news.counts);
    this.#keep(connection, news);
    this.#writing ??= this.#writeSoon();
  }

  /** Writes down what is counted, and ends. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#writing;
  }

  #keep(connection: string, news: HookNews): void {
    const before = this.#news.get(connection);
    this.#news.set(connection, before ? { ...before, ...news, counts: sum(before.counts, news.counts) } : news);
  }

  async #writeSoon(): Promise<void> {
    await this.#deps.clock.sleep(writeEveryMs, this.#closing.signal).catch(() => undefined);
    this.#writing = undefined;
    const all = [...this.#news];
    this.#news.clear();
    await Promise.all(all.map(([connection, news]) => this.#write(connection, news)));
  }

  async #write(connection: string, news: HookNews): Promise<void> {
    const { states, logger, onChanged } = this.#deps;
    try {
      await changeHookState(states, connection, (state) => addNews(state, news));
      onChanged?.(connection);
    } catch (reason) {
      logger.warn(
        { connection, reason: LongarmError.from(reason).message },
        "What was counted at a hook could not be stored; trying again.",
      );
      this.#keep(connection, news);
      if (!this.#closing.signal.aborted) this.#writing ??= this.#writeSoon();
    }
  }
}

function sum(one: Partial<HookCounts>, other: Partial<HookCounts>): Partial<HookCounts> {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as ReadonlySet<keyof HookCounts>;
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
