// Over 300 lines: calls, pages and permits are told over one wire, whose agent is the test.
import assert from "node:assert/strict";
import { field, LongarmError, newId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { CallRecord, PageRequest, RestFailure, RestRequest, RestResponse } from "@longarm/shared/rest";
import { type ControlMessage, decodeCall, decodeControl, encodeFrame, type FramePart } from "@longarm/shared/wire";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { embeddedTrust, newTrustSeeds } from "../../trust/trust-keys.ts";
import { AgentExecutor } from "./agent-executor.ts";
import { lostError } from "./call-failures.ts";
import { plainFieldSeals } from "./seal/plain-seals.fixture.ts";
import { Switchboard } from "./switchboard.ts";

const test = suite("frames of open calls");
const agent = newId("agent");
const controllerId = newId("controller");
const never = new AbortController().signal;

const request: RestRequest = {
  ...{ runId: newId("run"), callId: newId("call"), attempt: 1, effect: "read", method: "GET", baseUrl: "http://127.0.0.1:1", path: "/" },
  ...{ query: [], headers: {}, auth: { scheme: "none" }, timeoutMs: 20_000, maxResponseBytes: 1 << 20 },
};
const pageRequest: PageRequest = { ...request, pagesAhead: 2, windowBytes: 100_000 };
const record: CallRecord = {
  ...{ method: "GET", path: "/", status: 200, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 0, responseBytes: 3 },
  ...{ oktaRequestId: null, rateLimit: null },
};

/** An executor whose agent is the test itself. */
class Wire {
  readonly clock = new ManualClock();
  readonly controls: ControlMessage[] = [];
  readonly switchboard: Switchboard;
  readonly executor: AgentExecutor;
  readonly check = () => ({ connection: "acme", target: { host: "", addresses: [] } });
  channel = -1;
  seq = 0;

  constructor(windowBytes = 100_000) {
    const publish = (subject: string, payload: Uint8Array): void => {
      if (subject === field.call(agent)) this.channel = decodeCall(payload).channel;
      else this.controls.push(decodeControl(payload));
    };
    const trust = embeddedTrust(newTrustSeeds());
    const seals = plainFieldSeals({ trust, agent: () => undefined });
    this.switchboard = new Switchboard({ controllerId, publish, seals, clock: this.clock, logger: silentLogger });
    this.executor = new AgentExecutor({
      agent,
      switchboard: this.switchboard,
      clock: this.clock,
      check: this.check,
      obstacle: () => undefined,
      windowBytes,
    });
  }

  frame(part: FramePart, seq = this.seq++, from = agent): void {
    const frame = encodeFrame({ channel: this.channel, callId: request.callId, seq, part });
    this.switchboard.deliver(field.frame(controllerId, from), frame);
  }

  parts(kind: ControlMessage["part"]["kind"]): ControlMessage["part"][] {
    return this.controls.map(({ part }) => part).filter((part) => part.kind === kind);
  }
}

const head: FramePart = { kind: "head", head: { status: 200, headers: {} } };
const end: FramePart = { kind: "end", end: { record, next: null, last: true } };
const chunk = (bytes: number): FramePart => ({ kind: "chunk", bytes: Buffer.alloc(bytes) });
const page = (n: number, last = false): FramePart => ({
  kind: "whole",
  head: { status: 200, headers: {} },
  body: Buffer.from(`page ${n}`),
  end: { record, next: last ? null : `http://127.0.0.1:1/${n + 1}`, last },
});

function failed(answer: RestResponse | RestFailure): RestFailure {
  return answer.kind === "failure" ? answer : assert.fail("a response came");
}

async function read(answer: RestResponse | RestFailure): Promise<number> {
  if (answer.kind === "failure") throw answer.error;
  let bytes = 0;
  for await (const piece of answer.body) bytes += piece.length;
  return bytes;
}

test("a frame that is missing fails the call, which the agent is told to end", async () => {
  const wire = new Wire();
  const answer = wire.executor.send(request, never);
  wire.frame(head);
  wire.frame(chunk(10), 2);
  await assert.rejects(read(await answer), { code: "agent_lost" });
  assert.equal(wire.parts("cancel").length, 1);
  assert.equal(wire.switchboard.openCalls, 0);
});

test("a frame from another agent than the one called is dropped", async () => {
  const wire = new Wire();
  const answer = wire.executor.send(request, never);
  wire.frame({ kind: "refused", error: { code: "agent_refused", message: "no", retryable: false } }, 0, newId("agent"));
  wire.frame(head);
  wire.frame(end);
  assert.equal(await read(await answer), 0);
});

test("an agent of which nothing is heard for 5 s fails the call as unknown", async () => {
  const wire = new Wire();
  const answer = wire.executor.send(request, never);
  await wire.clock.advance(5_001);
  wire.switchboard.sweep();
  const failure = failed(await answer);
  assert.equal(failure.error.code, "agent_lost");
  assert.equal(failure.delivery, "unknown");
});

test("a call that cannot be ended keeps no other from its time limit", async () => {
  const wire = new Wire();
  const broken = { agent, request, onPart: () => assert.fail(), onLost: () => assert.fail("a fault of ours"), dueAtMs: () => Infinity };
  const work = { kind: "send", request } as const;
  const call = { protocol: 1, work, bodyBytes: 0, notAfterMs: 1, epoch: 0, credit: { bytes: 1, pages: 0 }, check: wire.check() };
  wire.switchboard.connect(broken, call);
  const answer = wire.executor.send(request, never);
  await wire.clock.advance(5_001);
  wire.switchboard.sweep();
  assert.equal(failed(await answer).error.code, "agent_lost");
});

test("an agent that accepted the call has the call's timeout and two seconds more", async () => {
  const wire = new Wire();
  const answer = wire.executor.send(request, never);
  wire.frame({ kind: "accepted" });
  await wire.clock.advance(21_999);
  wire.switchboard.sweep();
  assert.equal(wire.switchboard.openCalls, 1);
  await wire.clock.advance(2);
  wire.switchboard.sweep();
  assert.equal(failed(await answer).error.code, "agent_lost");
});

test("a refusal of what was begun before does not say that it was not sent", async () => {
  const wire = new Wire();
  const answer = wire.executor.send({ ...request, effect: "create" }, never);
  const error = { code: "agent_refused", message: "begun before", retryable: false, details: { reason: "already_seen" } } as const;
  wire.frame({ kind: "refused", error });
  assert.equal(failed(await answer).delivery, "unknown");
});

test("a refusal is a call that was not sent", async () => {
  const wire = new Wire();
  const answer = wire.executor.send(request, never);
  wire.frame({ kind: "refused", error: { code: "agent_refused", message: "no", retryable: true } });
  assert.equal(failed(await answer).delivery, "not_sent");
});

test("an agent that is lost after the head fails the body, and before it the call", async () => {
  const wire = new Wire();
  const first = wire.executor.send(request, never);
  wire.frame(head);
  wire.switchboard.agentLost(agent, lostError("gone"));
  await assert.rejects(read(await first), { code: "agent_lost" });
  const second = wire.executor.send(request, never);
  wire.switchboard.agentLost(agent, lostError("gone"));
  assert.equal(failed(await second).delivery, "unknown");
});

test("an agent that sends more than its window is cut off", async () => {
  const wire = new Wire(100);
  const answer = wire.executor.send(request, never);
  wire.frame(head);
  wire.frame(chunk(60));
  wire.frame(chunk(41));
  await assert.rejects(async () => read(await answer), { code: "invalid_wire_message" });
  assert.equal(wire.parts("cancel").length, 1);
});

test("credit goes back only as the consumer reads, a quarter of the window at a time", async () => {
  const wire = new Wire(100);
  const answer = wire.executor.send(request, never);
  wire.frame(head);
  for (let n = 0; n < 10; n++) wire.frame(chunk(10));
  const got = await answer;
  assert(got.kind === "response");
  assert.deepEqual(wire.parts("credit"), []);
  const body = got.body[Symbol.asyncIterator]();
  for (let n = 0; n < 3; n++) await body.next();
  assert.deepEqual(wire.parts("credit"), [{ kind: "credit", credit: { bytes: 30, pages: 0 } }]);
});

test("a small call needs no control message at all", async () => {
  const wire = new Wire();
  const answer = wire.executor.send(request, never);
  wire.frame({ kind: "whole", head: { status: 200, headers: {} }, body: Buffer.alloc(1_000), end: { record, next: null, last: true } });
  assert.equal(await read(await answer), 1_000);
  assert.deepEqual(wire.controls, []);
});

test("a call that waits for its consumer reassures its agent every 10 s", async () => {
  const wire = new Wire();
  const pages = wire.executor.pages(pageRequest, never);
  const first = pages.next();
  wire.frame(page(1));
  await first;
  for (let n = 0; n < 3; n++) {
    await wire.clock.advance(10_001);
    wire.switchboard.sweep();
  }
  assert.equal(wire.parts("credit").length, 3);
  assert.equal(wire.switchboard.openCalls, 1, "a page may rest with the consumer");
  await pages.return();
  assert.equal(wire.parts("cancel").length, 1);
});

test("pages come in order, and asking for the next returns one permit with the bytes of the page before", async () => {
  const wire = new Wire();
  const pages = wire.executor.pages(pageRequest, never);
  const first = pages.next();
  for (const n of [1, 2, 3]) wire.frame(page(n, n === 3));
  const bodies: string[] = [];
  for (let got = await first; !got.done; got = await pages.next())
    if (got.value.kind === "page") bodies.push(Buffer.from(got.value.body).toString());
  assert.deepEqual(bodies, ["page 1", "page 2", "page 3"]);
  assert.deepEqual(wire.controls, [], "all had arrived, so nothing was owed");
});

test("a page larger than the window passes piece by piece while the consumer waits for it", async () => {
  const wire = new Wire();
  const pages = wire.executor.pages(pageRequest, never);
  const first = pages.next();
  wire.frame(head);
  let sent = 0;
  let credit = 100_000;
  while (sent < 1_000_000) {
    assert(credit > 0, `stalled after ${sent} bytes`);
    wire.frame(chunk(Math.min(credit, 50_000)));
    sent += Math.min(credit, 50_000);
    credit -= Math.min(credit, 50_000);
    for (const part of wire.controls.splice(0)) if (part.part.kind === "credit") credit += part.part.credit.bytes;
  }
  wire.frame(end);
  const got = (await first).value;
  assert(got?.kind === "page");
  assert.equal(got.body.length, sent);
});

/** Permits that the test gives by hand. */
function permits() {
  const asked: (() => void)[] = [];
  const given = { unused: 0 };
  const permit = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      asked.push(resolve);
      signal.addEventListener("abort", () => reject(LongarmError.from(signal.reason)), { once: true });
    });
  return { asked, given, more: { permit, unused: (count: number) => void (given.unused += count) } };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("pages are asked for with their first permit, and each permit behind it goes to the agent by itself", async () => {
  const wire = new Wire();
  const { asked, given, more } = permits();
  const pages = wire.executor.pages({ ...pageRequest, ...more }, never);
  const first = pages.next();
  assert.equal(wire.channel, -1, "nothing is published without a permit");
  asked[0]?.();
  await turn();
  assert.ok(wire.channel >= 0);
  for (const n of [1, 2]) {
    asked[n]?.();
    await turn();
  }
  assert.deepEqual(
    wire.parts("credit"),
    Array.from({ length: 2 }, () => ({ kind: "credit", credit: { bytes: 0, pages: 1 } })),
  );
  assert.equal(asked.length, 3, "no more are asked for than may be ahead");
  wire.frame(page(1));
  wire.frame(page(2, true));
  assert.deepEqual([(await first).value?.kind, (await pages.next()).value?.kind, (await pages.next()).done], ["page", "page", true]);
  assert.equal(given.unused, 1, "the third was for a page that does not exist");
});

test("a permit that is long in coming neither makes the agent late nor holds back the page before it", async () => {
  const wire = new Wire();
  const { asked, more } = permits();
  const pages = wire.executor.pages({ ...pageRequest, ...more }, never);
  const first = pages.next();
  asked[0]?.();
  await turn();
  wire.frame(page(1));
  assert.equal((await first).value?.kind, "page");
  const second = pages.next();
  await wire.clock.advance(60_000);
  wire.switchboard.sweep();
  assert.equal(wire.switchboard.openCalls, 1);
  asked[1]?.();
  await turn();
  wire.frame(page(2, true));
  assert.equal((await second).value?.kind, "page");
});

test("pages that are given up while a permit is awaited end at once, and the call with them", async () => {
  const wire = new Wire();
  const { asked, more } = permits();
  const giveUp = new AbortController();
  const before = wire.executor.pages({ ...pageRequest, ...more }, giveUp.signal).next();
  giveUp.abort(new LongarmError("cancelled"));
  const failure = (await before).value;
  assert.deepEqual([failure?.kind, wire.channel], ["failure", -1]);
  const pages = wire.executor.pages({ ...pageRequest, ...more }, never);
  const first = pages.next();
  asked[1]?.();
  await turn();
  wire.frame(page(1));
  await first;
  await pages.return();
  assert.equal(wire.parts("cancel").length, 1);
  assert.equal(wire.switchboard.openCalls, 0);
});

test("a stream whose agent is lost ends with a failure after the pages that arrived", async () => {
  const wire = new Wire();
  const pages = wire.executor.pages(pageRequest, never);
  const first = pages.next();
  wire.frame(page(1));
  wire.switchboard.agentLost(agent, lostError("gone"));
  const kinds = [(await first).value?.kind, (await pages.next()).value?.kind, (await pages.next()).done];
  assert.deepEqual(kinds, ["page", "failure", true]);
});

test.run();
