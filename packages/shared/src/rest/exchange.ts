import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import { LongarmError } from "../errors.ts";
import type { CallRecord, Permit, RestFailure, RestRequest, RestResponse } from "./contract.ts";
import { abortError, ExchangeTimeout, toFailure } from "./failure.ts";
import type { ExchangeEnd } from "./exchange-log.ts";
import { keepHeaders, readRateLimit } from "./headers.ts";
import { type BodySource, ResponseBody } from "./response-body.ts";
import { shownRequestId } from "./shown-headers.ts";

/*
 * The states of one exchange. Only `waiting` is free of doubt: what ends there was not sent.
 *
 *   waiting ──▶ started ──▶ answered ──▶ ended
 *      │           │           │
 *      │           │           └──▶ ended    the body breaks, is too long, or is given up: the body throws
 *      │           └──▶ ended                reset, timeout, abort, no HTTP: failure, delivery unknown
 *      └──▶ ended                            DNS, refused, TLS, timeout, abort, the last look: failure, not sent
 *
 * `started` is entered in `onRequestStart`, which undici calls immediately before it writes to a connected socket. undici may put a
 * request that was on the wire back into its queue when the socket goes away; that would be a second send that nobody decided, so a
 * second `onRequestStart` ends the exchange before its bytes are written.
 */
type State = "waiting" | "started" | "answered" | "ended";

/** What an exchange is about. */
export interface ExchangePlan {
  readonly request: Pick<RestRequest, "method" | "body" | "timeoutMs" | "maxResponseBytes" | "lastLook">;
  /** Without its query. */
  readonly path: string;
  readonly host: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What it is held to beside its request. */
  readonly permit?: Permit;
  /** Told once, when the exchange is over. */
  readonly onEnd?: ((end: ExchangeEnd) => void) | undefined;
}

/** One request and its response, as undici's handler. Settles once; afterwards only the body goes on. */
export class Exchange implements Dispatcher.DispatchHandler, BodySource {
  readonly #plan: ExchangePlan;
  readonly #settle: (result: RestResponse | RestFailure) => void;
  readonly #sentAt: number;
  readonly #beganMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort: () => void;
  #state: State = "waiting";
  #controller: Dispatcher.DispatchController | undefined;
  #body: ResponseBody | undefined;
  #status: number | null = null;
  #headers: Readonly<Record<string, string>> = {};
  #headMs: number | null = null;
  #totalMs: number | null = null;
  #responseBytes = 0;

  constructor(plan: ExchangePlan, settle: (result: RestResponse | RestFailure) => void) {
    this.#plan = plan;
    this.#settle = settle;
    this.#sentAt = plan.clock.nowMs();
    this.#beganMs = plan.clock.monotonicMs();
    const timeoutMs = Math.min(plan.request.timeoutMs, plan.permit?.timeoutMs ?? Infinity);
    this.#timer = setTimeout(() => this.#end(new ExchangeTimeout(timeoutMs)), timeoutMs);
    this.#onAbort = () => this.#end(abortError(plan.signal));
    plan.signal.addEventListener("abort", this.#onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#state !== "waiting") {
      controller.abort(new LongarmError("target_reset", "The connection broke; the request is not sent a second time."));
      return;
    }
    this.#controller = controller;
    const refusal = this.#plan.request.lastLook?.();
    if (refusal) this.#end(refusal);
    else this.#state = "started";
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // A 1xx is a remark on the way to the answer.
    if (status < 200 || this.#state !== "started") return;
    this.#state = "answered";
    this.#status = status;
    this.#headers = keepHeaders(headers);
    this.#headMs = this.#elapsedMs();
    this.#body = new ResponseBody(this);
    this.#settle({ kind: "response", status, headers: this.#headers, body: this.#body, record: () => this.record() });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#state !== "answered") return;
    this.#responseBytes += chunk.byteLength;
    const tooLarge = this.#tooLarge();
    if (tooLarge) this.#end(tooLarge);
    else if (this.#body?.push(chunk) === false) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#state !== "answered") return;
    this.#close();
    this.#tell();
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#end(error);
  }

  resume(): void {
    if (this.#state === "answered") this.#controller?.resume();
  }

  abandon(): void {
    this.#end(new LongarmError("cancelled", "The response was given up before its end."));
  }

  /** What is known of the call by now. */
  record(): CallRecord {
    const { request, path, permit } = this.#plan;
    return {
      method: request.method,
      path,
      status: this.#status,
      sentAt: this.#sentAt,
      headMs: this.#headMs,
      totalMs: this.#totalMs,
      requestBytes: request.body?.byteLength ?? 0,
      responseBytes: this.#responseBytes,
      oktaRequestId: shownRequestId(this.#headers),
      rateLimit: readRateLimit(this.#headers),
      ...(permit?.policyHash !== undefined && { policyHash: permit.policyHash }),
      ...(permit?.policyRule !== undefined && { policyRule: permit.policyRule }),
    };
  }

  #tooLarge(): LongarmError | undefined {
    const { request, permit, host } = this.#plan;
    const permitted = permit?.maxResponseBytes ?? Infinity;
    const cap = Math.min(request.maxResponseBytes, permitted);
    if (this.#responseBytes <= cap) return undefined;
    const by = permitted < request.maxResponseBytes ? permit?.by : undefined;
    const sentence = `${host} answered with more than the ${cap} bytes that ${by === undefined ? "this call may read" : `${by} allows`}.`;
    return new LongarmError("response_too_large", sentence, { details: { maxResponseBytes: cap, ...(by !== undefined && { by }) } });
  }

  #end(reason: unknown): void {
    if (this.#state === "ended") return;
    const { state, failure } = {
      state: this.#state,
      failure: toFailure({ reason, started: this.#state !== "waiting", host: this.#plan.host }),
    };
    this.#close();
    this.#tell(failure.error);
    if (state === "answered") this.#body?.fail(failure.error);
    else this.#settle({ kind: "failure", ...failure, record: this.record() });
    this.#controller?.abort(failure.error);
  }

  #close(): void {
    this.#state = "ended";
    this.#totalMs = this.#elapsedMs();
    clearTimeout(this.#timer);
    this.#plan.signal.removeEventListener("abort", this.#onAbort);
  }

  #tell(error?: LongarmError): void {
    this.#plan.onEnd?.({ record: this.record(), headers: this.#headers, ...(error && { error }) });
  }

  // Hundredths of a millisecond are all that these clocks are worth.
  #elapsedMs(): number {
    return Math.round((this.#plan.clock.monotonicMs() - this.#beganMs) * 100) / 100;
  }
}
