import type { LookupFunction } from "node:net";
import { Pool } from "undici";
import type { Clock } from "../clock.ts";
import { LongarmError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { collectBody } from "./collect-body.ts";
import type {
  CallRecord,
  Gate,
  GateStep,
  Page,
  PageRequest,
  Permit,
  RestExecutor,
  RestFailure,
  RestRequest,
  RestResponse,
} from "./contract.ts";
import { Exchange } from "./exchange.ts";
import { exchangeLog } from "./exchange-log.ts";
import { abortError } from "./failure.ts";
import { type FetchPage, followPages } from "./follow-pages.ts";
import { appendHeaders } from "./headers.ts";
import { type BaseUrl, type HttpTarget, readBaseUrl, toHttpUrl, toPageTarget } from "./http-url.ts";
import { nextLink } from "./link-header.ts";
import { type HttpRequest, type PerformHttp, AuthorizedCalls } from "./oauth/authorized-calls.ts";
import { plainAuthorization } from "./plain-authorization.ts";
import { type ConnectorOptions, guardedConnector, type ReachGuard } from "./reach/guarded-connector.ts";

/** What an executor needs. */
export interface RestExecutorOptions {
  readonly clock: Clock;
  /** Is told of each HTTP request, at debug and at trace. */
  readonly logger?: Logger;
  /** Milliseconds for DNS, TCP and TLS together. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Connections per origin; further calls wait for a free one, within their own timeout. Default 256. */
  readonly connectionsPerOrigin?: number;
  /** Milliseconds that an unused connection is kept, if the target names no shorter time. Default 4,000. */
  readonly idleMs?: number;
  /** Certificates (PEM) of authorities to trust instead of the system's. */
  readonly ca?: string | readonly string[];
  /** Resolves host names in place of the system: the place for address rules, since it is asked at connect time. */
  readonly lookup?: LookupFunction;
}

interface Origin {
  readonly base: BaseUrl;
  readonly pool: Pool;
}

/** One HTTP request that may leave. */
interface Dispatched {
  readonly request: HttpRequest;
  readonly origin: Origin;
  readonly target: HttpTarget;
  readonly own: readonly string[];
  readonly permit?: Permit;
}

// A policy that was changed leaves the pools of its former text behind.
const mostGuardedPools = 256;
/** The length of `[]`. */
const emptyListBytes = 2;

/** One request of a call, and where it goes. */
interface Prepared {
  readonly request: RestRequest;
  readonly origin: Origin;
  readonly target: HttpTarget;
}

/**
 * The one executor, for the controller and for agents. HTTP/1.1 over kept-alive connections, one request at a time on each. It never
 * follows a redirect (a 3xx is a response like any other), asks for no compression (a body arrives as it was sent), and repeats nothing
 * but what was refused for an access token that was no longer good.
 */
export class UndiciRestExecutor implements RestExecutor {
  readonly #clock: Clock;
  readonly #log: ReturnType<typeof exchangeLog>;
  readonly #poolOptions: Pool.Options;
  readonly #pools = new Map<string, Pool>();
  readonly #guarded = new Map<string, Pool>();
  readonly #connectorOptions: ConnectorOptions;
  readonly #origins = new Map<string, Origin>();
  readonly #authorizedCalls: AuthorizedCalls;

  constructor(options: RestExecutorOptions) {
    this.#clock = options.clock;
    this.#log = exchangeLog(options.logger);
    this.#authorizedCalls = new AuthorizedCalls(options.clock);
    const { ca, lookup } = options;
    this.#poolOptions = {
      allowH2: false,
      pipelining: 1,
      connections: options.connectionsPerOrigin ?? 256,
      // The exchange has one timer of its own, over everything.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: options.idleMs ?? 4_000,
      keepAliveMaxTimeout: Math.max(options.idleMs ?? 4_000, 30_000),
    };
    this.#connectorOptions = {
      allowH2: false,
      timeout: options.connectTimeoutMs ?? 10_000,
      ...(lookup && { lookup }),
      ...(ca !== undefined && { ca: typeof ca === "string" ? ca : [...ca] }),
    };
  }

  /** Resolves when the response's head has arrived or the call has failed; never rejects. */
  send(request: RestRequest, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    try {
      const origin = this.#originOf(request.baseUrl);
      return this.#authorized({ request, origin, target: toHttpUrl(origin.base, request.path, request.query) }, signal);
    } catch (reason) {
      return Promise.resolve(this.#refused(request, LongarmError.from(reason), request.path));
    }
  }

  /** See the contract. The cursor is the absolute URL of a page, as the target's `Link` header gave it. */
  pages(request: PageRequest, signal: AbortSignal): AsyncIterable<Page | RestFailure> {
    const { pollMs, resumeAt: first = null, windowBytes } = request;
    const window = { pagesAhead: Math.max(1, request.pagesAhead), windowBytes };
    const fetch = (cursor: string | null, own: AbortSignal) => this.#page(request, cursor, own);
    if (pollMs === undefined) return followPages(fetch, { first, window, signal });
    return followPages(this.#patient(fetch, pollMs), { first, window, signal, mayRepeat: true });
  }

  /** Closes every connection at once; calls under way fail. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values(), ...this.#guarded.values()];
    this.#pools.clear();
    this.#guarded.clear();
    this.#origins.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  #authorized(call: Prepared, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    const { request, origin, target } = call;
    const { auth } = request;
    if (auth.scheme !== "oauth") return this.#exchange({ request, origin, target, own: plainAuthorization(auth) }, signal);
    const perform: PerformHttp = (part, own) => this.#exchange({ origin, ...part }, own);
    return this.#authorizedCalls
      .send({ client: auth.client, request, base: origin.base, target, perform }, signal)
      .catch((reason: unknown) => this.#refused(request, LongarmError.from(reason), target.path));
  }

  #exchange(call: Dispatched, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    const { request, target } = call;
    if (signal.aborted) return Promise.resolve(this.#refused(request, abortError(signal), target.path));
    return request.gate ? this.#gated(call, request.gate, signal) : this.#dispatch(call, signal);
  }

  async #gated(call: Dispatched, gate: Gate, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    const { request, origin, target } = call;
    const { purpose = "call", method, body } = request;
    const step: GateStep = { purpose, method, origin: origin.base.origin, path: target.path, bodyBytes: body?.byteLength ?? 0 };
    try {
      const permit = await gate(step, signal);
      if (permit instanceof LongarmError) return this.#refused(request, permit, target.path);
      return await this.#dispatch({ ...call, permit }, signal);
    } catch (reason) {
      return this.#refused(request, signal.aborted ? abortError(signal) : LongarmError.from(reason), target.path);
    }
  }

  #dispatch(call: Dispatched, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    const { request, origin, target, own, permit } = call;
    const headers = ["user-agent", "longarm", ...own];
    appendHeaders(headers, request.headers);
    const pool = permit?.reach ? this.#guardedPool(origin.base.origin, { reach: permit.reach, by: permit.by }) : origin.pool;
    const onEnd = this.#log?.({ method: request.method, origin: origin.base.origin, path: target.path, headers });
    return new Promise((resolve) => {
      const plan = { request, path: target.path, host: origin.base.host, clock: this.#clock, signal, onEnd, ...(permit && { permit }) };
      pool.dispatch(
        { method: request.method, path: target.requestTarget, headers, body: request.body ?? null },
        new Exchange(plan, resolve),
      );
    });
  }

  async #page(request: PageRequest, cursor: string | null, signal: AbortSignal): Promise<Page | RestFailure> {
    let path = request.path;
    try {
      const origin = this.#originOf(request.baseUrl);
      const first = toHttpUrl(origin.base, request.path, request.query);
      const target = cursor === null ? first : toPageTarget(origin.base, cursor);
      if (!target) throw new LongarmError("invalid_request", `The cursor does not lead to ${origin.base.host}, so nothing was sent.`);
      path = target.path;
      await request.permit?.(signal);
      if (signal.aborted && request.permit) request.unused?.(1);
      const response = await this.#authorized({ request, origin, target }, signal);
      return response.kind === "failure" ? response : await this.#whole(response, { request, origin, target });
    } catch (reason) {
      return this.#refused(request, LongarmError.from(reason), path);
    }
  }

  async #whole(response: RestResponse, call: { request: PageRequest; origin: Origin; target: HttpTarget }): Promise<Page | RestFailure> {
    const { status, headers } = response;
    try {
      const body = await collectBody(response, call.request.maxResponseBytes);
      const next = status >= 200 && status < 300 ? this.#nextOf(headers, call) : null;
      return { kind: "page", status, headers, body, next, record: response.record() };
    } catch (reason) {
      return { kind: "failure", delivery: "unknown", error: LongarmError.from(reason), record: response.record() };
    }
  }

  #nextOf(
    headers: Readonly<Record<string, string>>,
    { origin, target, request }: { request: PageRequest; origin: Origin; target: HttpTarget },
  ): string | null {
    const link = nextLink(headers["link"]);
    if (link === null) return null;
    const next = toPageTarget(origin.base, link, origin.base.origin + target.requestTarget);
    if (next) return request.repeats ? withRepeated(next.url, request) : next.url;
    throw new LongarmError("unexpected_response", `The link to the next page leads away from ${origin.base.host}; it was not followed.`);
  }

  /** Fetches as `fetch` does, but behind an empty page only after a while. */
  #patient(fetch: FetchPage, pollMs: number): FetchPage {
    let wasEmpty = false;
    return async (cursor, signal) => {
      // An abort during the wait is told by the fetch, as any other.
      if (wasEmpty) await this.#clock.sleep(pollMs, signal).catch(() => undefined);
      const page = await fetch(cursor, signal);
      wasEmpty = page.kind === "page" && page.body.byteLength <= emptyListBytes;
      return page;
    };
  }

  #originOf(baseUrl: string): Origin {
    const known = this.#origins.get(baseUrl);
    if (known) return known;
    const base = readBaseUrl(baseUrl);
    let pool = this.#pools.get(base.origin);
    if (!pool) {
      pool = new Pool(base.origin, { ...this.#poolOptions, connect: this.#connectorOptions });
      this.#pools.set(base.origin, pool);
    }
    const origin = { base, pool };
    this.#origins.set(baseUrl, origin);
    return origin;
  }

  // A connection that one rule allowed is never used for a request under another one.
  #guardedPool(origin: string, guard: ReachGuard): Pool {
    const name = [origin, guard.by, guard.reach.key].join("\n");
    const known = this.#guarded.get(name);
    if (known) return known;
    const pool = new Pool(origin, { ...this.#poolOptions, connect: guardedConnector(this.#connectorOptions, guard) });
    this.#guarded.set(name, pool);
    const [oldest] = this.#guarded;
    if (this.#guarded.size > mostGuardedPools && oldest) {
      this.#guarded.delete(oldest[0]);
      void oldest[1].close();
    }
    return pool;
  }

  #refused(request: Pick<RestRequest, "method" | "body">, error: LongarmError, path: string): RestFailure {
    const record: CallRecord = {
      method: request.method,
      path: path.split("?", 1)[0] ?? "",
      status: null,
      sentAt: this.#clock.nowMs(),
      headMs: null,
      totalMs: null,
      requestBytes: request.body?.byteLength ?? 0,
      responseBytes: 0,
      oktaRequestId: null,
      rateLimit: null,
    };
    return { kind: "failure", delivery: "not_sent", error, record };
  }
}

/** The URL with those members of the request's query that hold on every page. */
function withRepeated(text: string, { query, repeats = [] }: PageRequest): string {
  const url = new URL(text);
  for (const [name, value] of query) if (repeats.includes(name) && !url.searchParams.has(name)) url.searchParams.append(name, value);
  return url.href;
}

/** An executor in this process. Close it to let the process end at once. */
export function createRestExecutor(options: RestExecutorOptions): UndiciRestExecutor {
  return new UndiciRestExecutor(options);
}
