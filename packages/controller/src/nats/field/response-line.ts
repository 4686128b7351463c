import { type AgentId, type Clock, LongarmError } from "@longarm/shared";
import type { CallRecord, RestFailure, RestRequest, RestResponse } from "@longarm/shared/rest";
import type { FramePart, ResponseHead } from "@longarm/shared/wire";
import { deliveryOfRefusal, failureOf } from "./call-failures.ts";
import { CreditAccount } from "./credit-account.ts";
import type { Line } from "./switchboard.ts";

/** The way back to the agent, for one call. */
export interface LineBack {
  credit(credit: { readonly bytes: number; readonly pages: number }): void;
  bodyCredit(bytes: number): void;
  cancel(code: string): void;
  /** The call has ended by itself. */
  done(): void;
}

/** What a line is made of. */
export interface LineOptions<R extends RestRequest> {
  readonly agent: AgentId;
  readonly request: R;
  readonly windowBytes: number;
  readonly graceMs: number;
  readonly clock: Clock;
}

/*
 * asked ──▶ streaming ──▶ ended        head, chunks, end; or all three in one frame
 *   └───────────┴───────▶ failed      refused, failed, lost, cancelled
 */

/** One exchange carried by an agent: frames in, a response out. */
export class ResponseLine implements Line {
  readonly agent: AgentId;
  readonly request: RestRequest;
  /** Resolves with the head, or with why there is none. */
  readonly answer: Promise<RestResponse | RestFailure>;
  readonly credit: CreditAccount;
  readonly #clock: Clock;
  readonly #dueAtMs: number;
  readonly #queue: Uint8Array[] = [];
  #resolve!: (answer: RestResponse | RestFailure) => void;
  #back: LineBack | undefined;
  #record: CallRecord | undefined;
  #headSeen = false;
  #ended = false;
  #fault: LongarmError | undefined;
  #wake: (() => void) | undefined;

  constructor(options: LineOptions<RestRequest>) {
    this.agent = options.agent;
    this.request = options.request;
    this.#clock = options.clock;
    this.credit = new CreditAccount(options.windowBytes);
    this.#dueAtMs = options.clock.monotonicMs() + options.request.timeoutMs + options.graceMs;
    this.answer = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  connected(back: LineBack): void {
    this.#back = back;
  }

  dueAtMs(): number {
    return this.#dueAtMs;
  }

  onPart(part: FramePart): void {
    if (!this.#fits(part)) return this.#mistaken();
    switch (part.kind) {
      case "accepted":
        return;
      case "head":
        return this.#begin(part.head);
      case "chunk":
        return this.#take(part.bytes);
      case "end":
        return this.#end(part.end.record);
      case "whole":
        this.#begin(part.head);
        if (part.body.length > 0) this.#take(part.body);
        return this.#end(part.end.record);
      case "failure":
        this.#record = part.record;
        return this.#fail(part.delivery, LongarmError.fromBody(part.error));
      case "refused":
        return this.#fail(deliveryOfRefusal(part.error), LongarmError.fromBody(part.error));
      case "bodyCredit":
        return this.#back?.bodyCredit(part.bytes);
    }
  }

  onLost(error: LongarmError): void {
    this.#fail("unknown", error);
  }

  /** One head, then chunks, then one end that is the last: anything else would leave who waits here waiting. */
  #fits(part: FramePart): boolean {
    if (part.kind === "head") return !this.#headSeen;
    if (part.kind === "whole") return !this.#headSeen && part.end.last;
    if (part.kind === "chunk") return this.#headSeen;
    return part.kind !== "end" || (this.#headSeen && part.end.last);
  }

  #mistaken(): void {
    this.abort(new LongarmError("invalid_wire_message", "The agent sent parts of an answer that make none; the call was ended."));
  }

  #begin(head: ResponseHead): void {
    this.#headSeen = true;
    this.#resolve({ kind: "response", ...head, body: this.#body(), record: () => this.#currentRecord(head.status) });
  }

  #take(bytes: Uint8Array): void {
    if (!this.credit.arrived(bytes.length)) {
      this.#back?.cancel("window_overrun");
      return this.#fail(
        "unknown",
        new LongarmError("invalid_wire_message", "The agent sent more than its window allows; the call was ended."),
      );
    }
    this.#queue.push(bytes);
    this.#rouse();
  }

  #end(record: CallRecord): void {
    this.#record = record;
    this.#ended = true;
    this.#back?.done();
    this.#rouse();
  }

  #fail(delivery: RestFailure["delivery"], error: LongarmError): void {
    if (this.#ended || this.#fault) return;
    this.#fault = error;
    this.#back?.done();
    if (this.#headSeen) return this.#rouse();
    const failure = failureOf(this.request, { delivery, error }, this.#clock);
    this.#resolve(this.#record ? { ...failure, record: this.#record } : failure);
  }

  /** Ends the call from this side. */
  abort(error: LongarmError): void {
    if (this.#ended || this.#fault) return;
    this.#back?.cancel(error.code);
    this.#fail("unknown", error);
  }

  async *#body(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const bytes = this.#queue.shift();
        if (bytes) {
          this.#give(bytes.length);
          yield bytes;
        } else if (this.#fault) throw this.#fault;
        else if (this.#ended) return;
        else await this.#arrival();
      }
    } finally {
      this.#queue.length = 0;
      // An error costs more than all the rest of a small call: it is made only when somebody will see it.
      if (!this.#ended && !this.#fault) this.abort(new LongarmError("cancelled", "The response's body was not read to its end."));
    }
  }

  #give(bytes: number): void {
    this.credit.taken(bytes);
    if (this.#ended) return;
    const due = this.credit.due();
    if (due > 0) this.#back?.credit({ bytes: due, pages: 0 });
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #rouse(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #currentRecord(status: number): CallRecord {
    return (
      this.#record ?? {
        ...failureOf(this.request, { delivery: "unknown", error: new LongarmError("internal") }, this.#clock).record,
        status,
      }
    );
  }
}
