import { type Clock, type ControllerId, eachAlone, type ErrorBody, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { RestExecutor } from "@longarm/shared/rest";
import { decodeControl, encodeFrame } from "@longarm/shared/wire";
import { admit, type Situation } from "../decide/admit.ts";
import { carryPages } from "./carry-pages.ts";
import type { SiteGate } from "../policy/site-gate.ts";
import { carryResponse } from "./carry-response.ts";
import type { CallSeal, OpenedCall } from "./call-seal.ts";
import type { ChangeDesk } from "./change-desk.ts";
import { OpenCall } from "./open-call.ts";

/** What the desk needs. */
export interface CallDeskDeps {
  readonly executor: RestExecutor;
  /** Where calls go that change something. */
  readonly changes: ChangeDesk;
  /** The site's word on what may leave. */
  readonly site: Pick<SiteGate, "check" | "gateFor">;
  /** Only what comes through it is acted on. */
  readonly seal: CallSeal;
  readonly slots: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Sends a frame to a controller. */
  readonly publish: (controller: ControllerId, frame: Uint8Array) => void;
  /** What is known about the agent and this controller, but for what the desk itself knows. */
  readonly situation: (controller: ControllerId) => Omit<Situation, "freeSlots" | "change">;
  /** Told of a controller whose call came after it might last begin, by the clock that it is taken to have. */
  readonly onLate: (controller: ControllerId) => void;
}

const mistimed: ReadonlySet<unknown> = new Set(["too_late", "too_far_ahead"]);
// An answer that takes longer is preceded by a word that the call has arrived.
const sweepMs = 250;
/** A controller speaks of a waiting call every 10 s; silence for this long means that it is gone. */
export const controllerSilenceMs = 45_000;

/** Takes calls in, carries them side by side, each in a slot, and sends their frames. */
export class CallDesk {
  readonly #deps: CallDeskDeps;
  readonly #open = new Map<string, OpenCall>();
  readonly #fresh = new Set<OpenCall>();
  #onIdle: (() => void)[] = [];
  #words = 0;

  constructor(deps: CallDeskDeps) {
    this.#deps = deps;
  }

  get openCalls(): number {
    return this.#open.size;
  }

  get freeSlots(): number {
    return Math.max(0, this.#deps.slots - this.#open.size);
  }

  /** A message on `agent.<id>.call`. */
  takeCall(message: Uint8Array): void {
    const opened = this.#read(() => this.#deps.seal.openCall(message));
    if (opened) this.#take(opened);
  }

  #take(opened: OpenedCall): void {
    const { call } = opened;
    const { callId, attempt, effect } = call.work.request;
    // Delivered twice: a refusal of the second would be taken for the end of the first.
    const open = this.#open.get(keyOf(call))?.call.work.request;
    if (open?.callId === callId && open.attempt === attempt) return opened.end();
    const changes = effect === "read" ? undefined : this.#deps.changes;
    const situation = { ...this.#deps.situation(call.controllerId), freeSlots: this.freeSlots };
    const admission = admit(call, changes ? { ...situation, change: changes.situation(call) } : situation);
    if (admission.kind === "refused") {
      changes?.refused(call, admission.error);
      return this.#refuse(opened, admission.error);
    }
    const { request } = call.work;
    const denial = this.#deps.site.check({ ...request, bodyBytes: call.bodyBytes });
    if (denial) {
      changes?.refused(call, denial.toBody());
      return this.#refuse(opened, denial.toBody());
    }
    changes?.admitted(call);
    void this.#carry(opened, changes);
  }

  /** A message on `agent.<id>.control`. One about a call that has ended is of no interest. */
  takeControl(message: Uint8Array): void {
    const control = this.#read(() => {
      const said = this.#deps.seal.openControl(message);
      return said && decodeControl(said);
    });
    if (!control) return;
    const call = this.#open.get(keyOf(control));
    if (call?.call.work.request.callId === control.callId) call.control(control.part, this.#deps.clock.monotonicMs());
  }

  /** Tells controllers of calls that take their time, and ends those whose controller is gone; until the signal is aborted. */
  async sweep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#deps.clock.sleep(sweepMs, signal).catch(() => undefined);
      if (!signal.aborted) this.sweepOnce();
    }
  }

  /** One round of `sweep`. */
  sweepOnce(): void {
    const { clock, logger } = this.#deps;
    const before = [...this.#fresh];
    this.#fresh.clear();
    const nowMs = clock.monotonicMs();
    eachAlone(before, logger, (call) => call.sender.hasSpoken || call.sender.send({ kind: "accepted" }));
    eachAlone(this.#open.values(), logger, (call) => {
      this.#fresh.add(call);
      if (call.silentMs(nowMs) > controllerSilenceMs) call.cancel("controller_silent");
    });
  }

  /** Resolves once no call is open. */
  idle(): Promise<void> {
    return this.#open.size + this.#words === 0 ? Promise.resolve() : new Promise((resolve) => this.#onIdle.push(resolve));
  }

  /** Ends every open call at once. */
  abandon(code: string): void {
    for (const call of this.#open.values()) call.abandon(code);
  }

  async #carry(opened: OpenedCall, changes: ChangeDesk | undefined): Promise<void> {
    const { call } = opened;
    const key = keyOf(call);
    const publish = this.#publisher(opened);
    const open = new OpenCall(call, { publish, monotonicMs: this.#deps.clock.monotonicMs() });
    this.#open.set(key, open);
    const { executor, site } = this.#deps;
    const gate = site.gateFor(call.work.request.effect);
    await open.carry((work, exchange) => {
      if (changes) return changes.carry(call, { ...work.request, gate }, exchange);
      if (work.kind === "pages") return carryPages(executor, { ...work.request, gate }, exchange);
      return carryResponse(executor, { ...work.request, gate }, exchange);
    });
    changes?.left(call);
    opened.end();
    this.#open.delete(key);
    this.#fresh.delete(open);
    this.#restIfIdle();
  }

  #publisher({ call: { controllerId }, sealFrame }: OpenedCall): (frame: Uint8Array, isClosing: boolean) => void {
    const publish = (sealed: Uint8Array): void => this.#deps.publish(controllerId, sealed);
    return (frame, isClosing) => {
      const sealed = sealFrame(frame, isClosing);
      if (sealed instanceof Promise) this.#leaving(sealed.then(publish));
      else publish(sealed);
    };
  }

  /** A last word that is still to be signed keeps the desk from being idle. */
  #leaving(word: Promise<void>): void {
    this.#words += 1;
    void word.finally(() => {
      this.#words -= 1;
      this.#restIfIdle();
    });
  }

  #restIfIdle(): void {
    if (this.#open.size > 0 || this.#words > 0) return;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #refuse(opened: OpenedCall, error: ErrorBody): void {
    const { call } = opened;
    const { callId } = call.work.request;
    this.#deps.logger.warn({ callId, code: error.code, ...error.details }, "a call was refused");
    if (mistimed.has(error.details?.["reason"])) this.#deps.onLate(call.controllerId);
    this.#publisher(opened)(encodeFrame({ channel: call.channel, callId, seq: 0, part: { kind: "refused", error } }), true);
    opened.end();
  }

  #read<T>(read: () => T | undefined): T | undefined {
    try {
      return read();
    } catch (reason) {
      this.#deps.logger.warn({ code: LongarmError.from(reason).code, reason: LongarmError.from(reason).message }, "a message was dropped");
      return undefined;
    }
  }
}

function keyOf({ controllerId, channel }: { readonly controllerId: ControllerId; readonly channel: number }): string {
  return `${controllerId}/${channel}`;
}
