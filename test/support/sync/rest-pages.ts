import { okta } from "@longarm/okta";
import { LongarmError, newId, type Secret } from "@longarm/shared";
import type { RestExecutor } from "@longarm/shared/rest";
import { type ActionResponse, type AnyStream, createCatalogue, readBody, toRequestForm } from "@longarm/spoke";
import type { PageOutcome, PageRequest, Pages } from "@longarm/sync";

const catalogue = createCatalogue([okta]);
const absent = new Set(["group_not_found", "app_not_found", "user_not_found"]);

interface RestPagesOptions {
  readonly executor: RestExecutor;
  readonly baseUrl: string;
  readonly token: Secret;
  /** Items of a page, so that a small org has many; absent: as many as the stream asks for. */
  readonly pageSize?: number;
}

function isRefusedCursor({ status, body }: ActionResponse, cursor: string | null): boolean {
  return cursor !== null && status === 400 && (body as { errorCode?: unknown } | undefined)?.errorCode === "E0000029";
}

/** The pages of an org by plain REST calls, without the engine: each stream as the spoke asks for it, each item as the org sent it. */
export function restPages({ executor, baseUrl, token, pageSize }: RestPagesOptions): Pages {
  async function* read(
    { action, input }: PageRequest,
    { cursor, signal }: { cursor: string | null; signal: AbortSignal },
  ): AsyncGenerator<PageOutcome> {
    const stream = catalogue.get(action) as AnyStream;
    const wish: unknown = catalogue.checkInput(stream, { ...input, ...(pageSize !== undefined && { pageSize }) });
    const { method, repeats, pollMs, ...request } = stream.start(wish);
    const call = {
      ...({ runId: newId("run"), callId: newId("call"), attempt: 1, effect: "read", method, baseUrl } as const),
      ...({
        auth: { scheme: "ssws", token },
        timeoutMs: 10_000,
        maxResponseBytes: 10_000_000,
        pagesAhead: 1,
        windowBytes: 5_000_000,
      } as const),
      ...{ ...toRequestForm(request), ...(repeats && { repeats }), ...(pollMs !== undefined && { pollMs }) },
      ...(cursor !== null && { resumeAt: cursor }),
    };
    for await (const page of executor.pages(call, signal)) {
      if (page.kind === "failure") throw page.error;
      const response = { status: page.status, headers: page.headers, body: readBody(page.body) };
      if (page.status !== 200) {
        if (isRefusedCursor(response, cursor)) return yield { kind: "cursor_refused" };
        const fault: LongarmError = stream.refused?.(response, wish) ?? okta.explain(response);
        if (absent.has(fault.code)) return yield { kind: "absent" };
        throw fault;
      }
      const atMs = Date.parse(page.headers["date"] ?? "");
      yield { kind: "page", items: response.body as readonly unknown[], cursor: page.next, ...(!Number.isNaN(atMs) && { atMs }) };
    }
  }
  return { read };
}
