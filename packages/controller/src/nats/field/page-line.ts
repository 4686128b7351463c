import { type AgentId, type Clock, LongarmError } from "@longarm/shared";
import type { Page, PageRequest, RestFailure } from "@longarm/shared/rest";
import type { FramePart, ResponseEnd, ResponseHead } from "@longarm/shared/wire";
import { failureOf } from "./call-failures.ts";
import { CreditAccount } from "./credit-account.ts";
import type { LineBack, LineOptions } from "./response-line.ts";
import type { Line } from "./switchboard.ts";

interface Arriving {
  readonly head: ResponseHead;
  readonly chunks: Uint8Array[];
  bytes: number;
  /** How many of them have been counted as taken, since the consumer waits for this page. */
  taken: number;
}

interface Ready {
  readonly page: Page | RestFailure;
  readonly untaken: number;
}

/** The pages of one target carried by an agent: frames in, pages out, credit back as the consumer asks for the next. */
export class PageLine implements Line {
  readonly agent: AgentId;
  readonly request: PageRequest;
  readonly credit: CreditAccount;
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #ready: Ready[] = [];
  #arriving: Arriving | undefined;
  #back: LineBack | undefined;
  #complete = false;
  #waiting: (() => void) | undefined;
  #activeAtMs: number;
  /** How many more pages the agent may send. */
  #permits: number;

  constructor(options: LineOptions<PageRequest> & { /** How many pages it may send at first. */ readonly pages: number }) {
    this.agent = options.agent;
    this.request = options.request;
    this.#clock = options.clock;
    this.credit = new CreditAccount(options.windowBytes);
    this.#permits = options.pages;
    this.#patienceMs = options.request.timeoutMs + options.graceMs;
    this.#activeAtMs = options.clock.monotonicMs();
  }

  /** Has the last page, or the failure that ends them, arrived? */
  get isComplete(): boolean {
    return this.#complete;
  }

  connected(back: LineBack): void {
    this.#back = back;
  }

  /** How many pages the agent may send that have not come. */
  get permits(): number {
    return this.#permits;
  }

  /** Only a consumer that waits is owed a frame, and only of a page that is permitted: both may take as long as they like. */
  dueAtMs(): number {
    return this.#waiting && this.#permits > 0 ? this.#activeAtMs + this.#patienceMs : Infinity;
  }

  /** The next page or failure; undefined after the last. */
  async take(): Promise<Page | RestFailure | undefined> {
    while (this.#ready.length === 0 && !this.#complete) await this.#arrival();
    const next = this.#ready.shift();
    if (next) this.credit.taken(next.untaken);
    return next?.page;
  }

  /** Lets the agent send one more page, and gives back the credit of those that the consumer is done with. */
  permit(): void {
    if (this.#complete) return;
    this.#permits += 1;
    this.#activeAtMs = this.#clock.monotonicMs();
    this.#back?.credit({ bytes: this.credit.due(true), pages: 1 });
  }

  /** Gives back the credit alone. */
  giveBack(): void {
    const bytes = this.#complete ? 0 : this.credit.due(true);
    if (bytes > 0) this.#back?.credit({ bytes, pages: 0 });
  }

  onPart(part: FramePart): void {
    this.#activeAtMs = this.#clock.monotonicMs();
    switch (part.kind) {
      case "accepted":
        return;
      case "head":
        this.#arriving = { head: part.head, chunks: [], bytes: 0, taken: 0 };
        return;
      case "chunk":
        return this.#add(part.bytes);
      case "end":
        return this.#finish(part.end);
      case "whole":
        this.#arriving = { head: part.head, chunks: [], bytes: 0, taken: 0 };
        this.#add(part.body);
        return this.#finish(part.end);
      case "failure":
        return this.#fail({ kind: "failure", delivery: part.delivery, error: LongarmError.fromBody(part.error), record: part.record });
      case "refused":
        return this.#fail(failureOf(this.request, { delivery: "not_sent", error: LongarmError.fromBody(part.error) }, this.#clock));
      case "bodyCredit":
        return this.#back?.bodyCredit(part.bytes);
    }
  }

  onLost(error: LongarmError): void {
    this.#fail(failureOf(this.request, { delivery: "unknown", error }, this.#clock));
  }

  /** Ends the call from this side. */
  abort(error: LongarmError): void {
    if (this.#complete) return;
    this.#back?.cancel(error.code);
    this.onLost(error);
  }

  #add(bytes: Uint8Array): void {
    const page = this.#arriving;
    if (!page || !this.credit.arrived(bytes.length)) {
      return this.abort(
        new LongarmError("invalid_wire_message", "The agent sent bytes that belong to no page or exceed its window; the call was ended."),
      );
    }
    page.chunks.push(bytes);
    page.bytes += bytes.length;
    this.#pass();
  }

  /** A page larger than the window must be let through piece by piece, once the consumer waits for it. */
  #pass(): void {
    const page = this.#arriving;
    if (!page || !this.#waiting) return;
    this.credit.taken(page.bytes - page.taken);
    page.taken = page.bytes;
    const due = this.credit.due();
    if (due > 0) this.#back?.credit({ bytes: due, pages: 0 });
  }

  #finish(end: ResponseEnd): void {
    const page = this.#arriving;
    if (!page)
      return this.abort(new LongarmError("invalid_wire_message", "The agent ended a page that it had not begun; the call was ended."));
    this.#permits -= 1;
    if (this.#permits < 0)
      return this.abort(new LongarmError("invalid_wire_message", "The agent sent more pages than it was permitted; the call was ended."));
    this.#arriving = undefined;
    const body = page.chunks.length === 1 ? (page.chunks[0] as Uint8Array) : Buffer.concat(page.chunks, page.bytes);
    const { status, headers } = page.head;
    this.#ready.push({
      page: { kind: "page", status, headers, body, next: end.next, record: end.record },
      untaken: page.bytes - page.taken,
    });
    if (end.last) this.#end();
    this.#rouse();
  }

  #fail(failure: RestFailure): void {
    if (this.#complete) return;
    this.#ready.push({ page: failure, untaken: 0 });
    this.#end();
    this.#rouse();
  }

  #end(): void {
    this.#complete = true;
    this.#back?.done();
  }

  #arrival(): Promise<void> {
    this.#activeAtMs = this.#clock.monotonicMs();
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#pass();
    });
  }

  #rouse(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.();
  }
}
