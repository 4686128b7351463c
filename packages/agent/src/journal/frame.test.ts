import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { frameOverhead, noHash, readFrame, writeFrame } from "./frame.ts";

const test = suite("the frames of a journal");
const payload = Buffer.from("what is written down");
const room = 64;

/** A frame, and room behind it. */
function framed(): { readonly bytes: Buffer; readonly end: number; readonly hash: Uint8Array } {
  const end = frameOverhead + payload.length;
  const bytes = Buffer.alloc(end + room);
  return { bytes, end, hash: writeFrame(bytes, 0, { payload, previous: noHash }) };
}

test("give back what was put in, and then nothing", () => {
  const { bytes, end, hash } = framed();
  const found = readFrame(bytes, 0, noHash);
  assert(found.kind === "frame");
  assert.deepEqual([Buffer.from(found.payload), found.end, Buffer.from(found.hash)], [payload, end, Buffer.from(hash)]);
  assert.deepEqual(readFrame(bytes, end, hash), { kind: "end" });
});

test("notice every bit that flips in them or behind them, with no seal to help", () => {
  const { bytes, end, hash } = framed();
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const found = bit < end * 8 ? readFrame(flipped, 0, noHash) : readFrame(flipped, end, hash);
    assert.equal(found.kind, "damaged", `bit ${bit}`);
  }
});

test("notice that the one before them is missing", () => {
  const { bytes } = framed();
  assert.equal(readFrame(bytes, 0, Buffer.alloc(noHash.length, 1)).kind, "damaged");
});

test.run();
