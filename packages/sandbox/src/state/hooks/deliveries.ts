import { randomUUID } from "node:crypto";
import type { LogEvent } from "../log/log-event.ts";
import type { Org } from "../org.ts";
import type { HookRecord } from "./hook.ts";

/** How the deliveries of a test go wrong on request. */
export interface DeliveryFaults {
  /** Each delivery is sent this many times more, with the same ids. */
  readonly duplicates: number;
  /** Deliveries wait until there are this many, and then leave in reverse order. */
  readonly reverse: number;
}

/** What became of one delivery. */
export interface Delivery {
  readonly eventId: string;
  readonly hook: string;
  readonly eventType: string;
  /** The status of each try; 0: no answer in time. */
  readonly answers: readonly number[];
}

interface Waiting {
  readonly hook: HookRecord;
  readonly event: LogEvent;
  readonly body: string;
  readonly eventId: string;
}

/** How long Okta waits for an answer, and how often it tries. */
const timeoutMs = 3_000;
const tries = 2;
const mostInFlight = 8;
const mostRemembered = 1_000;

/**
 * Sends events to the hooks that want them: ACTIVE and VERIFIED ones only, at least once, in no order that is promised. An answer has
 * 3 s; a timeout or a 5xx is tried once more, a 4xx is not. Hook filters are not evaluated.
 */
export class Deliveries {
  readonly #org: Org;
  readonly #ending = new AbortController();
  readonly #waiting: Waiting[] = [];
  readonly #done: Delivery[] = [];
  #faults: DeliveryFaults = { duplicates: 0, reverse: 0 };
  #inFlight = 0;

  constructor(org: Org) {
    this.#org = org;
    org.log.onEvent((event) => this.#take(event));
  }

  /** The last ones, oldest first. */
  done(): readonly Delivery[] {
    return this.#done;
  }

  setFaults(faults: DeliveryFaults): void {
    this.#faults = faults;
    this.#pump();
  }

  /** Ends what is on its way; nothing is sent any more. */
  close(): void {
    this.#waiting.length = 0;
    this.#ending.abort();
  }

  #take(event: LogEvent): void {
    const hooks = this.#org.hooks
      .all()
      .filter(
        ({ status, verificationStatus, events }) =>
          status === "ACTIVE" && verificationStatus === "VERIFIED" && events.includes(event.eventType),
      );
    for (const hook of hooks) {
      const eventId = randomUUID();
      const delivery = { hook, event, eventId, body: this.#bodyOf(hook, { event, eventId }) };
      for (let copy = 0; copy <= this.#faults.duplicates; copy += 1) this.#waiting.push(delivery);
    }
    if (hooks.length > 0) this.#pump();
  }

  #bodyOf({ id }: HookRecord, { event, eventId }: { readonly event: LogEvent; readonly eventId: string }): string {
    return JSON.stringify({
      eventType: "com.okta.event_hook",
      eventTypeVersion: "1.0",
      cloudEventsVersion: "0.1",
      source: `https://sandbox.okta.example/api/v1/eventHooks/${id}`,
      eventId,
      data: { events: [event] },
      eventTime: this.#org.now(),
      contentType: "application/json",
    });
  }

  #pump(): void {
    const { reverse } = this.#faults;
    if (reverse > 0) {
      if (this.#waiting.length < reverse) return;
      this.#waiting.reverse();
    }
    while (this.#inFlight < mostInFlight && !this.#ending.signal.aborted) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#inFlight += 1;
      void this.#deliver(next).finally(() => {
        this.#inFlight -= 1;
        if (this.#faults.reverse === 0) this.#pump();
      });
    }
  }

  async #deliver(delivery: Waiting): Promise<void> {
    const answers: number[] = [];
    while (answers.length < tries && !this.#ending.signal.aborted) {
      const status = await this.#post(delivery);
      answers.push(status);
      if (status !== 0 && status < 500) break;
    }
    const { eventId, hook, event } = delivery;
    this.#done.push({ eventId, hook: hook.id, eventType: event.eventType, answers });
    if (this.#done.length > mostRemembered) this.#done.shift();
  }

  async #post({ hook, body }: Waiting): Promise<number> {
    const headers = new Headers({ "content-type": "application/json" });
    for (const { key, value } of hook.channel.headers) headers.set(key, value);
    if (hook.channel.authScheme) headers.set(hook.channel.authScheme.key, hook.channel.authScheme.value);
    try {
      const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(timeoutMs)]);
      const response = await fetch(hook.channel.uri, { method: "POST", headers, body, redirect: "manual", signal });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }
}
