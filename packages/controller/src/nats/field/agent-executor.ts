import { hash } from "node:crypto";
import { type AgentId, type Clock, dispatchMs, LongarmError } from "@longarm/shared";
import {
  abortError,
  type Page,
  type PageRequest,
  type RestExecutor,
  type RestFailure,
  type RestRequest,
  type RestResponse,
} from "@longarm/shared/rest";
import { type CarriedCheck, chunkBytes, inlineBodyBytes, protocolVersion, type Work } from "@longarm/shared/wire";
import { failureOf } from "./call-failures.ts";
import { PageLine } from "./page-line.ts";
import { PagePump } from "./page-pump.ts";
import { type LineBack, ResponseLine } from "./response-line.ts";
import { type Switchboard, unsent } from "./switchboard.ts";
import { Upload } from "./upload.ts";

/** What an executor of one agent rests on. */
export interface AgentExecutorDeps {
  readonly agent: AgentId;
  readonly switchboard: Switchboard;
  readonly clock: Clock;
  /** What the agent checks again; read at each call, as its facts may have changed. */
  readonly check: () => CarriedCheck;
  /** Why no call can be sent to this agent now; undefined: one can. */
  readonly obstacle: () => LongarmError | undefined;
  /** How much of a response's body may be on the way. Default 1 MiB. */
  readonly windowBytes?: number;
}

// The agent's own timeout should speak first; this is for an agent that does not.
const graceMs = 2_000;
const defaultWindowBytes = 1024 * 1024;

/** How many pages may be permitted and not taken by the consumer. */
function mostPages({ pagesAhead }: PageRequest): number {
  return 1 + Math.max(1, pagesAhead);
}

/** Where a call's frames go, and how many pages it permits. */
interface Dispatched {
  readonly line: ResponseLine | PageLine;
  readonly pages: number;
}

/** Performs REST calls on one agent, and only on it. */
export class AgentExecutor implements RestExecutor {
  readonly #deps: AgentExecutorDeps;

  constructor(deps: AgentExecutorDeps) {
    this.#deps = deps;
  }

  /** See the contract. Never rejects. */
  send(request: RestRequest, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    const obstacle = this.#obstacle(signal);
    if (obstacle) return Promise.resolve(failureOf(request, { delivery: "not_sent", error: obstacle }, this.#deps.clock));
    const { agent, clock, windowBytes = defaultWindowBytes } = this.#deps;
    const line = new ResponseLine({ agent, request, windowBytes, graceMs, clock });
    const fault = this.#dispatch({ kind: "send", request }, { line, pages: 0 }, signal);
    if (fault) return Promise.resolve(failureOf(request, { delivery: "not_sent", error: fault }, clock));
    return line.answer;
  }

  /** See the contract. */
  async *pages(request: PageRequest, signal: AbortSignal): AsyncGenerator<Page | RestFailure, void, undefined> {
    const { agent, clock } = this.#deps;
    const windowBytes = Math.max(request.windowBytes, chunkBytes);
    const most = mostPages(request);
    // Each is worth a permit of its own, where permits are asked for: the call goes out with the first.
    const pages = request.permit ? 1 : most;
    const line = new PageLine({ agent, request, windowBytes, graceMs, clock, pages });
    const refusal = request.permit ? await this.#permitted(request.permit, { request, signal }) : this.#obstacle(signal);
    const fault = refusal ?? this.#dispatch({ kind: "pages", request }, { line, pages }, signal);
    if (fault) return yield failureOf(request, { delivery: "not_sent", error: fault }, clock);
    const pump = new PagePump(line, { request, ahead: pages, most });
    pump.pump();
    let isWhole = false;
    try {
      for (let page = await line.take(); page; page = await line.take()) {
        isWhole = line.isComplete && page.kind === "page";
        yield page;
        pump.taken();
      }
    } finally {
      if (!line.isComplete) line.abort(new LongarmError("cancelled", "The pages were not read to their end."));
      await pump.end(isWhole);
    }
  }

  /** Waits for the permit of the first page; resolves to why the pages cannot be asked for all the same. */
  async #permitted(
    permit: NonNullable<PageRequest["permit"]>,
    { request, signal }: { readonly request: PageRequest; readonly signal: AbortSignal },
  ): Promise<LongarmError | undefined> {
    try {
      await permit(signal);
    } catch (reason) {
      return LongarmError.from(reason);
    }
    const obstacle = this.#obstacle(signal);
    if (obstacle) request.unused?.(1);
    return obstacle;
  }

  #obstacle(signal: AbortSignal): LongarmError | undefined {
    return signal.aborted ? abortError(signal) : this.#deps.obstacle();
  }

  /** Publishes the call and connects the line; resolves to the fault that kept it from being published. */
  #dispatch(work: Work, { line, pages }: Dispatched, signal: AbortSignal): LongarmError | undefined {
    const { switchboard, clock, check } = this.#deps;
    const { body } = work.request;
    const upload = body && body.length > inlineBodyBytes ? new Upload(body) : undefined;
    const sent = upload ? ({ ...work, request: { ...work.request, body: upload.beginning } } as Work) : work;
    const credit = { bytes: line.credit.windowBytes, pages };
    const { notAfterMs = clock.nowMs() + dispatchMs, journalId, epoch = 0 } = work.request.dispatch ?? {};
    const journal = journalId === undefined ? {} : { journalId };
    const bodied = body ? { bodyBytes: body.length, bodySha256: hash("sha256", body, "buffer") } : { bodyBytes: 0 };
    const call = { protocol: protocolVersion, work: sent, ...bodied, notAfterMs, epoch, credit, check: check(), ...journal };
    try {
      const channel = switchboard.connect(line, call);
      const onAbort = (): void => line.abort(abortError(signal));
      signal.addEventListener("abort", onAbort, { once: true });
      line.connected(this.#back(channel, { upload, done: () => signal.removeEventListener("abort", onAbort) }));
      upload?.send(0, (bytes) => switchboard.control(channel, { kind: "bodyChunk", bytes }));
      return undefined;
    } catch (reason) {
      return unsent(reason);
    }
  }

  #back(channel: number, { upload, done }: { upload: Upload | undefined; done: () => void }): LineBack {
    const { switchboard } = this.#deps;
    return {
      credit: (credit) => switchboard.control(channel, { kind: "credit", credit }),
      bodyCredit: (bytes) => upload?.send(bytes, (chunk) => switchboard.control(channel, { kind: "bodyChunk", bytes: chunk })),
      cancel: (code) => switchboard.cancel(channel, code),
      done: () => {
        switchboard.disconnect(channel);
        done();
      },
    };
  }
}
