import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { begun, beganMs, delivered, ended, keyOfCall, refused, responded, Shelf } from "./journal.fixture.ts";

const test = suite("the agent's journal");
const hourMs = 3_600_000;

test("knows after a restart what was begun, how it ended, what was refused and what was delivered, under the same id", async () => {
  const shelf = new Shelf();
  const journal = await shelf.open();
  const keys = { begun: keyOfCall(), ended: keyOfCall(2), refused: keyOfCall(), delivered: keyOfCall() };
  await Promise.all([keys.begun, keys.ended, keys.delivered].map((key) => journal.write(begun(key))));
  await Promise.all([
    journal.write(ended(keys.ended, responded("who"))),
    journal.write(ended(keys.delivered)),
    journal.write(refused(keys.refused)),
  ]);
  journal.note(delivered(keys.delivered));
  await journal.close();
  const again = await shelf.open();
  assert.equal(again.id, journal.id);
  assert.deepEqual(again.damage, []);
  for (const state of ["begun", "ended", "refused", "delivered"] as const) assert.equal(again.find(keys[state])?.state, state);
  assert.equal(again.find({ ...keys.ended, attempt: 1 }), undefined, "another attempt is another call");
  assert.deepEqual(await again.endOf(keys.ended), responded("who"));
  assert.equal(await again.endOf(keys.begun), undefined);
});

test("keeps what it said was written, when the power is cut a moment later, and nothing is damaged by that", async () => {
  const shelf = new Shelf();
  const journal = await shelf.open();
  const [written, unwritten] = [keyOfCall(), keyOfCall()];
  await journal.write(begun(written));
  shelf.disk.mishapAt = { step: shelf.disk.steps + 1, kind: "powerCut" };
  await assert.rejects(journal.write(begun(unwritten)), { code: "storage_full" });
  shelf.disk.cutPower();
  const again = await shelf.open();
  assert.deepEqual([again.id, again.damage], [journal.id, []]);
  assert.equal(again.find(written)?.state, "begun");
  assert.equal(again.find(unwritten), undefined);
});

test("shares one sync between all that is written at once", async () => {
  const shelf = new Shelf();
  const journal = await shelf.open();
  const before = shelf.disk.syncs;
  await Promise.all(Array.from({ length: 64 }, () => journal.write(begun(keyOfCall()))));
  assert.equal(shelf.disk.syncs - before, 1);
  const [first, second] = [journal.write(begun(keyOfCall())), Promise.resolve()];
  await second;
  await Promise.all([first, ...Array.from({ length: 64 }, () => journal.write(begun(keyOfCall())))]);
  assert(shelf.disk.syncs - before <= 3, `${shelf.disk.syncs - before} syncs`);
});

for (const [what, over] of [
  ["write", 0],
  ["sync", 1],
] as const) {
  test(`takes nothing more after a ${what} that failed, until it is opened again, and still knows what it knew`, async () => {
    const shelf = new Shelf();
    const journal = await shelf.open();
    const [known, lost] = [keyOfCall(), keyOfCall()];
    await journal.write(begun(known));
    await journal.write(ended(known, responded("kept")));
    shelf.disk.mishapAt = { step: shelf.disk.steps + over, kind: "fault" };
    const failed = [journal.write(begun(lost)), journal.write(begun(keyOfCall()))];
    for (const each of failed) await assert.rejects(each, { code: "storage_full" });
    assert.equal(journal.state, "failed");
    await assert.rejects(journal.write(begun(keyOfCall())), { code: "storage_full" });
    assert.equal(shelf.failures.length, 1);
    assert.deepEqual(await journal.endOf(known), responded("kept"));
    const again = await shelf.open();
    assert.equal(again.state, "open");
    assert.equal(again.find(known)?.state, "ended");
  });
}

test("moves to a new segment when one is full, and takes along what is worth it", async () => {
  const shelf = new Shelf({ segmentBytes: 64 * 1024 });
  const journal = await shelf.open();
  const first = await shelf.segment();
  const kept = keyOfCall();
  await journal.write(ended(kept, responded("x".repeat(1_000))));
  for (let n = 0; n < 400; n += 1) {
    const key = keyOfCall();
    await journal.write(begun(key));
    await journal.write(ended(key, responded("y".repeat(500))));
    journal.note(delivered(key));
  }
  assert.notEqual(await shelf.segment(), first);
  const { bytes } = await shelf.disk.read(await shelf.segment());
  assert(bytes.length <= 512 * 1024, `${bytes.length} bytes`);
  const again = await shelf.open();
  assert.equal(again.id, journal.id);
  assert.deepEqual(await again.endOf(kept), responded("x".repeat(1_000)));
});

test("lets a larger batch than a segment holds through", async () => {
  const shelf = new Shelf({ segmentBytes: 64 * 1024 });
  const journal = await shelf.open();
  const keys = Array.from({ length: 20 }, () => keyOfCall());
  await Promise.all(keys.map((key) => journal.write(ended(key, responded("x".repeat(20_000))))));
  const again = await shelf.open();
  assert.deepEqual(await again.endOf(keys[19]!), responded("x".repeat(20_000)));
});

test("takes the bodies of what is delivered off the disk when it tidies", async () => {
  const shelf = new Shelf();
  const journal = await shelf.open();
  const key = keyOfCall();
  await journal.write(ended(key, responded("x".repeat(60_000))));
  const before = (await shelf.disk.read(await shelf.segment())).bytes;
  journal.note(delivered(key));
  await journal.tidy();
  const after = (await shelf.disk.read(await shelf.segment())).bytes;
  const used = (bytes: Uint8Array): number => bytes.findLastIndex((byte) => byte !== 0);
  assert(used(before) > 60_000 && used(after) < 1_000, `${used(before)} and ${used(after)} bytes`);
  assert.equal((await shelf.open()).find(key)?.state, "delivered");
});

test("forgets in time, settled calls first, and tells from when on it has forgotten nothing", async () => {
  const shelf = new Shelf();
  const journal = await shelf.open();
  const [settled, open, young] = [keyOfCall(), keyOfCall(), keyOfCall()];
  await journal.write(refused(settled, beganMs));
  await journal.write(begun(open, beganMs - 1));
  shelf.nowMs = beganMs + 25 * hourMs;
  await journal.write(ended(young, responded(), shelf.nowMs));
  journal.note(delivered(young, shelf.nowMs));
  await journal.tidy();
  for (const known of [journal, await shelf.open()]) {
    assert.deepEqual(
      [settled, open, young].map((key) => known.find(key)?.state),
      [undefined, "begun", "delivered"],
    );
    assert.equal(known.horizonMs, beganMs);
  }
});

test("forgets the oldest settled calls when there are too many", async () => {
  const shelf = new Shelf({ settledCalls: 10 });
  const journal = await shelf.open();
  const keys = Array.from({ length: 15 }, () => keyOfCall());
  for (const [index, key] of keys.entries()) await journal.write(refused(key, beganMs + index));
  assert.equal(keys.filter((key) => journal.find(key)).length, 10);
  assert.equal(journal.horizonMs, beganMs + 4);
});

test("holds what it forgot of one controller's calls against no other's, over restarts", async () => {
  const shelf = new Shelf({ settledCalls: 0 });
  const journal = await shelf.open();
  const [ahead, right, third] = [newId("controller"), newId("controller"), newId("controller")];
  const early = keyOfCall();
  await journal.write({ ...begun(early, beganMs + hourMs), controllerId: ahead });
  await journal.write({ ...ended(early, responded(), beganMs + hourMs), controllerId: ahead });
  journal.note(delivered(early, beganMs + hourMs));
  await journal.write({ ...refused(keyOfCall(), beganMs), controllerId: right });
  journal.note(delivered(keyOfCall(), beganMs - 1));
  await journal.tidy();
  for (const known of [journal, await shelf.open()]) {
    assert.deepEqual(
      [ahead, right, third].map((id) => known.horizonOf(id)),
      [beganMs + hourMs, beganMs, beganMs - 1],
    );
    assert.equal(known.horizonMs, beganMs + hourMs);
  }
});

test("keeps calls that are dated far ahead for longer than others, as their going would close the gate", async () => {
  const shelf = new Shelf({ settledCalls: 10 });
  const journal = await shelf.open();
  const controllerId = newId("controller");
  const put = (notAfterMs: number) => journal.write({ ...refused(keyOfCall(), notAfterMs), controllerId });
  await put(beganMs + hourMs);
  for (let index = 0; index < 30; index += 1) await put(beganMs + index);
  assert.equal(journal.horizonOf(controllerId), beganMs + 20);
});

test("is full when too many calls wait for somebody to store how they ended, and open again when one is stored", async () => {
  const shelf = new Shelf({ openCalls: 2 });
  const journal = await shelf.open();
  const keys = [keyOfCall(), keyOfCall()];
  for (const key of keys) await journal.write(ended(key));
  assert.equal(journal.state, "full");
  journal.note(delivered(keys[0]!));
  assert.equal(journal.state, "open");
});

test("forgets after a day how calls ended, rather than being full", async () => {
  const shelf = new Shelf({ openCalls: 2 });
  const journal = await shelf.open();
  const [old, young, next] = [keyOfCall(), keyOfCall(), keyOfCall()];
  await journal.write(ended(old));
  shelf.nowMs = beganMs + 25 * hourMs;
  await journal.write(ended(young, responded(), shelf.nowMs));
  assert.deepEqual([journal.state, journal.find(old), journal.horizonMs], ["open", undefined, beganMs]);
  await journal.write(ended(next, responded(), shelf.nowMs));
  assert.equal(journal.state, "full");
});

test("keeps only length and hash of a body that is too long, or for which there is no room", async () => {
  const shelf = new Shelf({ bodyBytes: 100, heldBytes: 450 });
  const journal = await shelf.open();
  const bodies = ["x".repeat(101), "x".repeat(100), "x".repeat(100)];
  const keys = bodies.map(() => keyOfCall());
  for (const [index, key] of keys.entries()) await journal.write(ended(key, responded(bodies[index])));
  const ends = await Promise.all(keys.map((key) => journal.endOf(key)));
  assert.deepEqual(
    ends.map((end) => end?.kind === "response" && end.body.kind),
    ["dropped", "whole", "dropped"],
  );
  const [long] = ends;
  assert(long?.kind === "response" && long.body.kind === "dropped");
  assert.deepEqual([long.body.length, long.body.sha256.length], [101, 32]);
});

test("shows nothing of a call to who has its file alone", async () => {
  const shelf = new Shelf();
  const journal = await shelf.open();
  const key = keyOfCall();
  await journal.write(begun(key));
  await journal.write(ended(key, responded("temporary-password")));
  const text = Buffer.from((await shelf.disk.read(await shelf.segment())).bytes).toString("latin1");
  for (const canary of ["temporary-password", "/things", key.callId]) assert(!text.includes(canary), canary);
  await assert.doesNotReject(shelf.open());
  assert.notEqual((await new Shelf().open()).id, undefined);
});

test.run();
