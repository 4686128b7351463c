import { isErrorCode, LongarmError } from "@longarm/shared";

/** Where a controller is and how to prove who asks. */
export interface ControllerAddress {
  readonly url: string;
  /** Absent: none is known; only open routes will answer. */
  readonly token?: string;
}

export interface RequestOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Statuses that are answers though they are no 2xx. */
  readonly accept?: readonly number[];
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface ProblemBody {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly retryable?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The controller's HTTP API. Each method throws `controller_unreachable` when nothing answers, and what the controller's problem
 * says when it refuses.
 */
export class ApiClient {
  readonly #address: ControllerAddress;

  constructor(address: ControllerAddress) {
    this.#address = address;
  }

  get url(): string {
    return this.#address.url;
  }

  get hasToken(): boolean {
    return this.#address.token !== undefined;
  }

  async get<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return (await this.ask<T>("GET", path, options)).body;
  }

  async post<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return (await this.ask<T>("POST", path, options)).body;
  }

  /** One request; a body that is JSON is parsed, an empty one is null. */
  async ask<T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const response = await this.#send(method, path, options);
    const text = await this.#reading(response.text());
    if (!response.ok && !options.accept?.includes(response.status)) throw refusal(response, text);
    return { status: response.status, headers: response.headers, body: parse(response, text) as T };
  }

  /** The bytes of a body as they come. A body that breaks off throws `controller_unreachable`. */
  async *stream(path: string, options: RequestOptions = {}): AsyncGenerator<Uint8Array> {
    const response = await this.#send("GET", path, options);
    if (!response.ok) throw refusal(response, await this.#reading(response.text()));
    const reader = response.body?.getReader();
    if (!reader) return;
    try {
      for (;;) {
        const { done, value } = await this.#reading(reader.read());
        if (done) return;
        yield value;
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  #send(method: string, path: string, { body, headers, signal }: RequestOptions): Promise<Response> {
    const { url, token } = this.#address;
    return this.#reading(
      fetch(`${url}${path}`, {
        method,
        redirect: "error",
        headers: {
          accept: "application/json",
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      }),
    );
  }

  async #reading<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (reason) {
      if (reason instanceof Error && (reason.name === "AbortError" || reason.name === "TimeoutError")) throw reason;
      throw new LongarmError("controller_unreachable", `No controller answers at ${this.url} (${whyOf(reason)}).`, {
        retryable: true,
        cause: reason,
      });
    }
  }
}

function whyOf(reason: unknown): string {
  const { cause } = reason as { cause?: { code?: unknown; message?: unknown } };
  // What browsers hold for the ports of other protocols is refused before it is asked.
  if (cause?.message === "bad port") return "this port is reserved for another protocol; choose another one";
  if (typeof cause?.code === "string") return cause.code;
  return String(cause?.message ?? (reason instanceof Error ? reason.message : reason));
}

function parse(response: Response, text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new LongarmError(
      "unexpected_response",
      `${response.url} answered ${response.status} with something that is not JSON; is it a Longarm controller?`,
    );
  }
}

function refusal(response: Response, text: string): LongarmError {
  const problem = parse(response, text) as ProblemBody | null;
  const { code, detail, details, retryable } = problem ?? {};
  if (typeof detail !== "string") {
    return new LongarmError(
      "unexpected_response",
      `${response.url} answered ${response.status} without saying why; is it a Longarm controller?`,
    );
  }
  // A newer controller may know codes that this command does not.
  return new LongarmError(isErrorCode(code) ? code : "internal", detail, { retryable: retryable === true, ...(details && { details }) });
}
