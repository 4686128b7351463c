import assert from "node:assert/strict";
import type { CallKey } from "@longarm/shared/wire";
import { suite } from "../../../../test/support/suite.ts";
import { begun, beganMs, delivered, ended, keyOfCall, refused, responded, Shelf } from "./journal.fixture.ts";

const test = suite("a journal that was damaged");
const damages = 1_000;

interface Written {
  readonly shelf: Shelf;
  readonly id: string;
  readonly segment: string;
  readonly bytes: Uint8Array;
  /** How many of them hold records. */
  readonly used: number;
  /** In the order in which they were written, with the state that each was brought to. */
  readonly calls: readonly { readonly key: CallKey; readonly state: string }[];
}

const states = ["begun", "ended", "delivered", "refused"] as const;

/** A journal of some hundred records. */
async function written(): Promise<Written> {
  const shelf = new Shelf({ segmentBytes: 64 * 1024 });
  const journal = await shelf.open();
  const calls = Array.from({ length: 100 }, (_, n) => ({ key: keyOfCall(), state: states[n % 4] as string }));
  for (const { key, state } of calls) {
    await journal.write(state === "refused" ? refused(key) : begun(key));
    if (state === "ended" || state === "delivered") await journal.write(ended(key, responded(key.callId)));
    if (state === "delivered") journal.note(delivered(key));
  }
  await journal.close();
  const segment = await shelf.segment();
  const { bytes } = await shelf.disk.read(segment);
  return { shelf, id: journal.id, segment, bytes, used: bytes.findLastIndex((byte) => byte !== 0) + 1, calls };
}

const ranks: Readonly<Record<string, number>> = { refused: 0, begun: 1, ended: 2, delivered: 3 };

/** Spoils a twin of it and opens that: it must be noticed, and what is known then must have been written before the damage. */
async function expectNoticed(of: Written, what: string, spoil: (bytes: Uint8Array) => Uint8Array): Promise<number> {
  const shelf = of.shelf.twin();
  shelf.disk.spoil(of.segment, spoil);
  const journal = await shelf.open();
  assert.notEqual(journal.id, of.id, `${what} was not noticed`);
  assert.equal(journal.damage.length, 1, what);
  const found = of.calls.map(({ key }) => journal.find(key)?.state);
  const complete = of.calls.findIndex(({ state }, index) => found[index] !== state);
  for (const [index, { state }] of of.calls.entries()) {
    const is = found[index];
    const isPrefix =
      complete === -1 || index < complete ? is === state : is === undefined || (index === complete && ranks[is]! < ranks[state]!);
    assert(isPrefix, `${what}: call ${index} is ${is}, and was ${state}`);
  }
  const lastEnded = of.calls.findLastIndex((_, index) => found[index] === "ended");
  const { key } = of.calls[lastEnded] ?? {};
  if (key) assert.deepEqual(await journal.endOf(key), responded(key.callId), what);
  return complete === -1 ? of.calls.length : complete;
}

// A fixed sequence: the same damages everywhere.
function drawing(): (below: number) => number {
  let state = 0x2545_f491;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
}

test(
  `is noticed ${damages} of ${damages} times when a bit has flipped; what stands before it is kept, and nothing behind it acted on`,
  async () => {
    const of = await written();
    const draw = drawing();
    for (let n = 0; n < damages; n += 1) {
      // Most of them where something stands, some behind it.
      const [at, bit] = [draw(n % 10 === 0 ? of.bytes.length : of.used), draw(8)];
      const kept = await expectNoticed(of, `bit ${bit} of byte ${at}`, (bytes) => {
        bytes[at]! ^= 1 << bit;
        return bytes;
      });
      if (at >= of.used) assert.equal(kept, of.calls.length, "behind the last record nothing is lost");
    }
  },
  { timeoutMs: 40_000 },
);

test(
  `is noticed ${damages} of ${damages} times when its tail is missing, and what is left is kept`,
  async () => {
    const of = await written();
    const draw = drawing();
    for (let n = 0; n < damages; n += 1) {
      const length = draw(n % 10 === 0 ? of.bytes.length : of.used);
      const kept = await expectNoticed(of, `all from byte ${length}`, (bytes) => bytes.subarray(0, length));
      if (length >= of.used) assert.equal(kept, of.calls.length, "behind the last record nothing is lost");
    }
  },
  { timeoutMs: 40_000 },
);

test("is noticed when its tail is zeros, or a torn record stands there", async () => {
  const of = await written();
  await expectNoticed(of, "a torn record", (bytes) => bytes.fill(0, of.used - 20));
  await expectNoticed(of, "a torn page", (bytes) => bytes.fill(7, of.used, of.used + 100));
});

test("is sound once it was opened, and goes on under its new id", async () => {
  const { shelf, segment } = await written();
  shelf.disk.spoil(segment, (bytes) => bytes.subarray(0, 5_000));
  const journal = await shelf.open();
  const key = keyOfCall();
  await journal.write(begun(key));
  shelf.disk.cutPower();
  const again = await shelf.open();
  assert.deepEqual([again.id, again.damage, again.find(key)?.state], [journal.id, [], "begun"]);
});

test("is not taken for itself when it is put back from a copy", async () => {
  const of = await written();
  const { shelf, segment, bytes } = of;
  await shelf.disk.remove(segment);
  shelf.disk.restore(segment, bytes);
  const journal = await shelf.open();
  assert.notEqual(journal.id, of.id);
  assert.match(journal.damage[0] ?? "", /copy/);
});

test("is a new one when it was wiped, or the key is gone", async () => {
  const of = await written();
  const wiped = of.shelf.twin();
  await wiped.disk.remove(of.segment);
  assert.notEqual((await wiped.open()).id, of.id);
  const other = new Shelf(of.shelf.limits);
  const { bytes } = await of.shelf.disk.read(of.segment);
  other.disk.restore(of.segment, bytes);
  const journal = await other.open();
  assert.equal(journal.find(of.calls[0]!.key), undefined);
  assert.equal(journal.damage.length, 1);
});

for (const kind of ["powerCut", "fault"] as const) {
  test(`is none after a ${kind === "fault" ? "fault of the disk" : "power cut"} at whichever step of a renewal, and nothing is lost`, async () => {
    const of = await written();
    const [last] = [of.calls.findLast(({ state }) => state === "ended")];
    for (let over = 0; ; over += 1) {
      const shelf = of.shelf.twin();
      const journal = await shelf.open();
      const again = keyOfCall();
      await journal.write(ended(again));
      journal.note(delivered(again));
      shelf.disk.mishapAt = { step: shelf.disk.steps + over, kind };
      await journal.tidy();
      const isThrough = journal.state === "open";
      if (kind === "powerCut") shelf.disk.cutPower();
      shelf.disk.mishapAt = undefined;
      const opened = await shelf.open();
      assert.deepEqual([opened.id, opened.damage], [of.id, []], `step ${over}`);
      for (const { key, state } of of.calls) assert.equal(opened.find(key)?.state, state, `step ${over}`);
      assert.deepEqual(await opened.endOf(last!.key), responded(last!.key.callId));
      assert.equal((await shelf.disk.list()).length, 1, "nothing is left over");
      if (isThrough && over > 6) return assert(over > 6, "a renewal takes more steps than that");
    }
  });
}

test("is no reason to forget from when on nothing was forgotten", async () => {
  const of = await written();
  of.shelf.nowMs = beganMs + 10 * 24 * 3_600_000;
  const journal = await of.shelf.open();
  const key = keyOfCall();
  await journal.write(ended(key, responded(), of.shelf.nowMs));
  journal.note(delivered(key, of.shelf.nowMs));
  await journal.tidy();
  assert.equal(journal.horizonMs, beganMs);
  of.shelf.disk.spoil(await of.shelf.segment(), (bytes) => bytes.subarray(0, bytes.length - 1));
  assert.equal((await of.shelf.open()).horizonMs, beganMs);
});

test.run();
