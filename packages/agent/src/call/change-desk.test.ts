import assert from "node:assert/strict";
import { LongarmError, newId } from "@longarm/shared";
import { encodeAsk } from "@longarm/shared/wire";
import { suite } from "../../../../test/support/suite.ts";
import { responded, Shelf } from "../journal/journal.fixture.ts";
import { Desk } from "./call-desk.fixture.ts";

const test = suite("changing calls on the agent's desk");
const create = { effect: "create", method: "POST", path: "/things" } as const;

test("stand on the disk before their first byte leaves, and how they ended before it is told", async () => {
  const desk = await Desk.open();
  desk.pieces = [Buffer.from("made")];
  desk.answer.resolve();
  const { disk } = desk.shelf;
  const seen: (string | undefined)[] = [];
  const call = desk.take(create);
  const key = call.work.request;
  await desk.until(() => desk.requests.length === 1);
  seen.push(desk.journal.find(key)?.state);
  const syncsAtSending = disk.syncs;
  await desk.heard(1);
  seen.push(desk.journal.find(key)?.state);
  assert.deepEqual(seen, ["begun", "ended"]);
  assert.equal(disk.syncs, syncsAtSending + 1);
  disk.cutPower();
  assert.equal((await desk.shelf.open()).find(key)?.state, "ended");
});

test("are told with the hash of the record that says how they ended, whoever asks and however often the journal was renewed", async () => {
  const desk = await Desk.open();
  desk.answer.resolve();
  const call = desk.take(create);
  await desk.heard(1);
  const [frame] = desk.frames;
  assert(frame?.part.kind === "whole");
  const { journalId, journalHash } = frame.part.end.record;
  assert.deepEqual([journalId, journalHash], [desk.journal.id, desk.journal.find(call.work.request)?.endHash]);
  assert.match(journalHash ?? "", /^[0-9a-f]{32}$/);
  const other = desk.take(create);
  await desk.heard(2);
  desk.stored(other);
  desk.shelf.nowMs = desk.clock.nowMs();
  await desk.journal.tidy();
  const { answer } = await desk.ask(call);
  assert(answer.kind === "ended", answer.kind);
  assert.equal(answer.end.record.journalHash, journalHash);
});

test("bear no hash when how they ended could not be written down", async () => {
  const desk = await Desk.open();
  desk.take(create);
  await desk.until(() => desk.requests.length === 1);
  desk.shelf.disk.mishapAt = { step: desk.shelf.disk.steps, kind: "fault" };
  desk.answer.resolve();
  await desk.heard(1);
  const [frame] = desk.frames;
  assert(frame?.part.kind === "whole");
  assert.deepEqual([frame.part.end.record.journalId, frame.part.end.record.journalHash], [undefined, undefined]);
});

test("that are read cost no step on the disk", async () => {
  const desk = await Desk.open();
  const { steps } = desk.shelf.disk;
  desk.answer.resolve();
  desk.take();
  await desk.heard(1);
  assert.equal(desk.shelf.disk.steps, steps);
});

test("are refused, and not sent, when the disk cannot hold that they begin; reads go on", async () => {
  const desk = await Desk.open();
  desk.answer.resolve();
  desk.shelf.disk.mishapAt = { step: desk.shelf.disk.steps + 1, kind: "fault" };
  desk.take(create);
  await desk.heard(1);
  desk.take(create);
  await desk.heard(2);
  for (const { part } of desk.frames) {
    assert(part.kind === "refused");
    assert.deepEqual([part.error.code, part.error.details?.["reason"], part.error.retryable], ["agent_refused", "journal_failed", true]);
  }
  assert.equal(desk.requests.length, 0);
  desk.take();
  assert.equal((await desk.heard(3)).at(-1), "whole");
});

test("are told how they ended although that could not be written down", async () => {
  const desk = await Desk.open();
  desk.take(create);
  await desk.until(() => desk.requests.length === 1);
  desk.shelf.disk.mishapAt = { step: desk.shelf.disk.steps, kind: "fault" };
  desk.answer.resolve();
  assert.deepEqual(await desk.heard(1), ["whole"]);
});

test("do not begin when the disk took longer than they may wait", async () => {
  const desk = await Desk.open();
  const call = desk.take(create);
  await desk.clock.advance(1_500, 1_500);
  await desk.heard(1);
  const [{ part } = assert.fail("nothing was told")] = desk.frames;
  assert(part.kind === "failure");
  assert.deepEqual([part.delivery, part.error.details?.["reason"]], ["not_sent", "too_late"]);
  assert.equal(desk.requests.length, 0);
  assert.equal((await desk.ask(call)).answer.kind, "ended");
});

test("are looked at once more before their first byte leaves, which a token, a name or a connection may have held up", async () => {
  const desk = await Desk.open();
  desk.take(create);
  await desk.until(() => desk.requests.length === 1);
  const { lastLook } = desk.requests[0] ?? assert.fail("nothing was sent");
  assert.equal(lastLook?.(), undefined);
  await desk.clock.advance(1_500, 1_500);
  const refusal = lastLook?.();
  assert.deepEqual([refusal?.code, refusal?.details["reason"], refusal?.retryable], ["agent_refused", "too_late", true]);
  desk.answer.resolve();
});

test("go on to their end when nobody waits for their answer any more", async () => {
  const desk = await Desk.open();
  const call = desk.take(create);
  await desk.until(() => desk.requests.length === 1);
  desk.control(call, { kind: "cancel", code: "overtaken" });
  assert.equal(desk.signals[0]?.aborted, false);
  desk.pieces = [Buffer.from("made")];
  desk.answer.resolve();
  await desk.desk.idle();
  assert.deepEqual(desk.kinds(), []);
  const { answer } = await desk.ask(call);
  assert(answer.kind === "ended" && answer.end.kind === "response" && answer.end.body.kind === "whole");
  assert.equal(Buffer.from(answer.end.body.bytes).toString(), "made");
});

test("are ended when their time is over, whatever their exchange waits for", async () => {
  const desk = await Desk.open();
  desk.failure = {
    ...{ kind: "failure", delivery: "unknown", error: new LongarmError("target_timeout") },
    record: {
      ...{ method: "POST", path: "/", status: null, sentAt: 0, headMs: null, totalMs: null },
      ...{ requestBytes: 0, responseBytes: 0, oktaRequestId: null, rateLimit: null },
    },
  };
  desk.take({ ...create, timeoutMs: 1_000 });
  await desk.until(() => desk.requests.length === 1);
  await desk.clock.advance(2_000);
  assert.deepEqual(await desk.heard(1), ["failure"]);
  assert(desk.signals[0]?.aborted);
});

test("with a long answer are kept by its length and hash, and end only when that is on the disk", async () => {
  const desk = await Desk.open();
  desk.pieces = [Buffer.alloc(50_000, "a"), Buffer.alloc(50_000, "b")];
  desk.answer.resolve();
  const call = desk.take(create);
  await desk.until(() => desk.kinds().includes("end"));
  assert.equal(desk.kinds()[0], "head");
  const { answer } = await desk.ask(call);
  assert(answer.kind === "ended" && answer.end.kind === "response" && answer.end.body.kind === "dropped");
  assert.deepEqual([answer.end.body.length, answer.end.body.sha256.length, answer.end.head.status], [100_000, 32, 200]);
});

test("that nobody has seen are told so only when it is on the disk, and are refused from then on", async () => {
  const desk = await Desk.open();
  const lost = desk.take({}, { notAfterMs: 0 });
  const call = {
    ...lost,
    notAfterMs: desk.clock.nowMs() + 1_000,
    work: { kind: "send", request: { ...lost.work.request, ...create } },
  } as const;
  const { syncs } = desk.shelf.disk;
  const told = await desk.ask(call);
  assert.deepEqual([told.answer.kind, told.journalId], ["neverSeen", desk.journal.id]);
  assert.equal(desk.shelf.disk.syncs, syncs + 1);
  desk.shelf.disk.cutPower();
  const restarted = await Desk.open({ shelf: desk.shelf });
  const { callId, attempt } = call.work.request;
  restarted.take({ ...create, callId, attempt }, { notAfterMs: Number.MAX_SAFE_INTEGER });
  const [frame] = restarted.frames;
  assert(frame?.part.kind === "refused");
  assert.equal(frame.part.error.details?.["reason"], "already_seen");
});

test("that come while it is being written down that they were never seen are refused", async () => {
  const desk = await Desk.open();
  const callId = newId("call");
  const asked = desk.ask({
    ...desk.take({}, { channel: 9 }),
    work: { kind: "send", request: { ...desk.requests[0]!, callId, attempt: 1 } },
  });
  desk.take({ ...create, callId });
  assert.equal((await asked).answer.kind, "neverSeen");
  assert.equal(desk.kinds().at(-1), "refused");
  assert.equal(desk.requests.length, 1);
});

test("that were refused are told to be never seen, and are refused when somebody replays them", async () => {
  const desk = await Desk.open();
  desk.clockUncertaintyMs = Infinity;
  const call = desk.take(create);
  desk.clockUncertaintyMs = 5;
  desk.take(call.work.request);
  assert.deepEqual(desk.kinds(), ["refused", "refused"]);
  assert.equal((await desk.ask(call)).answer.kind, "neverSeen");
});

test("that are under way are told so, and how they end to everybody who asked", async () => {
  const desk = await Desk.open();
  const call = desk.take(create);
  for (const nonce of ["one", "two"]) assert.equal((await desk.ask(call, { nonce })).answer.kind, "underWay");
  desk.answer.resolve();
  await desk.until(() => desk.told.length === 4);
  assert.deepEqual(
    desk.told.map(({ nonce, answer }) => [nonce, answer.kind]),
    [
      ["one", "underWay"],
      ["two", "underWay"],
      ["one", "ended"],
      ["two", "ended"],
    ],
  );
});

test("that were under way when the agent died were begun, and no more is known", async () => {
  const desk = await Desk.open();
  const call = desk.take(create);
  await desk.until(() => desk.requests.length === 1);
  desk.shelf.disk.cutPower();
  const restarted = await Desk.open({ shelf: desk.shelf });
  const told = await restarted.ask(call);
  assert.deepEqual([told.answer.kind, told.journalId], ["begun", desk.journal.id]);
});

test("are kept until somebody has stored how they ended, over restarts, and then not any more", async () => {
  const desk = await Desk.open();
  desk.pieces = [Buffer.from("{}")];
  desk.answer.resolve();
  const call = desk.take(create);
  await desk.heard(1);
  await desk.journal.close();
  const restarted = await Desk.open({ shelf: desk.shelf });
  const { answer } = await restarted.ask(call);
  assert(answer.kind === "ended" && answer.end.kind === "response");
  assert.deepEqual(answer.end.body, (responded("{}") as { body: unknown }).body);
  restarted.stored(call);
  assert.equal((await restarted.ask(call)).answer.kind, "unreadable");
});

test("that are older than what is kept cannot be told of", async () => {
  const desk = await Desk.open({ shelf: new Shelf({ settledCalls: 1 }) });
  const asked = (n: number) =>
    desk.ask({ ...desk.take(), notAfterMs: n, work: { kind: "send", request: { ...desk.requests.at(-1)!, callId: newId("call") } } });
  for (const n of [10, 11]) await asked(n);
  assert.equal(desk.journal.horizonMs, 10);
  assert.equal((await asked(10)).answer.kind, "unreadable");
  assert.equal((await asked(11)).answer.kind, "neverSeen");
});

test("are told only to controllers that enrolled the agent", async () => {
  const desk = await Desk.open();
  const stranger = { controllerId: newId("controller"), callId: newId("call"), attempt: 1, nonce: "n", notAfterMs: 1 };
  const { steps } = desk.shelf.disk;
  desk.changes.takeAsk(encodeAsk(stranger));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([desk.told.length, desk.shelf.disk.steps], [0, steps]);
});

test("that are dated far ahead are not taken, nor said to be never seen, and keep nobody else's out", async () => {
  const desk = await Desk.open();
  const faulty = desk.take(create, { notAfterMs: desk.clock.nowMs() + 3_600_000 });
  await desk.heard(1);
  assert.deepEqual([desk.kinds(), desk.mistimed], [["refused"], 1]);
  const callId = newId("call");
  assert.equal((await desk.ask(faulty, { callId })).answer.kind, "unreadable");
  assert.equal(desk.journal.find({ callId, attempt: 1 }), undefined);
  assert.equal((await desk.ask(faulty, { callId, notAfterMs: desk.clock.nowMs() + 60_000 })).answer.kind, "neverSeen");
});

test("that are dated far ahead count for their own controller's alone once they are forgotten", async () => {
  const desk = await Desk.open({ shelf: new Shelf({ settledCalls: 0 }) });
  const notAfterMs = desk.clock.nowMs() + 3_600_000;
  const { controllerId } = desk.take(create, { notAfterMs });
  await desk.heard(1);
  assert.deepEqual([desk.journal.horizonOf(controllerId), desk.journal.horizonOf(newId("controller"))], [notAfterMs, 0]);
});

test.run();
