import { LongarmError } from "@longarm/shared";
import type { RestExecutor, RestRequest } from "@longarm/shared/rest";
import type { CallMessage, ControlPart } from "@longarm/shared/wire";
import { carryPages } from "./carry-pages.ts";
import { carryResponse } from "./carry-response.ts";
import { FrameSender } from "./frame-sender.ts";
import { BodyGathering } from "./gather-body.ts";

/*
 * gathering ──▶ under way ──▶ ended          a whole body is awaited, the exchange runs, the last frame is sent
 *     └────────────┴────────▶ cancelled      by the controller, or because it was not heard of for too long; nothing more is sent
 */

/** What is left of a cancelled call: the error that its exchange is aborted with. */
const cancelled = (code: string): LongarmError => new LongarmError("cancelled", `The controller cancelled the call (${code}).`);

/** One call between its admission and its last frame. */
export class OpenCall {
  readonly call: CallMessage;
  readonly sender: FrameSender;
  readonly #abort = new AbortController();
  readonly #body: BodyGathering | undefined;
  #heardAt: number;
  #gathering: boolean;

  constructor(call: CallMessage, options: { publish: (frame: Uint8Array) => void; monotonicMs: number }) {
    this.call = call;
    const { channel, credit, bodyBytes } = call;
    const { callId, body } = call.work.request;
    this.sender = new FrameSender({ channel, callId, credit, publish: options.publish });
    this.#heardAt = options.monotonicMs;
    this.#gathering = (body?.length ?? 0) < bodyBytes;
    if (this.#gathering) this.#body = new BodyGathering(body ?? new Uint8Array(), bodyBytes, this.sender);
  }

  /** Performs the call to its end. Never rejects. */
  async carry(executor: RestExecutor): Promise<void> {
    const to = { sender: this.sender, signal: this.#abort.signal };
    try {
      const whole = this.#body ? { body: await this.#body.whole(to.signal) } : {};
      this.#gathering = false;
      const { work } = this.call;
      if (work.kind === "pages") await carryPages(executor, { ...work.request, ...whole }, to);
      else await carryResponse(executor, { ...work.request, ...whole }, to);
    } catch (reason) {
      this.#fail(LongarmError.from(reason));
    }
  }

  /** Takes in what the controller says about this call. */
  control(part: ControlPart, monotonicMs: number): void {
    this.#heardAt = monotonicMs;
    if (part.kind === "credit") this.sender.addCredit(part.credit);
    else if (part.kind === "bodyChunk") this.#body?.add(part.bytes);
    else this.cancel(part.code);
  }

  /** Ends the call at once; nothing more is sent about it. */
  cancel(code: string): void {
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

function emptyRecord(request: RestRequest) {
  const { method, path, body } = request;
  const nothing = { status: null, headMs: null, totalMs: null, oktaRequestId: null, rateLimit: null };
  return { ...nothing, method, path, sentAt: 0, requestBytes: body?.length ?? 0, responseBytes: 0 };
}
