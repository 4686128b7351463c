import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { createKeyRing, KeyRing, newRingKey, openRecord, sealedOverhead, sealRecord, type Associated } from "./index.ts";

const test = suite("sealed records");
const rejected = { code: "sealed_record_rejected" };
const ring = createKeyRing();
const part = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.uint8Array({ maxLength: 20 }));
const place: fc.Arbitrary<Associated> = fc.array(part, { maxLength: 4 });

function isSame(left: Associated, right: Associated): boolean {
  const shape = (parts: Associated): string =>
    JSON.stringify(parts.map((item) => (item instanceof Uint8Array ? { bytes: [...item] } : item)));
  return shape(left) === shape(right);
}

test("opens to what was sealed, wherever the same place is named", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), place, (plaintext, associated) => {
      const sealed = sealRecord(ring, plaintext, associated);
      assert.equal(sealed.length, plaintext.length + sealedOverhead);
      assert.deepEqual(new Uint8Array(openRecord(ring, sealed, associated)), plaintext);
    }),
  );
});

test("rejects a record with any one bit flipped", () => {
  const plaintext = Buffer.from("the quick brown fox");
  const sealed = sealRecord(ring, plaintext, ["RUNS", 7]);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = Uint8Array.from(sealed);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    assert.throws(() => openRecord(ring, flipped, ["RUNS", 7]), rejected, `bit ${bit}`);
  }
});

test("rejects a record cut or lengthened at any place", () => {
  const sealed = sealRecord(ring, Buffer.from("text"), []);
  for (let length = 0; length < sealed.length; length++) assert.throws(() => openRecord(ring, sealed.subarray(0, length), []), rejected);
  assert.throws(() => openRecord(ring, Buffer.concat([sealed, Buffer.from([0])]), []), rejected);
});

test("rejects a record at any other place than its own", () => {
  fc.assert(
    fc.property(place, place, (associated, other) => {
      fc.pre(!isSame(associated, other));
      const sealed = sealRecord(ring, Buffer.from("text"), associated);
      assert.throws(() => openRecord(ring, sealed, other), rejected);
    }),
  );
});

test("tells apart places that only differ in where one part ends", () => {
  const pairs: readonly (readonly [Associated, Associated])[] = [
    [
      ["ab", "c"],
      ["a", "bc"],
    ],
    [["ab"], ["a", "b"]],
    [["a"], ["a", ""]],
    [["1"], [1]],
    [["a"], [Buffer.from("a")]],
    [[], [""]],
  ];
  for (const [left, right] of pairs) {
    assert.throws(() => openRecord(ring, sealRecord(ring, Buffer.alloc(0), left), right), rejected);
  }
});

test("keeps long places whole", () => {
  const long = "é".repeat(50_000);
  const sealed = sealRecord(ring, Buffer.from("text"), [long, 1]);
  assert.equal(Buffer.from(openRecord(ring, sealed, [long, 1])).toString(), "text");
  assert.throws(() => openRecord(ring, sealed, [`${long}é`, 1]), rejected);
});

test("rejects a record of another installation", () => {
  const sealed = sealRecord(createKeyRing(), Buffer.from("text"), []);
  assert.throws(() => openRecord(ring, sealed, []), rejected);
});

test("opens records of an older key after another became active", () => {
  const [older, newer] = [newRingKey(), newRingKey()];
  const sealed = sealRecord(new KeyRing([older], older.id), Buffer.from("text"), []);
  const rotated = new KeyRing([older, newer], newer.id);
  assert.equal(Buffer.from(openRecord(rotated, sealed, [])).toString(), "text");
  assert.throws(() => openRecord(new KeyRing([older], older.id), sealRecord(rotated, Buffer.from("text"), []), []), rejected);
});

test("never uses a nonce twice in ten thousand records", () => {
  const nonces = new Set<string>();
  for (let n = 0; n < 10_000; n++) nonces.add(Buffer.from(sealRecord(ring, new Uint8Array(1), []).subarray(5, 17)).toString("hex"));
  assert.equal(nonces.size, 10_000);
});

test.run();
