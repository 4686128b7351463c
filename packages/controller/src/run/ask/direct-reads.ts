import { LongarmError, newId } from "@longarm/shared";
import { collectBody, type Auth, type HttpMethod, type RestExecutor, type RestRequest } from "@longarm/shared/rest";
import {
  toActionResponse,
  toRequestForm,
  type ActionRequest,
  type ActionResponse,
  type ActionRest,
  type ReadingPost,
} from "@longarm/spoke";
import type { Connection } from "../../ports/connection-store.ts";

/** Reads without a run around them: each is sent once, at once, and nothing is kept of it. Whatever would change something throws. */
export class DirectReads implements ActionRest {
  readonly #of: { readonly connection: Connection; readonly auth: Auth; readonly executor: RestExecutor; readonly signal: AbortSignal };

  constructor(of: { readonly connection: Connection; readonly auth: Auth; readonly executor: RestExecutor; readonly signal: AbortSignal }) {
    this.#of = of;
  }

  get(request: ActionRequest): Promise<ActionResponse> {
    return this.#send("GET", request);
  }

  post(request: ReadingPost | ActionRequest): Promise<ActionResponse> {
    return "effect" in request ? this.#send("POST", request) : this.#refuse();
  }

  put(): Promise<ActionResponse> {
    return this.#refuse();
  }

  delete(): Promise<ActionResponse> {
    return this.#refuse();
  }

  async #send(method: HttpMethod, request: ActionRequest): Promise<ActionResponse> {
    const { connection, auth, executor, signal } = this.#of;
    const { baseUrl, timeoutMs, maxResponseBytes } = connection;
    const ids = { runId: newId("run"), callId: newId("call"), attempt: 1, effect: "read" } as const;
    const sent: RestRequest = { ...ids, method, baseUrl, auth, timeoutMs, maxResponseBytes, ...toRequestForm(request) };
    const answer = await executor.send(sent, signal);
    if (answer.kind === "failure") throw answer.error;
    return toActionResponse(answer.status, answer.headers, await collectBody(answer, maxResponseBytes));
  }

  #refuse(): Promise<never> {
    return Promise.reject(new LongarmError("internal", "A look-up came to the point of changing something."));
  }
}
