import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { serveBytes } from "./bytes.ts";

/** A request to the sandbox itself, rather than to the org it plays. */
export interface ControlRequest {
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** What the sandbox answers to it. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A route of the sandbox itself. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "DELETE";
  readonly template: string;
  readonly handle: (request: ControlRequest) => ControlAnswer;
}

/** Where all such routes lie. */
export const controlPrefix = "/sandbox/";

/** May this peer ask for faults and read the ledger? Only this machine may. */
function isLoopback(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? "";
  return address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function sendJson(response: ServerResponse, { status, body }: ControlAnswer): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function parametersOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] as string;
    if (part.startsWith("{")) parameters[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return parameters;
}

function parse(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: text === "" ? {} : (JSON.parse(text) as unknown) };
  } catch {
    return { ok: false };
  }
}

async function serveControl(routes: readonly ControlRoute[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url as string, "http://sandbox");
  const text = await readText(request);
  for (const route of routes) {
    const params = route.method === request.method ? parametersOf(route.template, url.pathname) : undefined;
    if (!params) continue;
    const body = parse(text);
    if (!body.ok) return sendJson(response, { status: 400, body: { error: "The body is not JSON." } });
    return sendJson(response, route.handle({ query: url.searchParams, params, headers: request.headers, body: body.value }));
  }
  sendJson(response, {
    status: 404,
    body: {
      error: `There is no ${request.method} ${url.pathname}.`,
      routes: routes.map((route) => `${route.method} ${route.template}`),
    },
  });
}

/** Serves a request to the sandbox itself, from this machine only. Errors are `{error: sentence}`. */
export function serveOwn(routes: readonly ControlRoute[], request: IncomingMessage, response: ServerResponse): void {
  if (!isLoopback(request))
    return sendJson(response, { status: 403, body: { error: "The sandbox's own routes answer to this machine only." } });
  if (request.url?.startsWith(`${controlPrefix}bytes`)) return serveBytes(request, response);
  serveControl(routes, request, response).catch(() => response.destroy());
}
