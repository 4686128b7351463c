import { Router } from "../../packages/sandbox/src/http/router.ts";
import { apiRoutes } from "../../packages/sandbox/src/routes/table.ts";
import { type ObservedAnswer, type Sandbox, type SandboxOptions, startSandbox } from "@longarm/sandbox";
import { answerFault } from "./okta-answers.ts";

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

async function ask(org: Sandbox, { method, path, body, headers }: SandboxRequest): Promise<SandboxReply> {
  const response = await fetch(new URL(path, org.url), {
    method,
    headers: { authorization: `SSWS ${org.token}`, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
}

/** Every answer of a sandbox, whoever asked, held to the closed schemas. */
class AnswerCheck {
  readonly #faults: string[] = [];

  readonly onAnswer = (answer: ObservedAnswer): void => {
    const fault = answerFault(answer);
    if (fault !== undefined) this.#faults.push(fault);
  };

  /** Throws when the org has answered what Okta would not. */
  conclude(cause?: unknown): void {
    if (this.#faults.length > 0) throw new Error(this.#faults.splice(0).join("\n"), { cause });
  }
}

/** Runs `work` with a simulated org of its own, which is closed afterwards. An answer that Okta would not give fails it. */
export async function withSandbox<T>(options: SandboxOptions, work: (org: SandboxOrg) => Promise<T>): Promise<T> {
  const check = new AnswerCheck();
  const onAnswer = (answer: ObservedAnswer): void => {
    check.onAnswer(answer);
    options.onAnswer?.(answer);
  };
  const sandbox = await startSandbox({ ...options, onAnswer });
  const request = async (wanted: SandboxRequest): Promise<SandboxReply> => {
    const reply = await ask(sandbox, wanted);
    check.conclude();
    return reply;
  };
  try {
    const result = await work({ ...sandbox, request, call: (method, path, body) => request({ method, path, body }) });
    check.conclude();
    return result;
  } catch (reason) {
    // What the test stumbled over may be no more than the consequence.
    check.conclude(reason);
    throw reason;
  } finally {
    await sandbox.close();
  }
}
