import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { mostInBatch } from "./batch.ts";
import { SealingKey, SealingPublicKey } from "./sealing-key.ts";
import { newSeed, SigningKey } from "./signing-key.ts";
import { TurnSigner } from "./turn-signer.ts";

const test = suite("signing and agreeing");
const key = new SigningKey(newSeed());
const messages = (count: number): Uint8Array[] => Array.from({ length: count }, (_, n) => Buffer.from(`message ${n}`));

test("one signature is for each message of a batch of any size, and for no other", () => {
  for (const count of [1, 2, 3, 5, 8, 17, 100, mostInBatch]) {
    const batch = messages(count);
    const signatures = key.signAll("call", batch);
    batch.forEach((message, at) => {
      const signature = signatures[at] as Uint8Array;
      assert(key.public.verify("call", message, signature), `${at} of ${count}`);
      assert(!key.public.verify("call", Buffer.from(`message ${at + 1}`), signature));
      assert(!key.public.verify("end", message, signature), "for another purpose");
    });
  }
});

test("a signature of a batch that was changed anywhere is none", () => {
  const batch = messages(9);
  const signatures = key.signAll("call", batch);
  const property = fc.property(fc.nat(8), fc.nat(), fc.nat(7), (at, place, bit) => {
    const changed = Buffer.from(signatures[at] as Uint8Array);
    changed[place % changed.length]! ^= 1 << bit;
    assert(!key.public.verify("call", batch[at] as Uint8Array, changed));
    assert(!key.public.verify("call", batch[at] as Uint8Array, changed.subarray(0, place % changed.length)));
  });
  fc.assert(property, { numRuns: 300 });
});

test("an inner node of a batch's tree is no message of it", () => {
  const signatures = key.signAll("call", messages(4));
  const path = signatures[0] as Uint8Array;
  // What stands beside the second level is a node over the last two messages.
  const node = path.subarray(65 + 32, 65 + 64);
  const shorter = Buffer.concat([path.subarray(0, 64), Uint8Array.of(1), path.subarray(65 + 32)]);
  assert(!key.public.verify("call", node, shorter));
});

test("what is signed in one turn shares a signature, and a signer that fails fails each", async () => {
  let times = 0;
  const signer = new TurnSigner((batch) => {
    times += 1;
    return key.signAll("call", batch);
  });
  const batch = messages(300);
  const signatures = await Promise.all(batch.map((message) => signer.sign(message)));
  assert.equal(times, 2, "256 at most in one");
  assert(batch.every((message, at) => key.public.verify("call", message, signatures[at] as Uint8Array)));
  const broken = new TurnSigner(() => Promise.reject(new Error("gone")));
  const results = await Promise.allSettled([broken.sign(newSeed()), broken.sign(newSeed())]);
  assert(results.every(({ status }) => status === "rejected"));
});

test("two sealing keys agree for one purpose and one direction alone", () => {
  const [one, other] = [new SealingKey(newSeed()), new SealingKey(newSeed())];
  const secret = ([own, to]: readonly [SealingKey, SealingKey], purpose: "call" | "to-agent", isFrom: boolean): string =>
    own.agree(to.public, purpose, { isFrom }).export().toString("hex");
  assert.equal(secret([one, other], "call", true), secret([other, one], "call", false));
  assert.notEqual(secret([one, other], "call", true), secret([one, other], "call", false));
  assert.notEqual(secret([one, other], "call", true), secret([one, other], "to-agent", true));
});

test("a point of low order is no key to agree with", () => {
  const own = new SealingKey(newSeed());
  assert.throws(() => own.agree(new SealingPublicKey(new Uint8Array(32)), "call", { isFrom: false }), { code: "invalid_wire_message" });
});

test.run();
