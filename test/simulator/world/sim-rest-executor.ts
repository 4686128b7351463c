import { LongarmError, type Delivery, type ErrorCode } from "@longarm/shared";
import {
  abortError,
  type CallRecord,
  type Page,
  type PageRequest,
  type RestExecutor,
  type RestFailure,
  type RestRequest,
  type RestResponse,
} from "@longarm/shared/rest";
import type { OrgAnswer } from "./org.ts";
import type { SimProcess } from "./sim-process.ts";

const connectMs = { least: 0.5, most: 40 };
// So long that a lease may lapse meanwhile; now and then longer than anybody waits.
const slowConnectMs = { least: 1_000, most: 14_000 };
const wayMs = { least: 0.5, most: 60 };
const bytes = new TextEncoder();

/** The HTTP client of one process: the contract of the real one, over the simulated target. */
export class SimRestExecutor implements RestExecutor {
  readonly #process: SimProcess;
  readonly #onBegin: (request: RestRequest) => void;

  /** `onBegin` sees every request as it is begun. */
  constructor(process: SimProcess, onBegin: (request: RestRequest) => void) {
    this.#process = process;
    this.#onBegin = onBegin;
  }

  send(request: RestRequest, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    if (signal.aborted) return Promise.resolve(failed(request, "not_sent", abortError(signal)));
    return new Promise((resolve) => {
      if (!this.#process.isAlive) return;
      this.#onBegin(request);
      new Exchange(this.#process, { request, signal, resolve }).begin();
    });
  }

  async *pages(request: PageRequest): AsyncGenerator<Page | RestFailure> {
    yield failed(request, "not_sent", new LongarmError("internal", "The simulated target has no pages."));
  }
}

interface Asked {
  readonly request: RestRequest;
  readonly signal: AbortSignal;
  readonly resolve: (answer: RestResponse | RestFailure) => void;
}

/** connecting ──▶ started ──▶ ended. What the target does once it has the request does not depend on this process any more. */
class Exchange {
  readonly #process: SimProcess;
  readonly #asked: Asked;
  readonly #beganMs: number;
  #isStarted = false;
  #hasEnded = false;

  constructor(process: SimProcess, asked: Asked) {
    this.#process = process;
    this.#asked = asked;
    this.#beganMs = process.clock.monotonicMs();
  }

  begin(): void {
    const { random, weather } = this.#process.world;
    const { request, signal } = this.#asked;
    const conduct = random.weighted(weather.org);
    if (conduct !== "answers") this.#process.world.tally.add(conduct);
    signal.addEventListener("abort", this.#onAbort, { once: true });
    if (weather.freezeConnecting > 0) this.#process.world.strike(this.#process, "connects");
    this.#process.after(request.timeoutMs, () => this.#breakOff("target_timeout"));
    this.#process.after(this.#connectMs(), () => {
      if (this.#hasEnded) return;
      // A timer that is due is seen before a connection that is there.
      if (this.#process.clock.monotonicMs() - this.#beganMs >= request.timeoutMs) return this.#breakOff("target_timeout");
      if (conduct === "isNotReached") return this.#breakOff("target_unreachable");
      const refusal = this.#asked.request.lastLook?.();
      if (refusal) return this.#end(failed(request, "not_sent", refusal));
      this.#start(conduct);
    });
  }

  #connectMs(): number {
    const { random, weather, tally } = this.#process.world;
    if (!random.chance(weather.connectSlowly)) return random.between(connectMs.least, connectMs.most);
    tally.add("connectsSlowly");
    return random.between(slowConnectMs.least, slowConnectMs.most);
  }

  #start(conduct: string): void {
    const { world, name } = this.#process;
    const { request } = this.#asked;
    const { runId, callId, attempt, effect } = request;
    this.#isStarted = true;
    world.ledger.sent.push({ atMs: world.nowMs, by: name, runId, callId, attempt, effect });
    world.tell(`${name} sends ${request.method} ${request.path} ${callId}/${attempt} ${conduct}`);
    world.strike(this.#process, "sent");
    world.scheduler.at(world.random.between(wayMs.least, wayMs.most), () => this.#arrive(conduct));
  }

  #arrive(conduct: string): void {
    const { world } = this.#process;
    const { random } = world;
    const { request } = this.#asked;
    // However its connection ends, a target is done with a request when its client would have given it up.
    const isDoneWithinMs = request.timeoutMs;
    const cut = (withinMs: number): void => void this.#process.after(random.between(0.5, withinMs), () => this.#breakOff("target_reset"));
    const carryOut = (): OrgAnswer => world.org.handle(request);
    switch (conduct) {
      case "neverHears":
        return random.chance(0.5) ? cut(3_000) : undefined;
      case "cuts":
        return cut(100);
      case "appliesThenCuts":
        carryOut();
        return cut(100);
      case "cutsThenApplies":
        cut(50);
        return void world.scheduler.at(random.between(50, isDoneWithinMs), carryOut);
      case "failsBefore":
        return this.#answer({ status: random.pick([500, 502, 503]), body: {} });
      case "failsAfter":
        carryOut();
        return this.#answer({ status: random.pick([500, 502, 503]), body: {} });
      case "limits":
        world.ledger.turnedAway.add(`${request.callId}/${request.attempt}`);
        return this.#answer({ status: 429, body: {}, headers: { "retry-after": String(1 + random.below(3)) } });
      case "answersLate":
        return void world.scheduler.at(random.between(0, isDoneWithinMs), () => this.#answer(carryOut(), random.between(0, 8_000)));
      default:
        return this.#answer(carryOut());
    }
  }

  #answer({ status, body, headers = {} }: OrgAnswer, afterMs = 1): void {
    const { world } = this.#process;
    world.scheduler.at(afterMs + world.random.between(wayMs.least, wayMs.most), () => {
      world.strike(this.#process, "answered");
      this.#process.take(() => this.#end(answered(this.#asked.request, { status, body, headers })));
    });
  }

  #breakOff(code: Extract<ErrorCode, "target_timeout" | "target_reset" | "target_unreachable">): void {
    const shown = this.#isStarted ? code : "target_unreachable";
    this.#end(failed(this.#asked.request, this.#isStarted ? "unknown" : "not_sent", new LongarmError(shown)));
  }

  readonly #onAbort = (): void => {
    this.#end(failed(this.#asked.request, this.#isStarted ? "unknown" : "not_sent", abortError(this.#asked.signal)));
  };

  #end(answer: RestResponse | RestFailure): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#asked.signal.removeEventListener("abort", this.#onAbort);
    this.#asked.resolve(answer);
  }
}

function recordOf({ method, path, body }: RestRequest, status: number | null): CallRecord {
  const sizes = { requestBytes: body?.length ?? 0, responseBytes: 0 };
  return { method, path, status, sentAt: 0, headMs: null, totalMs: null, ...sizes, oktaRequestId: null, rateLimit: null };
}

/** A request without a response, as the contract has it. */
export function failed(request: RestRequest, delivery: Delivery, error: LongarmError): RestFailure {
  return { kind: "failure", delivery, error, record: recordOf(request, null) };
}

function answered(request: RestRequest, { status, body, headers }: Required<OrgAnswer>): RestResponse {
  const whole = bytes.encode(JSON.stringify(body));
  const once = async function* (): AsyncGenerator<Uint8Array> {
    yield whole;
  };
  return { kind: "response", status, headers, body: once(), record: () => recordOf(request, status) };
}
