import { LongarmError, Secret } from "@longarm/shared";
import type { ActionContext, ActionRequest, ActionResponse, ActionRest, ChangingRequest, ReadingPost } from "../context.ts";
import { encodePath } from "../rest-form.ts";

/** What the script answers; `headers` and `body` may be left out. */
export interface ScriptedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request as the action made it, in the form in which it would have left. */
export interface RecordedRequest {
  readonly method: string;
  /** Encoded, without its query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** How long the engine would have waited before it. */
  readonly afterMs: number;
  /** `read` or `change`: which kind of call the engine would make of it. */
  readonly effect: "read" | "change";
}

/** One answer for every such request, several for one after the other, a function of the request, or an error that ends the run. */
export type Answer =
  | ScriptedResponse
  | LongarmError
  | readonly (ScriptedResponse | LongarmError)[]
  | ((request: RecordedRequest) => ScriptedResponse);

/** Answers by `METHOD /path`, the path encoded and without its query: `"GET /api/v1/users/ada%40example.com"`. */
export type Script = Readonly<Record<string, Answer>>;

/** A context for one action, and what became of it. */
export interface FakeContext extends ActionContext {
  /** In order. */
  readonly requests: readonly RecordedRequest[];
  /** `METHOD /path` of each, in order. */
  readonly asked: readonly string[];
  readonly notes: readonly string[];
}

class ScriptedRest implements ActionRest {
  readonly requests: RecordedRequest[] = [];
  readonly #script: Script;
  readonly #counts = new Map<string, number>();

  constructor(script: Script) {
    this.#script = script;
  }

  get(request: ActionRequest): Promise<ActionResponse> {
    return this.#answer("GET", request, "read");
  }

  post(request: ChangingRequest | ReadingPost): Promise<ActionResponse> {
    return "effect" in request ? this.#answer("POST", request, "read") : this.#change("POST", request);
  }

  put(request: ChangingRequest): Promise<ActionResponse> {
    return this.#change("PUT", request);
  }

  delete(request: ChangingRequest): Promise<ActionResponse> {
    return this.#change("DELETE", request);
  }

  /** Like the engine: what says 2xx and is no answer of the target's leaves the outcome unknown. */
  async #change(method: string, request: ChangingRequest): Promise<ActionResponse> {
    const answer = await this.#answer(method, request, "change");
    const isDone = answer.status >= 200 && answer.status < 300;
    if (isDone && !(request.isAnswer?.(answer) ?? typeof answer.body !== "string")) throw new LongarmError("outcome_unknown");
    return answer;
  }

  async #answer(method: string, request: ActionRequest, effect: "read" | "change"): Promise<ActionResponse> {
    const path = encodePath(request.path);
    const query = Object.fromEntries(
      Object.entries(request.query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    );
    const recorded = {
      method,
      path,
      query,
      headers: request.headers ?? {},
      body: request.body === undefined ? null : structuredClone(request.body),
      afterMs: request.after?.ms ?? 0,
      effect,
    };
    this.requests.push(recorded);
    const answer = this.#next(`${method} ${path}`, recorded);
    if (answer instanceof LongarmError) throw answer;
    return { status: answer.status, headers: answer.headers ?? {}, body: answer.body === undefined ? null : structuredClone(answer.body) };
  }

  #next(key: string, request: RecordedRequest): ScriptedResponse | LongarmError {
    const answer = this.#script[key];
    if (answer === undefined)
      throw new Error(
        `The action asked for ${key}, which the script does not hold; it holds ${Object.keys(this.#script).join(", ") || "nothing"}.`,
      );
    if (typeof answer === "function") return answer(request);
    if (!Array.isArray(answer)) return answer as ScriptedResponse | LongarmError;
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    const one = (answer as readonly (ScriptedResponse | LongarmError)[])[count];
    if (one) return one;
    throw new Error(`The action asked for ${key} once more than the script's ${answer.length} times.`);
  }
}

/** A context whose `rest` answers from `script` alone; a request that the script does not hold fails the test. */
export function fakeContext(
  script: Script,
  options: { readonly submittedAt?: number; readonly dryRun?: boolean; readonly publicUrl?: string; readonly hookSecret?: string } = {},
): FakeContext {
  const rest = new ScriptedRest(script);
  const notes: string[] = [];
  return {
    rest,
    connection: "acme",
    publicUrl: options.publicUrl ?? null,
    hookSecret: async () => (options.hookSecret === undefined ? null : new Secret(options.hookSecret)),
    dryRun: options.dryRun ?? false,
    submittedAt: options.submittedAt ?? Date.UTC(2026, 0, 1),
    note: (sentence) => void notes.push(sentence),
    notes,
    requests: rest.requests,
    get asked() {
      return rest.requests.map(({ method, path }) => `${method} ${path}`);
    },
  };
}
