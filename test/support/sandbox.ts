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

async function ask(org: Sandbox, { method, path, body, headers }: SandboxRequest): Promise<SandboxReply> {
  const response = await fetch(new URL(path, org.url), {
    method,
    headers: { authorization: `SSWS ${org.token}`, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
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
