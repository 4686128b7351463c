import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { newId } from "@longarm/shared";
import { encodeCall, encodeControl, type Work } from "@longarm/shared/wire";
import { suite } from "../../../../test/support/suite.ts";
import { Desk, controllerId } from "./call-desk.fixture.ts";
import { controllerSilenceMs } from "./call-desk.ts";

const test = suite("calls on the agent's desk");
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a short answer is one frame", async () => {
  const desk = await Desk.open();
  desk.pieces = [Buffer.from("ab"), Buffer.from("c")];
  desk.answer.resolve();
  desk.take();
  assert.deepEqual(await desk.heard(1), ["whole"]);
  await desk.desk.idle();
  assert.equal(desk.desk.freeSlots, 2);
});

test("a long answer is head, chunks and end, and stops when the credit is used up", async () => {
  const desk = await Desk.open();
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
  const desk = await Desk.open();
  desk.take();
  desk.desk.sweepOnce();
  desk.desk.sweepOnce();
  assert.deepEqual(desk.kinds(), ["accepted"]);
  desk.answer.resolve();
  assert.deepEqual(await desk.heard(2), ["accepted", "whole"]);
});

test("a call of which nothing can be sent keeps no other from being said to have arrived", async () => {
  const desk = await Desk.open();
  desk.brokenChannel = 1;
  for (const channel of [1, 2]) desk.take({}, { channel });
  desk.desk.sweepOnce();
  desk.desk.sweepOnce();
  assert.deepEqual(
    desk.frames.map(({ channel, part }) => [channel, part.kind]),
    [[2, "accepted"]],
  );
});

test("a call that is delivered twice is begun once, and its second delivery is not answered", async () => {
  const desk = await Desk.open();
  const call = desk.take({ effect: "create", method: "POST" });
  desk.desk.takeCall(encodeCall(call));
  desk.answer.resolve();
  assert.deepEqual([await desk.heard(1), desk.requests.length], [["whole"], 1]);
  await settled();
  assert.deepEqual(desk.kinds(), ["whole"]);
});

test("a cancelled call aborts its exchange and sends nothing more", async () => {
  const desk = await Desk.open();
  const call = desk.take();
  desk.control(call, { kind: "cancel", code: "cancelled" });
  assert(desk.signals[0]?.aborted);
  desk.answer.resolve();
  await desk.desk.idle();
  assert.deepEqual(desk.kinds(), []);
});

test("a control that names another call on the same channel changes nothing", async () => {
  const desk = await Desk.open();
  const call = desk.take();
  desk.desk.takeControl(encodeControl({ controllerId, channel: call.channel, callId: newId("call"), part: { kind: "cancel", code: "x" } }));
  assert.equal(desk.signals[0]?.aborted, false);
});

test("a call beyond the slots is refused, and one after a slot came free is not", async () => {
  const desk = await Desk.open({ slots: 1 });
  desk.take({}, { channel: 1 });
  desk.take({}, { channel: 2 });
  assert.deepEqual(await desk.heard(1), ["refused"]);
  desk.answer.resolve();
  await desk.desk.idle();
  desk.take({}, { channel: 3 });
  assert.deepEqual(await desk.heard(3), ["refused", "whole", "whole"]);
});

test("a call that changes something is begun once, however often it is delivered; its next attempt is another", async () => {
  const desk = await Desk.open();
  desk.answer.resolve();
  const callId = newId("call");
  for (const [channel, attempt] of [1, 1, 2].entries()) desk.take({ callId, attempt, effect: "create" }, { channel });
  await desk.desk.idle();
  assert.equal(desk.requests.length, 2);
  assert.equal(desk.kinds().filter((kind) => kind === "refused").length, 1);
});

test("a body that did not fit into the call is put together before anything is sent", async () => {
  const desk = await Desk.open();
  desk.answer.resolve();
  const body = Buffer.from("0123456789");
  const call = desk.take(
    { effect: "create", method: "POST", body: body.subarray(0, 4) },
    { bodyBytes: 10, bodySha256: hash("sha256", body, "buffer") },
  );
  assert.equal(desk.requests.length, 0);
  for (const [from, to] of [
    [4, 7],
    [7, 10],
  ] as const)
    desk.control(call, { kind: "bodyChunk", bytes: body.subarray(from, to) });
  await desk.heard(1);
  assert.deepEqual(Buffer.from(desk.requests[0]?.body ?? []), body);
});

test("a body whose hash is not the signed one is not sent", async () => {
  const desk = await Desk.open();
  const bodySha256 = hash("sha256", "0123456789", "buffer");
  const call = desk.take({ effect: "create", method: "POST", body: Buffer.from("0123") }, { bodyBytes: 10, bodySha256 });
  desk.control(call, { kind: "bodyChunk", bytes: Buffer.from("45678X") });
  await desk.heard(1);
  const [frame] = desk.frames;
  assert(frame?.part.kind === "failure");
  assert.equal(frame.part.delivery, "not_sent");
  assert.equal(desk.requests.length, 0);
});

test("a body longer than the call said fails it as not sent", async () => {
  const desk = await Desk.open();
  const call = desk.take({ effect: "create", method: "POST", body: Buffer.from("01") }, { bodyBytes: 4 });
  desk.control(call, { kind: "bodyChunk", bytes: Buffer.from("23456") });
  await desk.heard(1);
  const [frame] = desk.frames;
  assert(frame?.part.kind === "failure");
  assert.equal(frame.part.delivery, "not_sent");
  assert.equal(desk.requests.length, 0);
});

test("a call whose controller is silent while it waits for credit is ended", async () => {
  const desk = await Desk.open();
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

test("no page is fetched without a permit for it, and none at all once the call is cancelled", async () => {
  const desk = await Desk.open();
  const request = { ...(await Desk.open()).take().work.request, pagesAhead: 1, windowBytes: 1_000 };
  const work: Work = { kind: "pages", request };
  const call = desk.take({}, { work, credit: { bytes: 1_000, pages: 1 } });
  await desk.heard(1);
  await settled();
  assert.equal(desk.pagesTaken, 1);
  desk.control(call, { kind: "credit", credit: { bytes: 0, pages: 2 } });
  await desk.heard(3);
  await settled();
  assert.equal(desk.pagesTaken, 3);
  desk.control(call, { kind: "cancel", code: "enough" });
  await desk.desk.idle();
  assert.equal(desk.pagesTaken, 3);
});

test("a call that comes after it might last begin is refused, and its controller's clock is mistrusted", async () => {
  const desk = await Desk.open();
  desk.take({}, { notAfterMs: desk.clock.nowMs() - 1 });
  assert.deepEqual(await desk.heard(1), ["refused"]);
  assert.equal(desk.mistimed, 1);
});

test("what cannot be read is dropped", async () => {
  const desk = await Desk.open();
  desk.desk.takeCall(Buffer.from("no call"));
  desk.desk.takeControl(Buffer.from("no control"));
  assert.equal(desk.desk.openCalls, 0);
});

test.run();
