// A desk whose controller is the test, an executor that answers when the test says so, and a journal on a disk in memory.
import { LongarmError, newId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { CallRecord, Page, PageRequest, RestExecutor, RestFailure, RestRequest, RestResponse } from "@longarm/shared/rest";
import {
  type AskMessage,
  type CallMessage,
  type ControlPart,
  decodeFrame,
  decodeTold,
  encodeAsk,
  decodeCall,
  encodeCall,
  encodeControl,
  encodeDelivered,
  type FrameMessage,
  type ToldMessage,
} from "@longarm/shared/wire";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { Shelf } from "../journal/journal.fixture.ts";
import type { Journal } from "../journal/journal.ts";
import { CallDesk } from "./call-desk.ts";
import type { SitePolicy } from "../decide/policy/policy.ts";
import { SiteGate } from "../policy/site-gate.ts";
import type { CallSeal } from "./call-seal.ts";
import { ChangeDesk } from "./change-desk.ts";

/** The controller that the test is. */
export const controllerId = newId("controller");
const agentId = newId("agent");
// What is sealed, and what does not verify, has tests of its own.
const seal: CallSeal = {
  openCall: (envelope) => ({ call: decodeCall(envelope), sealFrame: (frame) => frame, end: () => undefined }),
  openControl: (envelope) => envelope,
};
const record: CallRecord = {
  ...{ method: "GET", path: "/", status: 200, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 0, responseBytes: 3 },
  ...{ oktaRequestId: null, rateLimit: null },
};

interface DeskOptions {
  readonly slots?: number;
  /** What the disk holds already. */
  readonly shelf?: Shelf;
}

/** A desk whose controller is the test, and an executor that answers when the test says so. */
export class Desk {
  readonly clock = new ManualClock();
  readonly shelf: Shelf;
  readonly journal: Journal;
  readonly told: ToldMessage[] = [];
  readonly changes: ChangeDesk;
  readonly frames: FrameMessage[] = [];
  readonly requests: RestRequest[] = [];
  readonly signals: AbortSignal[] = [];
  readonly desk: CallDesk;
  mistimed = 0;
  failure: RestFailure | undefined;
  clockUncertaintyMs = 5;
  policy: SitePolicy | undefined;
  pieces: readonly Uint8Array[] = [];
  pagesTaken = 0;
  /** Of this channel's call nothing can be sent. */
  brokenChannel: number | undefined;
  answer = Promise.withResolvers<void>();
  #heard = Promise.withResolvers<void>();

  static async open({ slots = 2, shelf = new Shelf() }: DeskOptions = {}): Promise<Desk> {
    return new Desk(slots, shelf, await shelf.open());
  }

  private constructor(slots: number, shelf: Shelf, journal: Journal) {
    this.shelf = shelf;
    this.journal = journal;
    const executor: RestExecutor = {
      send: (request, signal) => this.#send(request, signal),
      pages: (request, signal) => this.#pages(request, signal),
    };
    const publish = (_: unknown, frame: Uint8Array): void => {
      const decoded = decodeFrame(frame);
      if (decoded.channel === this.brokenChannel) throw new Error("a fault of ours");
      this.frames.push(decoded);
      this.#note();
    };
    const known = {
      agent: { id: agentId, name: "hq-1", bootId: "boot-1" },
      grant: { labels: {}, desired: "up" as const },
      isLeaving: false,
    };
    const situation = () => ({ ...known, controllerNowMs: this.clock.nowMs() });
    this.changes = new ChangeDesk({
      ...{ executor, journal, clock: this.clock, logger: silentLogger },
      knows: (controller) => controller === controllerId,
      timeOf: () => ({ nowMs: this.clock.nowMs(), uncertaintyMs: this.clockUncertaintyMs }),
      tell: (_, told) => {
        this.told.push(decodeTold(told));
        this.#note();
      },
    });
    const onLate = (): void => void (this.mistimed += 1);
    const site = new SiteGate({ policy: () => this.policy, clock: this.clock });
    const own = { executor, changes: this.changes, site, seal, slots, publish, situation, onLate };
    this.desk = new CallDesk({ ...own, clock: this.clock, logger: silentLogger });
  }

  #note(): void {
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }

  async #send(request: RestRequest, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    this.requests.push(request);
    this.signals.push(signal);
    this.#note();
    await Promise.race([
      this.answer.promise,
      new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
    ]);
    const { pieces, failure } = this;
    if (failure) return failure;
    const body = (async function* () {
      yield* pieces;
    })();
    return { kind: "response", status: 200, headers: {}, body, record: () => record };
  }

  async *#pages({ permit }: PageRequest, signal: AbortSignal): AsyncGenerator<Page | RestFailure> {
    for (;;) {
      try {
        await permit?.(signal);
      } catch (reason) {
        return yield { kind: "failure", delivery: "not_sent", error: LongarmError.from(reason), record };
      }
      this.pagesTaken += 1;
      const next = `http://127.0.0.1:1/${this.pagesTaken + 1}`;
      yield { kind: "page", status: 200, headers: {}, body: Buffer.from("page"), next, record };
    }
  }

  take(over: Partial<RestRequest> = {}, more: Partial<CallMessage> = {}): CallMessage {
    const request: RestRequest = {
      ...{
        runId: newId("run"),
        callId: newId("call"),
        attempt: 1,
        effect: "read",
        method: "GET",
        baseUrl: "http://127.0.0.1:1",
        path: "/",
      },
      ...{ query: [], headers: {}, auth: { scheme: "none" }, timeoutMs: 1_000, maxResponseBytes: 1_000 },
      ...over,
    };
    const call: CallMessage = {
      ...{
        protocol: 2,
        controllerId,
        channel: 1,
        work: { kind: "send", request },
        bodyBytes: request.body?.length ?? 0,
        notAfterMs: this.clock.nowMs() + 1_000,
      },
      ...{ credit: { bytes: 1_000_000, pages: 0 }, check: { connection: "acme", target: { host: "", addresses: [] } } },
      address: { audience: agentId, bootId: "boot-1", epoch: 1, replyKey: new Uint8Array(32) },
      ...more,
    };
    this.desk.takeCall(encodeCall(call));
    return call;
  }

  control(call: CallMessage, part: ControlPart): void {
    this.desk.takeControl(encodeControl({ controllerId, channel: call.channel, callId: call.work.request.callId, part }));
  }

  /** Resolves once `count` frames have been sent. */
  async heard(count: number): Promise<string[]> {
    await this.until(() => this.frames.length >= count);
    return this.kinds();
  }

  /** Resolves once it holds, looking again whenever something was sent or told. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await this.#heard.promise;
  }

  /** Asks what became of the call, and resolves with the next answer. */
  async ask(call: CallMessage, over: Partial<AskMessage> = {}): Promise<ToldMessage> {
    const { callId, attempt } = call.work.request;
    const count = this.told.length;
    this.changes.takeAsk(encodeAsk({ controllerId, callId, attempt, nonce: "nonce", notAfterMs: call.notAfterMs, ...over }));
    await this.until(() => this.told.length > count);
    return this.told[count] as ToldMessage;
  }

  /** Says that how the call ended is stored. */
  stored(call: CallMessage): void {
    const { callId, attempt } = call.work.request;
    this.changes.takeDelivered(encodeDelivered({ controllerId, calls: [{ callId, attempt }] }));
  }

  kinds(): string[] {
    return this.frames.map(({ part }) => part.kind);
  }
}
