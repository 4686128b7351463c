import { LongarmError } from "@longarm/shared";
import type { CredentialReference, Page, PageRequest, RestExecutor, RestFailure, RestRequest, RestResponse } from "@longarm/shared/rest";
import { emptyRecord } from "../call/carry-change.ts";
import type { SiteCredentials } from "./site-credentials.ts";

/** An executor whose calls may refer to a credential of the site. */
export class ResolvingExecutor implements RestExecutor {
  readonly #inner: RestExecutor;
  readonly #credentials: SiteCredentials;

  constructor(inner: RestExecutor, credentials: SiteCredentials) {
    this.#inner = inner;
    this.#credentials = credentials;
  }

  send(request: RestRequest, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    const { auth } = request;
    return auth.scheme === "reference" ? this.#send(request, auth.reference, signal) : this.#inner.send(request, signal);
  }

  pages(request: PageRequest, signal: AbortSignal): AsyncIterable<Page | RestFailure> {
    const { auth } = request;
    return auth.scheme === "reference" ? this.#pages(request, auth.reference, signal) : this.#inner.pages(request, signal);
  }

  async #send(request: RestRequest, reference: CredentialReference, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    const resolved = await this.#resolved(request, reference);
    if ("kind" in resolved) return resolved;
    const answer = await this.#inner.send(resolved, signal);
    if (isRefused(answer)) this.#credentials.mistrust(reference);
    return answer;
  }

  async *#pages(request: PageRequest, reference: CredentialReference, signal: AbortSignal): AsyncGenerator<Page | RestFailure> {
    const resolved = await this.#resolved(request, reference);
    if ("kind" in resolved) return yield resolved;
    for await (const page of this.#inner.pages(resolved, signal)) {
      if (isRefused(page)) this.#credentials.mistrust(reference);
      yield page;
    }
  }

  async #resolved<T extends RestRequest>(request: T, reference: CredentialReference): Promise<T | RestFailure> {
    try {
      return { ...request, auth: await this.#credentials.resolve(reference, request.baseUrl) };
    } catch (reason) {
      return { kind: "failure", delivery: "not_sent", error: LongarmError.from(reason), record: emptyRecord(request) };
    }
  }
}

function isRefused(answer: Page | RestResponse | RestFailure): boolean {
  return answer.kind === "failure" ? answer.error.code === "authentication_failed" : answer.status === 401;
}
