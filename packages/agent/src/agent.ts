import { type AgentId, type Clock, field, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { CallDesk } from "./call/call-desk.ts";
import type { ChangeDesk } from "./call/change-desk.ts";
import type { ClockReader } from "./enrol/clock-reader.ts";
import type { Enrolment } from "./enrol/enrolment.ts";
import type { RightsKeeper } from "./enrol/rights-keeper.ts";
import type { FieldLink } from "./link.ts";
import type { Journal } from "./journal/journal.ts";
import type { PolicyFile } from "./policy/policy-file.ts";
import type { Beats } from "./presence/beats.ts";

/** The parts of an agent. */
export interface AgentDeps {
  readonly id: AgentId;
  readonly link: FieldLink;
  readonly desk: CallDesk;
  readonly changes: ChangeDesk;
  readonly journal: Pick<Journal, "tidy">;
  readonly policy: Pick<PolicyFile, "watch">;
  readonly clocks: ClockReader;
  readonly enrolment: Enrolment;
  readonly beats: Beats;
  readonly rights: Pick<RightsKeeper, "run" | "takeRenewal">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly drainMs: number;
}

// Bodies that were delivered are off the disk within this time.
const tidyEveryMs = 600_000;

// What was aborted is over at once; this is for a disk that takes its time.
const abandonedMs = 1_000;

/*
 * enrolling ──▶ up ──▶ draining ──▶ left
 *     │          │          └───────▶ left at once, when aborted
 *     └──────────┴──────────────────▶ shut out, when revoked or refused
 */

/** Takes an agent from its first asking to its last beat. */
export class Agent {
  readonly #deps: AgentDeps;
  readonly #revocation = Promise.withResolvers<void>();

  constructor(deps: AgentDeps) {
    this.#deps = deps;
  }

  /** Resolves when the agent has left after `drain`; rejects when it may not enrol. `abort` cuts a drain short. */
  async run(signals: { readonly drain: AbortSignal; readonly abort: AbortSignal; readonly onReady: () => void }): Promise<void> {
    const { desk, enrolment, beats, logger } = this.#deps;
    this.#listen();
    const stop = new AbortController();
    try {
      await enrolment.enrolled(signals.drain);
      void beats.run(stop.signal);
      void desk.sweep(stop.signal);
      void this.#deps.clocks.run(stop.signal);
      void this.#deps.policy.watch(stop.signal);
      void this.#tidy(stop.signal);
      signals.onReady();
      await Promise.race([aborted(signals.drain), this.#deps.rights.run(stop.signal), this.#shutOut()]);
      await this.#drain(signals.abort);
    } catch (reason) {
      if (!signals.drain.aborted) throw reason;
      logger.info({}, "stopped before it was enrolled");
    } finally {
      stop.abort();
    }
  }

  #listen(): void {
    const { link, id, desk, changes, clocks, enrolment, rights } = this.#deps;
    const ways: Record<string, (payload: Uint8Array) => void> = {
      [field.call(id)]: (payload) => desk.takeCall(payload),
      [field.callControl(id)]: (payload) => desk.takeControl(payload),
      [field.ask(id)]: (payload) => changes.takeAsk(payload),
      [field.delivered(id)]: (payload) => changes.takeDelivered(payload),
      [field.clockTold(id)]: (payload) => clocks.takeTold(payload),
      [field.jwt(id)]: (payload) => rights.takeRenewal(payload),
      [field.keys(id)]: (payload) => enrolment.takeKeys(payload),
      [field.enrolled(id)]: (payload) => enrolment.takeAnswer(payload),
      [field.desired(id)]: (payload) => {
        if (enrolment.takeDesired(payload) === "revoked") this.#revoked();
      },
    };
    link.subscribe(field.allOfAgent(id), ({ subject, payload }) => {
      try {
        ways[subject]?.(payload);
      } catch (reason) {
        const { code, message } = LongarmError.from(reason);
        this.#deps.logger.warn({ subject, code, reason: message }, "a message was dropped");
      }
    });
  }

  async #tidy(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#deps.journal.tidy();
      await this.#deps.clock.sleep(tidyEveryMs, signal).catch(() => undefined);
    }
  }

  #revoked(): void {
    this.#deps.logger.error({ openCalls: this.#deps.desk.openCalls }, "this agent was revoked: open calls are ended and no more are taken");
    this.#deps.desk.abandon("revoked");
    this.#revocation.resolve();
  }

  /** Rejects once the installation has said that this agent is revoked, and what was open is in the journal. */
  async #shutOut(): Promise<never> {
    const { desk, clock } = this.#deps;
    await this.#revocation.promise;
    await Promise.race([desk.idle(), clock.sleep(abandonedMs)]);
    throw new LongarmError("enrolment_refused", "This agent was revoked: it is let in no more. Its data directory can be removed.");
  }

  async #drain(abort: AbortSignal): Promise<void> {
    const { desk, beats, link, clock, drainMs, logger } = this.#deps;
    logger.info({ openCalls: desk.openCalls }, "draining: no new calls, open ones are finished");
    beats.become("draining");
    const late = new AbortController();
    const bound = clock.sleep(drainMs, late.signal).catch(() => undefined);
    await Promise.race([desk.idle(), bound, aborted(abort)]);
    late.abort();
    if (desk.openCalls > 0) logger.warn({ openCalls: desk.openCalls }, "leaving with calls open");
    desk.abandon("agent_leaving");
    // How they ended is to be in the journal before that is closed.
    await Promise.race([desk.idle(), clock.sleep(abandonedMs)]);
    beats.become("leaving");
    await Promise.race([link.flush(), clock.sleep(2_000)]).catch(() => undefined);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
