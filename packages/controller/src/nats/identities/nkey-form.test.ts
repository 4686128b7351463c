import assert from "node:assert/strict";
import { newSeed, SigningKey, userNkey, userNkeySeed } from "@longarm/shared/seal";
import { fromSeed } from "@nats-io/nkeys";
import { suite } from "../../../../../test/support/suite.ts";

const test = suite("the broker's form of an agent's identity key");

test("is what the broker's own library makes of it", () => {
  for (let count = 0; count < 50; count += 1) {
    const seed = newSeed();
    const pair = fromSeed(new TextEncoder().encode(userNkeySeed(seed).reveal()));
    assert.equal(userNkey(new SigningKey(seed).public.raw), pair.getPublicKey());
  }
});

test.run();
