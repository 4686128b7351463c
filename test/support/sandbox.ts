import { findPlacedFaults } from "@longarm/shared/schema";
import { Router } from "../../packages/sandbox/src/http/router.ts";
import { apiRoutes } from "../../packages/sandbox/src/routes/table.ts";
import { answerSchemas, oauthRefusalSchema, refusalSchema } from "./okta-wire.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "@longarm/sandbox";

/** What one call to a sandbox gave; `body` is undefined when there was none. */
export interface SandboxReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A request to a sandbox; `path` may also be a whole URL, such as a next link. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A running sandbox and a plain way to talk to it: the org with its token, or, under `/sandbox/`, the sandbox itself. */
export interface SandboxOrg extends Sandbox {
  call(method: string, path: string, body?: unknown): Promise<SandboxReply>;
  request(request: SandboxRequest): Promise<SandboxReply>;
}

const router = new Router(apiRoutes);

/** The route that a request to the org led to; undefined for the sandbox itself and for what is no route. */
export function routeOf(method: string, path: string): string | undefined {
  const matched = router.match(method, path.split("?", 1)[0] ?? "");
  return matched.kind === "route" ? `${method} ${matched.route.template}` : undefined;
}

/** Throws when the org answered what Okta would not: every answer that a test gets is held to the closed schemas. */
function checkAnswer({ method, path }: SandboxRequest, { status, headers, body }: SandboxReply): void {
  const { pathname, searchParams } = new URL(path, "http://sandbox");
  if (pathname.startsWith("/sandbox/") || headers.has("x-sandbox-fault")) return;
  const route = routeOf(method, pathname);
  const ofRefusal = pathname.startsWith("/oauth2/") && route !== undefined ? oauthRefusalSchema : refusalSchema;
  const schema = status >= 400 ? ofRefusal : route === undefined ? undefined : answerSchemas[route];
  if (schema === undefined) throw new Error(`${method} ${pathname} answered ${status}, of which nothing is written down.`);
  if (schema === null && body === undefined) return;
  const found =
    schema === null ? [{ in: "body", pointer: "", problem: "is not expected" }] : findPlacedFaults("body", schema, body ?? null);
  // A client may ask for a part of each object.
  const faults = found.filter(({ problem }) => !(searchParams.has("fields") && problem === "is required and absent"));
  if (faults.length > 0) throw new Error(`${method} ${pathname} answered ${status} with what Okta would not: ${JSON.stringify(faults)}`);
}

async function ask(org: Sandbox, { method, path, body, headers }: SandboxRequest): Promise<SandboxReply> {
  const response = await fetch(new URL(path, org.url), {
    method,
    headers: { authorization: `SSWS ${org.token}`, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const reply = { status: response.status, headers: response.headers, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
  checkAnswer({ method, path }, reply);
  return reply;
}

/** Runs `work` with a simulated org of its own, which is closed afterwards. */
export async function withSandbox<T>(options: SandboxOptions, work: (org: SandboxOrg) => Promise<T>): Promise<T> {
  const sandbox = await startSandbox(options);
  try {
    return await work({
      ...sandbox,
      call: (method, path, body) => ask(sandbox, { method, path, body }),
      request: (request) => ask(sandbox, request),
    });
  } finally {
    await sandbox.close();
  }
}
