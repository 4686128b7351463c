import { hash } from "node:crypto";
import { LongarmError } from "@longarm/shared";
import type { CallMessage, ControlPart, Work } from "@longarm/shared/wire";
import { emptyRecord } from "./carry-change.ts";
import { type FrameRoute, FrameSender } from "./frame-sender.ts";
import { BodyGathering } from "./gather-body.ts";

/*
 * gathering ──▶ under way ──▶ ended          a whole body is awaited, the exchange runs, the last frame is sent
 *     └────────────┴────────▶ cancelled      by the controller, or because it was not heard of for too long; nothing more is sent
 *
 * A call that changes something and is under way is not ended by that: only its answer is sent to nobody.
 */

/** What is left of a cancelled call: the error that its exchange is aborted with. */
const cancelled = (code: string): LongarmError => new LongarmError("cancelled", `The controller cancelled the call (${code}).`);

/** What performing a call goes by. */
export interface Exchange {
  readonly sender: FrameSender;
  readonly signal: AbortSignal;
}

/** One call between its admission and its last frame. */
export class OpenCall {
  readonly call: CallMessage;
  readonly sender: FrameSender;
  readonly #abort = new AbortController();
  readonly #body: BodyGathering | undefined;
  #heardAt: number;
  #gathering: boolean;

  constructor(call: CallMessage, options: { publish: FrameRoute["publish"]; monotonicMs: number }) {
    this.call = call;
    const { channel, credit, bodyBytes } = call;
    const { callId, body } = call.work.request;
    this.sender = new FrameSender({ channel, callId, credit, publish: options.publish });
    this.#heardAt = options.monotonicMs;
    this.#gathering = (body?.length ?? 0) < bodyBytes;
    if (this.#gathering) this.#body = new BodyGathering(body ?? new Uint8Array(), bodyBytes, this.sender);
  }

  /** Performs the call to its end, once its body is complete. Never rejects. */
  async carry(perform: (work: Work, exchange: Exchange) => Promise<void>): Promise<void> {
    const exchange = { sender: this.sender, signal: this.#abort.signal };
    try {
      const { work } = this.call;
      const body = this.#body && (await this.#body.whole(exchange.signal));
      if (body && !this.#isSigned(body))
        throw new LongarmError("invalid_wire_message", "The request's body is not the one that was signed.");
      this.#gathering = false;
      await perform(body ? ({ ...work, request: { ...work.request, body } } as Work) : work, exchange);
    } catch (reason) {
      this.#fail(LongarmError.from(reason));
    }
  }

  // What stood in the call itself is signed with it; of what came behind it the call tells the hash.
  #isSigned(body: Uint8Array): boolean {
    const { bodySha256 } = this.call;
    return bodySha256 !== undefined && hash("sha256", body, "buffer").equals(bodySha256);
  }

  /** Takes in what the controller says about this call. */
  control(part: ControlPart, monotonicMs: number): void {
    this.#heardAt = monotonicMs;
    if (part.kind === "credit") this.sender.addCredit(part.credit);
    else if (part.kind === "bodyChunk") this.#body?.add(part.bytes);
    else this.cancel(part.code);
  }

  /** Nobody waits for the answer any more. */
  cancel(code: string): void {
    const { effect } = this.call.work.request;
    if (effect === "read" || this.#gathering) this.abandon(code);
    else this.sender.close();
  }

  /** Ends the call at once, whatever it is; nothing more is sent about it. */
  abandon(code: string): void {
    this.sender.close();
    this.#abort.abort(cancelled(code));
  }

  /** For how many milliseconds the call has waited for its controller; 0 when it does not. */
  silentMs(monotonicMs: number): number {
    return this.#gathering || this.sender.isHeldBack ? monotonicMs - this.#heardAt : 0;
  }

  #fail(error: LongarmError): void {
    const { request } = this.call.work;
    this.sender.send({
      kind: "failure",
      delivery: this.#gathering ? "not_sent" : "unknown",
      error: error.toBody(),
      record: emptyRecord(request),
    });
  }
}
