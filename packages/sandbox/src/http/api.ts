import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Org } from "../state/org.ts";
import { errorBody, oktaErrors, type OktaErrorCode, type Refusal, refuse } from "../state/refusal.ts";
import { type Answer, answer, type Route } from "./exchange.ts";
import type { Fault, Faults } from "./faults.ts";
import { Gate } from "./gate.ts";
import type { Allowance, RateLimits } from "./limits.ts";
import type { Recorder } from "./recorder.ts";
import type { RequestLog } from "./request-log.ts";
import { type Matched, Router } from "./router.ts";
import { outgoing, send } from "./send.ts";

/** An answer of the org's API, before a fault spoils it. */
export interface ObservedAnswer {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** `GET /api/v1/users/{id}`; undefined where the path leads nowhere. */
  readonly route: string | undefined;
  readonly status: number;
  readonly body: string;
}

/** What the org's API is served with. */
export interface ApiDeps {
  readonly org: Org;
  readonly token: string;
  readonly routes: readonly Route[];
  readonly limits: RateLimits;
  readonly faults: Faults;
  readonly recorder: Recorder;
  readonly requests: RequestLog;
  /** Is told every answer but those that a fault was asked to give. */
  readonly onAnswer?: ((answer: ObservedAnswer) => void) | undefined;
}

/** A request whose path has been read, and the body that came with it. */
interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly queryText: string;
  readonly matched: Matched;
  readonly template: string;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly allowance: Allowance;
}

/** Larger bodies are refused: no call of the API needs as much. */
const maxBodyBytes = 1024 * 1024;

const idPrefix = randomBytes(9).toString("base64url");
let nextRequest = 0;

function newRequestId(): string {
  nextRequest += 1;
  return `a${idPrefix}${nextRequest.toString(36).padStart(7, "0")}`;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseBody(bytes: Buffer | undefined, type = ""): Readonly<Record<string, unknown>> | undefined {
  if (bytes === undefined) return undefined;
  if (bytes.length === 0) return {};
  if (type.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(bytes.toString()));
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function templateOf(matched: Matched): string {
  if (matched.kind === "route") return matched.route.template;
  return matched.kind === "wrong_method" ? matched.template : "(unknown)";
}

function codeOf(status: number): OktaErrorCode | undefined {
  const codes = Object.keys(oktaErrors) as OktaErrorCode[];
  if (status === 429) return "E0000047";
  return codes.find((code) => oktaErrors[code].status === status) ?? (status >= 500 ? "E0000009" : undefined);
}

function refusalAnswer(refusal: Refusal, requestId: string): Answer {
  const headers = refusal.challenge === undefined ? [] : ["www-authenticate", refusal.challenge];
  return answer(errorBody(refusal, `o${requestId}`), { status: oktaErrors[refusal.code].status, headers });
}

// What stands in front of the org answers before the org does, and not in its form.
function sendBlocked(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(403, { "content-type": "text/html" });
  response.end("<html><head><title>403 Forbidden</title></head><body>Access to this org is blocked from your network.</body></html>");
}

// The log has an address for every request that came over HTTP.
const unknownAddress = "0.0.0.0";

/** The org's API over HTTP: limits, authentication, faults, routing, effects. */
export class Api {
  readonly #deps: ApiDeps;
  readonly #router: Router;
  readonly #gate: Gate;
  #second = 0;
  #dateText = "";

  constructor(deps: ApiDeps) {
    this.#deps = deps;
    this.#router = new Router(deps.routes);
    this.#gate = new Gate(deps.org, deps.token);
  }

  /** Serves one request. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    const incoming = this.#receive(request, response);
    response.once("close", () => this.#deps.limits.end());
    if (this.#deps.org.network.isBlocked) return sendBlocked(request, response);
    const admitted = this.#admit(incoming);
    if (!(admitted instanceof Promise)) return this.#enter(incoming, admitted);
    admitted.then((refusal) => this.#enter(incoming, refusal)).catch(() => response.destroy());
  }

  #enter(incoming: Incoming, refusal: Refusal | undefined): void {
    const { request, response } = incoming;
    if (refusal) {
      request.resume();
      return this.#reply(incoming, refusal, undefined);
    }
    const fault = this.#deps.faults.take(incoming.method, incoming);
    const served = incoming.method === "GET" && !fault ? this.#serveRead(incoming) : this.#serveSlowly(incoming, fault);
    served.catch(() => response.destroy());
  }

  #receive(request: IncomingMessage, response: ServerResponse): Incoming {
    const url = request.url as string;
    const mark = url.indexOf("?");
    const path = mark < 0 ? url : url.slice(0, mark);
    const method = request.method as string;
    const matched = this.#router.match(method, path);
    const template = templateOf(matched);
    const allowance = this.#deps.limits.begin(method, template);
    return {
      request,
      response,
      method,
      path,
      queryText: mark < 0 ? "" : url.slice(mark + 1),
      matched,
      template,
      requestId: newRequestId(),
      allowance,
      // A connection that is cut while the request is read or waits has no address any more, and one that was reset has none by now.
      address: request.socket.remoteAddress ?? unknownAddress,
    };
  }

  #admit({ request, allowance, matched, method, path }: Incoming): Refusal | undefined | Promise<Refusal | undefined> {
    if (!allowance.allowed) return refuse("E0000047");
    if (matched.kind === "route") return this.#gate.check({ request, method, path, route: matched.route });
    const refusal = this.#gate.check({ request, method, path, route: undefined });
    return refusal ?? refuse(matched.kind === "unknown" ? "E0000008" : "E0000022");
  }

  async #serveRead(incoming: Incoming): Promise<void> {
    this.#reply(incoming, await this.#run(incoming, undefined), undefined);
  }

  async #serveSlowly(incoming: Incoming, fault: Fault | undefined): Promise<void> {
    const bytes = await readBody(incoming.request);
    if (fault?.kind === "latency") await this.#wait(fault.ms ?? 1_000);
    // Like a real server it does what it was asked although nobody waits for the answer any more.
    const isApplied = fault?.kind !== "cutBefore" && !(fault?.kind === "status" && fault.apply !== true);
    const result = isApplied ? await this.#run(incoming, bytes) : answer("");
    this.#reply(incoming, fault?.kind === "status" ? this.#asked(fault, incoming) : result, fault);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#deps.org.after(ms, resolve));
  }

  #asked({ status = 500, body }: Fault, { requestId }: Incoming): Answer {
    const code = codeOf(status);
    const own = code ? errorBody(refuse(code), `o${requestId}`) : JSON.stringify({ status });
    return answer(body === undefined ? own : typeof body === "string" ? body : JSON.stringify(body), { status });
  }

  async #run(
    { request, matched, method, path, queryText, requestId, address }: Incoming,
    bytes: Buffer | undefined,
  ): Promise<Answer | Refusal> {
    if (matched.kind !== "route") return refuse("E0000008");
    const body = method === "GET" ? {} : parseBody(bytes, request.headers["content-type"]);
    if (body === undefined) return refuse("E0000003");
    const { org, recorder } = this.#deps;
    const { params, route } = matched;
    const origin = `http://${request.headers.host}`;
    const result = await route.handle({
      org,
      method,
      origin,
      path,
      params,
      query: new URLSearchParams(queryText),
      headers: request.headers,
      body,
    });
    if (result.kind === "answer" && (result.effects.length > 0 || result.later)) {
      const cause = { requestId, path, userAgent: request.headers["user-agent"], address };
      const told = { ...cause, method, body: bytes };
      recorder.record(result.effects, told);
      void result.later?.then((effects) => recorder.record(effects, told));
    }
    return result;
  }

  #observe({ method, path, queryText, matched, template }: Incoming, { status, body }: Answer): void {
    const route = matched.kind === "route" ? `${method} ${template}` : undefined;
    this.#deps.onAnswer?.({ method, path, query: new URLSearchParams(queryText), route, status, body });
  }

  // By the org's own clock, and made once a second.
  #date(): string {
    const second = Math.floor(this.#deps.org.nowMs() / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#dateText = new Date(second * 1_000).toUTCString();
    }
    return this.#dateText;
  }

  #reply(incoming: Incoming, result: Answer | Refusal, fault: Fault | undefined): void {
    const { response, requestId, method, template } = incoming;
    const allowance =
      fault?.kind === "status" && fault.status === 429
        ? this.#deps.limits.spent(incoming.allowance, fault.concurrent === true)
        : incoming.allowance;
    const given = result.kind === "refused" ? refusalAnswer(result, requestId) : result;
    if (this.#deps.onAnswer && fault?.kind !== "status" && fault?.kind !== "cutBefore") this.#observe(incoming, given);
    const common = [
      "date",
      this.#date(),
      "x-okta-request-id",
      requestId,
      "x-rate-limit-limit",
      String(allowance.limit),
      "x-rate-limit-remaining",
      String(allowance.remaining),
      "x-rate-limit-reset",
      String(allowance.reset),
      "cache-control",
      "no-cache, no-store",
    ];
    if (fault) common.push("x-sandbox-fault", fault.kind);
    const sent = send(response, outgoing(given, common), fault);
    this.#deps.requests.add({ route: `${method} ${template}`, status: sent });
  }
}
