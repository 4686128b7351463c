import { type Clock, type ControllerId, type HookState, LongarmError, type OpenLook } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { claimLook, endLook, type LookEnd, renewLook } from "../decide/hooks/look.ts";
import { changeHookState } from "../hooks/change-state.ts";
import type { HookTally } from "../hooks/hook-tally.ts";
import type { Webhook, Webhooks } from "../ports/webhook-store.ts";

/** What the reconciler stands on. */
export interface ReconcilerDeps {
  readonly webhooks: Webhooks;
  /** Carries a look to its end. Throws the signal's reason. */
  readonly look: (at: { readonly hook: Webhook; readonly look: OpenLook }, signal: AbortSignal) => Promise<LookEnd>;
  readonly tally: Pick<HookTally, "add">;
  readonly controllerId: ControllerId;
  readonly clock: Clock;
  readonly logger: Logger;
}

const lookMs = 1_000;
const renewEveryMs = 5_000;

/**
 * Finds events of hooks that never came. Every controller tries, none is special: whose write of the hook's state is the first to follow the
 * one before carries the look. Resolves when the signal is aborted and nothing is under way any more; what was is given up to others.
 */
export async function reconcileHooks(deps: ReconcilerDeps, signal: AbortSignal): Promise<void> {
  const { webhooks, clock, logger } = deps;
  const busy = new Map<string, Promise<void>>();
  while (!signal.aborted) {
    try {
      const states = new Map((await webhooks.states.list()).map(({ value }) => [value.connection, value]));
      for (const { value: hook } of await webhooks.definitions.list()) {
        const state = states.get(hook.name);
        if (busy.has(hook.name) || !state || !claimed(deps, hook, state)) continue;
        busy.set(
          hook.name,
          new HookLook(deps, hook).carry(signal).finally(() => busy.delete(hook.name)),
        );
      }
    } catch (reason) {
      logger.warn({ reason: LongarmError.from(reason).message }, "Hooks could not be read; trying again.");
    }
    await clock.sleep(lookMs, signal).catch(() => undefined);
  }
  await Promise.all(busy.values());
}

function claimed({ controllerId, clock }: ReconcilerDeps, hook: Webhook, state: HookState): HookState | undefined {
  const { reconcileEveryMs: everyMs, madeAtMs } = hook;
  return claimLook({ everyMs, madeAtMs }, state, { by: controllerId, nowMs: clock.nowMs() });
}

/** One look at one hook by this controller. */
class HookLook {
  readonly #deps: ReconcilerDeps;
  readonly #hook: Webhook;

  constructor(deps: ReconcilerDeps, hook: Webhook) {
    this.#deps = deps;
    this.#hook = hook;
  }

  async carry(stopping: AbortSignal): Promise<void> {
    const { logger } = this.#deps;
    const done = new AbortController();
    try {
      const look = await this.#claim();
      if (!look) return;
      const lost = new AbortController();
      const renewing = this.#renew(look, { done: done.signal, lost });
      try {
        await this.#look(look, AbortSignal.any([stopping, lost.signal]));
      } finally {
        done.abort(ended);
        await renewing;
        if (stopping.aborted) await this.#change((state) => renewLook(state, look, { ...this.#now(), nowMs: 0 }));
      }
    } catch (reason) {
      if (stopping.aborted) return;
      logger.warn({ connection: this.#hook.name, reason: LongarmError.from(reason).message }, "A look for events that never came failed.");
    }
  }

  async #look(look: OpenLook, signal: AbortSignal): Promise<void> {
    const { tally, logger } = this.#deps;
    const { name } = this.#hook;
    const end = await this.#deps.look({ hook: this.#hook, look }, signal);
    const { sinceMs, untilMs } = look;
    if ("problem" in end)
      logger.warn({ connection: name, sinceMs, untilMs, reason: end.problem }, "The org's log could not be read; trying again later.");
    else if (end.missed > 0)
      logger.warn(
        { connection: name, missed: end.missed, sinceMs, untilMs },
        "Events of a hook never came, and were found in the org's log.",
      );
    let isOurs = false;
    await this.#change((state) => {
      const next = endLook(state, look, { ...this.#now(), end });
      isOurs = next !== undefined;
      return next;
    });
    // Not before its end is written: whoever goes on with it finds the same ones.
    if (isOurs && "missed" in end && end.missed > 0) tally.add(name, { counts: { missed: end.missed } });
  }

  /** Undefined: another controller was quicker. */
  async #claim(): Promise<OpenLook | undefined> {
    let look: OpenLook | undefined;
    await this.#change((state) => {
      const next = claimed(this.#deps, this.#hook, state);
      look = next?.open ?? undefined;
      return next;
    });
    return look;
  }

  async #renew(look: OpenLook, { done, lost }: { readonly done: AbortSignal; readonly lost: AbortController }): Promise<void> {
    while (!done.aborted) {
      await this.#deps.clock.sleep(renewEveryMs, done).catch(() => undefined);
      if (done.aborted) return;
      let isOurs = false;
      await this.#change((state) => {
        const next = renewLook(state, look, this.#now());
        isOurs = next !== undefined;
        return next;
      }).catch(() => (isOurs = true));
      if (!isOurs) return lost.abort(new LongarmError("overtaken", "Another controller goes on with this look."));
    }
  }

  #now(): { readonly by: string; readonly nowMs: number } {
    return { by: this.#deps.controllerId, nowMs: this.#deps.clock.nowMs() };
  }

  async #change(by: (state: HookState) => HookState | undefined): Promise<void> {
    await changeHookState(this.#deps.webhooks.states, this.#hook.name, by);
  }
}

// Without a reason of one's own each abort makes an error with a stack trace.
const ended = new Error("The look has ended.");
