import { type Clock, isFinished, LongarmError, type RunId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { budgetTermsOf } from "../decide/budget/terms.ts";
import type { AgentView } from "../ports/agent-directory.ts";
import type { Budgets } from "../ports/budgets.ts";
import type { ConnectionStore } from "../ports/connection-store.ts";
import type { LiveGuest, RunRows } from "../ports/live.ts";
import type { Webhooks } from "../ports/webhook-store.ts";
import type { RunService } from "../ports/run-service.ts";
import { agentEvent, budgetEvent, hookEvent, type LiveEvent, progressEvent, runEvent } from "./live-events.ts";

/** Where what happens is looked up. */
export interface LiveSources {
  readonly rows: RunRows;
  readonly runs: Pick<RunService, "get">;
  readonly agents: { list(): readonly AgentView[] };
  readonly connections: Pick<ConnectionStore, "list">;
  readonly budgets: Pick<Budgets, "view">;
  readonly hooks: Pick<Webhooks["states"], "list">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A listener and the way to it. */
export interface Seat {
  readonly guest: LiveGuest;
  send(text: string): void;
}

// What changes more often than that is told once, as it then is.
const tellEveryMs = 250;
// Every so many turns, what is not told of but looked at: agents, budgets, hooks, progress.
const lookEveryTurns = 4;
// So many rows are read without holding up what else the process does.
const mostRowsATurn = 2_000;
// A listener learns that there was more, and lists anew.
const mostRemembered = 20_000;

/** Tells listeners what has changed: each run, agent and budget as it is, at most once in a while. Does nothing while nobody listens. */
export class LiveFeed {
  readonly #sources: LiveSources;
  readonly #seats = new Set<Seat>();
  readonly #changed = new Set<RunId>();
  readonly #told = new Map<string, string>();
  #isGap = false;
  #isTelling = false;

  constructor(sources: LiveSources) {
    this.#sources = sources;
  }

  get size(): number {
    return this.#seats.size;
  }

  /** From now on the listener is told; what there is of agents and budgets is told at once. */
  join(seat: Seat): void {
    this.#seats.add(seat);
    // Everybody hears it once more; who comes first must not be the only one to know.
    this.#told.clear();
    if (!this.#isTelling) void this.#tell();
  }

  leave(seat: Seat): void {
    this.#seats.delete(seat);
  }

  /** By whoever sees that something of a run was written. */
  changed(run: RunId): void {
    if (this.#seats.size === 0) return;
    if (this.#changed.size < mostRemembered) this.#changed.add(run);
    else this.#isGap = true;
  }

  async #tell(): Promise<void> {
    const { clock, logger } = this.#sources;
    this.#isTelling = true;
    for (let turn = 0; this.#seats.size > 0; turn += 1) {
      try {
        this.#tellRuns();
        if (turn % lookEveryTurns === 0) await this.#look();
      } catch (reason) {
        logger.warn({ reason: LongarmError.from(reason).message }, "Listeners could not be told of everything; trying again.");
      }
      await clock.sleep(tellEveryMs);
    }
    this.#changed.clear();
    this.#isTelling = false;
  }

  #tellRuns(): void {
    if (this.#isGap) for (const { send } of this.#seats) send(gap);
    this.#isGap = false;
    const ids = [...this.#changed].slice(0, mostRowsATurn);
    for (const id of ids) this.#changed.delete(id);
    for (const row of this.#sources.rows.find(ids)) this.#send(runEvent(row));
  }

  async #look(): Promise<void> {
    for (const agent of this.#sources.agents.list()) this.#sendIfNew(`agent ${agent.id}`, agentEvent(agent));
    if (this.#isWanted("budget")) await this.#lookAtBudgets();
    if (this.#isWanted("hook")) await this.#lookAtHooks();
    if (this.#isWanted("progress")) await this.#lookAtProgress();
  }

  async #lookAtBudgets(): Promise<void> {
    const { connections, budgets } = this.#sources;
    for (const { value } of await connections.list()) {
      const { name, baseUrl, budget } = value;
      this.#sendIfNew(`budget ${name}`, budgetEvent(name, budgets.view({ baseUrl, terms: budgetTermsOf(budget) })));
    }
  }

  async #lookAtHooks(): Promise<void> {
    for (const { value } of await this.#sources.hooks.list()) this.#sendIfNew(`hook ${value.connection}`, hookEvent(value));
  }

  async #lookAtProgress(): Promise<void> {
    const followed = new Set([...this.#seats].flatMap(({ guest }) => (guest.kinds.has("progress") ? [...guest.runs] : [])));
    const rows = this.#sources.rows.find([...followed]);
    for (const { id, status } of rows) {
      const isOver = isFinished(status);
      // The last word on a run that has ended is told once.
      if (isOver && this.#told.has(`ended ${id}`)) continue;
      if (isOver) this.#told.set(`ended ${id}`, "");
      this.#sendIfNew(`progress ${id}`, progressEvent(await this.#sources.runs.get(id)));
    }
  }

  #isWanted(kind: "budget" | "hook" | "progress"): boolean {
    return [...this.#seats].some(({ guest }) => guest.kinds.has(kind));
  }

  #sendIfNew(key: string, event: LiveEvent): void {
    const text = JSON.stringify(event.body);
    if (this.#told.get(key) === text) return;
    this.#told.set(key, text);
    this.#send(event, text);
  }

  #send({ subject, body }: LiveEvent, text = JSON.stringify(body)): void {
    for (const { guest, send } of this.#seats) if (guest.hears(subject)) send(text);
  }
}

/** Something was left out: whoever hears it lists anew. */
export const gap = JSON.stringify({ kind: "gap" });
