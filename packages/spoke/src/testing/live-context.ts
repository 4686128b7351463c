import { newId, type EffectClass } from "@longarm/shared";
import { collectBody, type Auth, type HttpMethod, type RestExecutor, type RestRequest } from "@longarm/shared/rest";
import type { ActionContext, ActionRequest, ActionResponse, ActionRest, ChangingRequest, ReadingPost } from "../context.ts";
import { toActionResponse, toRequestForm } from "../rest-form.ts";

/** Where the calls of a live context go. */
export interface LiveTarget {
  readonly executor: RestExecutor;
  readonly baseUrl: string;
  readonly auth: Auth;
}

const limits = { timeoutMs: 10_000, maxResponseBytes: 10_000_000 };

class LiveRest implements ActionRest {
  readonly asked: string[] = [];
  readonly #target: LiveTarget;

  constructor(target: LiveTarget) {
    this.#target = target;
  }

  get(request: ActionRequest): Promise<ActionResponse> {
    return this.#send("GET", request, "read");
  }

  post(request: ChangingRequest | ReadingPost): Promise<ActionResponse> {
    return "effect" in request ? this.#send("POST", request, "read") : this.#change("POST", request);
  }

  put(request: ChangingRequest): Promise<ActionResponse> {
    return this.#change("PUT", request);
  }

  delete(request: ChangingRequest): Promise<ActionResponse> {
    return this.#change("DELETE", request);
  }

  async #change(method: HttpMethod, request: ChangingRequest): Promise<ActionResponse> {
    const error = request.check?.judge(await this.#send("GET", request.check.request, "read"));
    if (error) throw error;
    return this.#send(method, request, "once");
  }

  async #send(method: HttpMethod, request: ActionRequest, effect: EffectClass): Promise<ActionResponse> {
    const { executor, baseUrl, auth } = this.#target;
    const form = toRequestForm(request);
    this.asked.push(`${method} ${form.path}`);
    const sent: RestRequest = { runId: newId("run"), callId: newId("call"), attempt: 1, effect, method, baseUrl, auth, ...form, ...limits };
    const answer = await executor.send(sent, new AbortController().signal);
    if (answer.kind === "failure") throw answer.error;
    return toActionResponse(answer.status, answer.headers, await collectBody(answer, limits.maxResponseBytes));
  }
}

/** A context that sends each call once, at once, to a real target, without a run around it: for trying a spoke against a sandbox. */
export function liveContext(target: LiveTarget): ActionContext & { readonly asked: readonly string[] } {
  const rest = new LiveRest(target);
  return {
    rest,
    asked: rest.asked,
    connection: "live",
    publicUrl: null,
    hookSecret: async () => null,
    submittedAt: Date.now(),
    dryRun: false,
    note: () => undefined,
  };
}
