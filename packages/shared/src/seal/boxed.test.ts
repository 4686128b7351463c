import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { boxed, unboxed } from "./boxed.ts";
import { SealingKey } from "./sealing-key.ts";
import { newSeed } from "./signing-key.ts";

const test = suite("a box between two sealing keys");

const [agent, installation, other] = [new SealingKey(newSeed()), new SealingKey(newSeed()), new SealingKey(newSeed())];
const out = agent.agree(installation.public, "knock", { isFrom: true });
const into = installation.agree(agent.public, "knock", { isFrom: false });

test("is opened by the other side and nobody else, where it was meant to stand", () => {
  const box = boxed(out, Buffer.from("hello"), "enrol.jt_1");
  assert.equal(Buffer.from(unboxed(into, box, "enrol.jt_1") ?? []).toString(), "hello");
  assert.equal(unboxed(into, box, "enrol.jt_2"), undefined);
  assert.equal(unboxed(installation.agree(agent.public, "knocked", { isFrom: false }), box, "enrol.jt_1"), undefined);
  assert.equal(unboxed(other.agree(agent.public, "knock", { isFrom: false }), box, "enrol.jt_1"), undefined);
});

test("does not open with a bit flipped or a byte missing", () => {
  const box = boxed(out, Buffer.from("hello"), "enrol.jt_1");
  fc.assert(
    fc.property(fc.nat(box.length * 8 - 1), (bit) => {
      const changed = Buffer.from(box);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(unboxed(into, changed, "enrol.jt_1"), undefined);
    }),
  );
  for (let length = 0; length < box.length; length += 1) assert.equal(unboxed(into, box.subarray(0, length), "enrol.jt_1"), undefined);
});

test.run();
