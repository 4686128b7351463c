import { type Clock, LongarmError, newId, type Secret } from "@longarm/shared";
import { collectBody, type Gate, localReach, reachOf, readBaseUrl, type RestExecutor, type RestRequest } from "@longarm/shared/rest";
import { type AnswerMeaning, meaningOf, pauseBehind } from "../../decide/webhook-answer.ts";
import type { Message } from "./messages.ts";
import { keyOf, signatureHeaders } from "./signing.ts";

/** Who is told, and how patiently. */
export interface ReceiverOptions {
  /** https; plain http only on this machine, or where `plainHttp` says so. Its path and query may be secrets and are never shown. */
  readonly url: string;
  readonly plainHttp?: boolean;
  /** `public`, addresses, ranges that the url may lead to; absent: what it names itself, or whatever is public. */
  readonly addresses?: readonly string[];
  /** `whsec_…`, shared with the receiver. */
  readonly secret: Secret;
  /** How long one try may take; default 15,000. */
  readonly timeoutMs?: number;
  /** How long a message is tried before the sink counts as unavailable; default 120,000. */
  readonly patienceMs?: number;
}

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);
const mostAnswerBytes = 64 * 1_024;

function readAddress({ url: text, plainHttp = false }: ReceiverOptions): URL {
  if (!URL.canParse(text)) throw new LongarmError("invalid_configuration", "The webhook's url is no address: expected https://host/path.");
  const url = new URL(text);
  if (url.protocol === "https:" || (url.protocol === "http:" && (plainHttp || loopback.has(url.hostname)))) {
    if (url.username !== "" || url.hash !== "")
      throw new LongarmError("invalid_configuration", `The webhook's url at ${url.host} must have no user and no fragment.`);
    return url;
  }
  throw new LongarmError("invalid_configuration", `The webhook's url at ${url.host} must begin with https://; plain http needs plainHttp.`);
}

/** An address that messages are posted to, each until it is taken. Throws `invalid_configuration` for options that are not of the form above. */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #executor: RestExecutor;
  readonly #clock: Clock;
  readonly #url: URL;
  readonly #key: Uint8Array;
  readonly #gate: Gate;

  constructor(options: ReceiverOptions, { executor, clock }: { readonly executor: RestExecutor; readonly clock: Clock }) {
    this.#options = options;
    this.#executor = executor;
    this.#clock = clock;
    this.#url = readAddress(options);
    this.#key = keyOf(options.secret);
    const permit = { by: "the sync's sink", reach: reachOf(options.addresses ?? localReach(readBaseUrl(this.#url.origin).origin)) };
    this.#gate = () => Promise.resolve(permit);
  }

  /** Host and port, as messages name it. */
  get host(): string {
    return this.#url.host;
  }

  /**
   * Posts a message until it is taken, every time under its id. Throws `sink_unavailable` (retryable) when patience is at its end,
   * `sink_rejected` for an answer that another try would not change, `cancelled` when the signal is aborted.
   */
  async tell(message: Message, signal: AbortSignal): Promise<void> {
    const endMs = this.#clock.monotonicMs() + (this.#options.patienceMs ?? 120_000);
    for (let attempt = 1; ; attempt += 1) {
      const { meaning, why } = await this.#try(message, { attempt, signal });
      if (meaning.kind === "taken") return;
      if (meaning.kind === "refused") throw new LongarmError("sink_rejected", `The webhook's receiver ${this.host} ${meaning.why}.`);
      const pauseMs = pauseBehind(attempt, meaning.afterMs);
      if (this.#clock.monotonicMs() + pauseMs > endMs) {
        const text = `The webhook's receiver ${this.host} took a message in none of ${attempt} tries; at last ${why}.`;
        throw new LongarmError("sink_unavailable", text, { retryable: true, details: { host: this.host, attempts: attempt } });
      }
      await this.#clock.sleep(pauseMs, signal);
    }
  }

  async #try(
    message: Message,
    { attempt, signal }: { readonly attempt: number; readonly signal: AbortSignal },
  ): Promise<{ readonly meaning: AnswerMeaning; readonly why: string }> {
    const response = await this.#executor.send(this.#requestOf(message, attempt), signal);
    if (signal.aborted) throw new LongarmError("cancelled", "The sync was told to stop.", { cause: signal.reason });
    if (response.kind === "failure") {
      const { code, message: why } = response.error;
      // The path may be a secret, and only this error tells it.
      if (code === "invalid_request") return { meaning: { kind: "refused", why: "has a path that nothing can be sent to" }, why: "" };
      const isFinal = code === "policy_denied";
      return { meaning: isFinal ? { kind: "refused", why: `is not told: ${why}` } : { kind: "again", afterMs: null }, why };
    }
    // The answer's words mean nothing, but the connection is free only behind them.
    await collectBody(response, mostAnswerBytes).catch(() => undefined);
    const { status, headers } = response;
    return { meaning: meaningOf(status, headers["retry-after"]), why: `it answered ${status}` };
  }

  #requestOf(message: Message, attempt: number): RestRequest {
    const timestamp = Math.floor(this.#clock.nowMs() / 1_000);
    return {
      ...{ runId: newId("run"), callId: newId("call"), attempt, effect: "converge", method: "POST", auth: { scheme: "none" } },
      baseUrl: this.#url.origin,
      path: this.#url.pathname,
      query: [...this.#url.searchParams],
      headers: { "content-type": "application/json", ...signatureHeaders(this.#key, { ...message, timestamp }) },
      body: Buffer.from(message.body),
      timeoutMs: this.#options.timeoutMs ?? 15_000,
      maxResponseBytes: mostAnswerBytes,
      gate: this.#gate,
    };
  }
}
