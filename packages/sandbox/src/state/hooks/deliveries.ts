import { randomUUID } from "node:crypto";
import type { LogEvent } from "../log/log-event.ts";
import type { Org } from "../org.ts";
import type { HookRecord } from "./hook.ts";

/** How the deliveries of a test go wrong on request. */
export interface DeliveryFaults {
  /** Each delivery is sent this many times more, with the same ids. */
  readonly duplicates: number;
  /** Deliveries wait until there are this many, and then leave one after the other, the last first. */
  readonly reverse: number;
  /** So many deliveries from now on are lost: never sent. */
  readonly drop: number;
}

/** What became of one delivery. */
export interface Delivery {
  readonly eventId: string;
  readonly hook: string;
  /** The types of its events, in their order. */
  readonly eventTypes: readonly string[];
  /** The status of each try; 0: no answer in time. None: it was lost. */
  readonly answers: readonly number[];
}

interface Waiting {
  readonly hook: HookRecord;
  readonly eventTypes: readonly string[];
  readonly body: string;
  readonly eventId: string;
}

/** How long Okta waits for an answer, and how often it tries. */
const timeoutMs = 3_000;
const tries = 2;
const mostInFlight = 8;
const mostRemembered = 1_000;
/** How many events go into one delivery is assumed: Okta says no more than that there may be several. */
const mostTogether = 100;

function isWanted({ status, verificationStatus, events, filters }: HookRecord, event: LogEvent): boolean {
  if (status !== "ACTIVE" || verificationStatus !== "VERIFIED" || !events.includes(event.eventType)) return false;
  return (filters ?? []).every((filter) => filter.event !== event.eventType || filter.test(event));
}

function* inParts(events: readonly LogEvent[]): Generator<readonly LogEvent[]> {
  for (let at = 0; at < events.length; at += mostTogether) yield events.slice(at, at + mostTogether);
}

/**
 * Sends events to the hooks that want them: ACTIVE and VERIFIED ones whose filter lets them through, at least once, in no order that is
 * promised, those together that one request brought about. An answer has 3 s; a timeout or a 5xx is tried once more, a 4xx is not.
 */
export class Deliveries {
  readonly #org: Org;
  readonly #ending = new AbortController();
  readonly #done: Delivery[] = [];
  #waiting: Waiting[] = [];
  #faults: DeliveryFaults = { duplicates: 0, reverse: 0, drop: 0 };
  #inFlight = 0;

  constructor(org: Org) {
    this.#org = org;
    org.log.onEvents((events) => this.#take(events));
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
    this.#waiting = [];
    this.#ending.abort();
  }

  #take(events: readonly LogEvent[]): void {
    for (const hook of this.#org.hooks.all()) {
      for (const part of inParts(events.filter((event) => isWanted(hook, event)))) this.#enqueue(hook, part);
    }
    this.#pump();
  }

  #enqueue(hook: HookRecord, events: readonly LogEvent[]): void {
    const eventId = randomUUID();
    const eventTypes = events.map(({ eventType }) => eventType);
    if (this.#faults.drop > 0) {
      this.#faults = { ...this.#faults, drop: this.#faults.drop - 1 };
      return this.#note({ eventId, hook: hook.id, eventTypes, answers: [] });
    }
    const delivery = { hook, eventTypes, eventId, body: this.#bodyOf(hook, { events, eventId }) };
    for (let copy = 0; copy <= this.#faults.duplicates; copy += 1) this.#waiting.push(delivery);
  }

  #bodyOf({ id }: HookRecord, { events, eventId }: { readonly events: readonly LogEvent[]; readonly eventId: string }): string {
    return JSON.stringify({
      eventType: "com.okta.event_hook",
      eventTypeVersion: "1.0",
      cloudEventsVersion: "0.1",
      source: `https://sandbox.okta.example/api/v1/eventHooks/${id}`,
      eventId,
      data: { events },
      eventTime: this.#org.now(),
      contentType: "application/json",
    });
  }

  #pump(): void {
    const { reverse } = this.#faults;
    if (reverse === 0) return this.#pumpFreely();
    if (this.#waiting.length < reverse) return;
    const held = this.#waiting.toReversed();
    this.#waiting = [];
    void this.#inTurn(held);
  }

  #pumpFreely(): void {
    while (this.#inFlight < mostInFlight && !this.#ending.signal.aborted) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#inFlight += 1;
      void this.#deliver(next).finally(() => {
        this.#inFlight -= 1;
        if (this.#faults.reverse === 0) this.#pumpFreely();
      });
    }
  }

  // At once they would arrive in whatever order the network makes of it.
  async #inTurn(held: readonly Waiting[]): Promise<void> {
    for (const delivery of held) await this.#deliver(delivery);
  }

  async #deliver(delivery: Waiting): Promise<void> {
    const answers: number[] = [];
    while (answers.length < tries && !this.#ending.signal.aborted) {
      const status = await this.#post(delivery);
      answers.push(status);
      if (status !== 0 && status < 500) break;
    }
    const { eventId, hook, eventTypes } = delivery;
    this.#note({ eventId, hook: hook.id, eventTypes, answers });
  }

  #note(delivery: Delivery): void {
    this.#done.push(delivery);
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
