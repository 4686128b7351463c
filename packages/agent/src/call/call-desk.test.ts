import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { CallRecord, Page, RestExecutor, RestRequest, RestResponse } from "@longarm/shared/rest";
import {
  type CallMessage,
  type ControlPart,
  decodeFrame,
  encodeCall,
  encodeControl,
  type FrameMessage,
  type Work,
} from "@longarm/shared/wire";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { CallDesk, controllerSilenceMs } from "./call-desk.ts";

const test = suite("calls on the agent's desk");
const controllerId = newId("controller");
const record: CallRecord = {
  ...{ method: "GET", path: "/", status: 200, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 0, responseBytes: 3 },
  ...{ oktaRequestId: null, rateLimit: null },
};

/** A desk whose controller is the test, and an executor that answers when the test says so. */
class Desk {
  readonly clock = new ManualClock();
  readonly frames: FrameMessage[] = [];
  readonly requests: RestRequest[] = [];
  readonly signals: AbortSignal[] = [];
  readonly desk: CallDesk;
  pieces: readonly Uint8Array[] = [];
  pagesTaken = 0;
  answer = Promise.withResolvers<void>();
  #heard = Promise.withResolvers<void>();

  constructor(slots = 2) {
    const executor: RestExecutor = { send: (request, signal) => this.#send(request, signal), pages: () => this.#pages() };
    const publish = (_: unknown, frame: Uint8Array): void => {
      this.frames.push(decodeFrame(frame));
      this.#heard.resolve();
      this.#heard = Promise.withResolvers();
    };
    const known = {
      agent: { id: newId("agent"), name: "hq-1" },
      grant: { labels: {}, desired: "up" as const },
      isLeaving: false,
      isPrivate: true,
    };
    const situation = () => ({ ...known, controllerNowMs: this.clock.nowMs() });
    this.desk = new CallDesk({ executor, slots, clock: this.clock, logger: silentLogger, publish, situation });
  }

  async #send(request: RestRequest, signal: AbortSignal): Promise<RestResponse> {
    this.requests.push(request);
    this.signals.push(signal);
    await this.answer.promise;
    const { pieces } = this;
    const body = (async function* () {
      yield* pieces;
    })();
    return { kind: "response", status: 200, headers: {}, body, record: () => record };
  }

  async *#pages(): AsyncGenerator<Page> {
    for (;;) {
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
        protocol: 1,
        controllerId,
        channel: 1,
        work: { kind: "send", request },
        bodyBytes: request.body?.length ?? 0,
        notAfterMs: this.clock.nowMs() + 1_000,
      },
      ...{ credit: { bytes: 1_000_000, pages: 0 }, check: { connection: "acme", target: { host: "", addresses: [] } } },
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
    while (this.frames.length < count) await this.#heard.promise;
    return this.kinds();
  }

  kinds(): string[] {
    return this.frames.map(({ part }) => part.kind);
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a short answer is one frame", async () => {
  const desk = new Desk();
  desk.pieces = [Buffer.from("ab"), Buffer.from("c")];
  desk.answer.resolve();
  desk.take();
  assert.deepEqual(await desk.heard(1), ["whole"]);
  await desk.desk.idle();
  assert.equal(desk.desk.freeSlots, 2);
});

test("a long answer is head, chunks and end, and stops when the credit is used up", async () => {
  const desk = new Desk();
  desk.pieces = [Buffer.alloc(150_000)];
  desk.answer.resolve();
  const call = desk.take({}, { credit: { bytes: 100_000, pages: 0 } });
  assert.deepEqual(await desk.heard(3), ["head", "chunk", "chunk"]);
  await settled();
  assert.equal(desk.frames.length, 3);
  desk.control(call, { kind: "credit", credit: { bytes: 50_000, pages: 0 } });
  assert.deepEqual(await desk.heard(5), ["head", "chunk", "chunk", "chunk", "end"]);
  const bytes = desk.frames.reduce((sum, { part }) => sum + (part.kind === "chunk" ? part.bytes.length : 0), 0);
  assert.equal(bytes, 150_000);
  assert.deepEqual(
    desk.frames.map(({ seq }) => seq),
    [0, 1, 2, 3, 4],
  );
});

test("a call that takes its time is said to have arrived", async () => {
  const desk = new Desk();
  desk.take();
  desk.desk.sweepOnce();
  desk.desk.sweepOnce();
  assert.deepEqual(desk.kinds(), ["accepted"]);
  desk.answer.resolve();
  assert.deepEqual(await desk.heard(2), ["accepted", "whole"]);
});

test("a call that is delivered twice is begun once, and its second delivery is not answered", async () => {
  const desk = new Desk();
  const call = desk.take({ effect: "create", method: "POST" });
  desk.desk.takeCall(encodeCall(call));
  desk.answer.resolve();
  assert.deepEqual([await desk.heard(1), desk.requests.length], [["whole"], 1]);
  await settled();
  assert.deepEqual(desk.kinds(), ["whole"]);
});

test("a cancelled call aborts its exchange and sends nothing more", async () => {
  const desk = new Desk();
  const call = desk.take();
  desk.control(call, { kind: "cancel", code: "cancelled" });
  assert(desk.signals[0]?.aborted);
  desk.answer.resolve();
  await desk.desk.idle();
  assert.deepEqual(desk.kinds(), []);
});

test("a control that names another call on the same channel changes nothing", () => {
  const desk = new Desk();
  const call = desk.take();
  desk.desk.takeControl(encodeControl({ controllerId, channel: call.channel, callId: newId("call"), part: { kind: "cancel", code: "x" } }));
  assert.equal(desk.signals[0]?.aborted, false);
});

test("a call beyond the slots is refused, and one after a slot came free is not", async () => {
  const desk = new Desk(1);
  desk.take({}, { channel: 1 });
  desk.take({}, { channel: 2 });
  assert.deepEqual(await desk.heard(1), ["refused"]);
  desk.answer.resolve();
  await desk.desk.idle();
  desk.take({}, { channel: 3 });
  assert.deepEqual(await desk.heard(3), ["refused", "whole", "whole"]);
});

test("a call that changes something is begun once, however often it is delivered; its next attempt is another", async () => {
  const desk = new Desk();
  desk.answer.resolve();
  const callId = newId("call");
  for (const [channel, attempt] of [1, 1, 2].entries()) desk.take({ callId, attempt, effect: "create" }, { channel });
  await desk.desk.idle();
  assert.equal(desk.requests.length, 2);
  assert.equal(desk.kinds().filter((kind) => kind === "refused").length, 1);
});

test("a body that did not fit into the call is put together before anything is sent", async () => {
  const desk = new Desk();
  desk.answer.resolve();
  const body = Buffer.from("0123456789");
  const call = desk.take({ effect: "create", method: "POST", body: body.subarray(0, 4) }, { bodyBytes: 10 });
  assert.equal(desk.requests.length, 0);
  for (const [from, to] of [
    [4, 7],
    [7, 10],
  ] as const)
    desk.control(call, { kind: "bodyChunk", bytes: body.subarray(from, to) });
  await desk.heard(1);
  assert.deepEqual(Buffer.from(desk.requests[0]?.body ?? []), body);
});

test("a body longer than the call said fails it as not sent", async () => {
  const desk = new Desk();
  const call = desk.take({ effect: "create", method: "POST", body: Buffer.from("01") }, { bodyBytes: 4 });
  desk.control(call, { kind: "bodyChunk", bytes: Buffer.from("23456") });
  await desk.heard(1);
  const [frame] = desk.frames;
  assert(frame?.part.kind === "failure");
  assert.equal(frame.part.delivery, "not_sent");
  assert.equal(desk.requests.length, 0);
});

test("a call whose controller is silent while it waits for credit is ended", async () => {
  const desk = new Desk();
  desk.pieces = [Buffer.alloc(2_000)];
  desk.answer.resolve();
  const call = desk.take({}, { credit: { bytes: 1_000, pages: 0 } });
  await desk.heard(2);
  await desk.clock.advance(controllerSilenceMs - 1_000);
  desk.control(call, { kind: "credit", credit: { bytes: 0, pages: 0 } });
  await desk.clock.advance(controllerSilenceMs - 1_000);
  desk.desk.sweepOnce();
  assert.equal(desk.desk.openCalls, 1, "it was heard of meanwhile");
  await desk.clock.advance(2_000);
  desk.desk.sweepOnce();
  await desk.desk.idle();
});

test("no page is taken from the executor without a permit for the one after it", async () => {
  const desk = new Desk();
  const request = { ...new Desk().take().work.request, pagesAhead: 1, windowBytes: 1_000 };
  const work: Work = { kind: "pages", request };
  const call = desk.take({}, { work, credit: { bytes: 1_000, pages: 2 } });
  await desk.heard(1);
  await settled();
  assert.equal(desk.pagesTaken, 1);
  desk.control(call, { kind: "credit", credit: { bytes: 4, pages: 1 } });
  await desk.heard(2);
  await settled();
  assert.equal(desk.pagesTaken, 2);
  desk.control(call, { kind: "cancel", code: "enough" });
  await desk.desk.idle();
});

test("what cannot be read is dropped", () => {
  const desk = new Desk();
  desk.desk.takeCall(Buffer.from("no call"));
  desk.desk.takeControl(Buffer.from("no control"));
  assert.equal(desk.desk.openCalls, 0);
});

test.run();
