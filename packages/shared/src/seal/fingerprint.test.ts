import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { createKeyRing, fingerprint, hashRecord, KeyRing, newRingKey } from "./index.ts";

const test = suite("fingerprints");
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const body = Buffer.from("body");

test("are the same for the same bytes under one ring, and only there", () => {
  const ring = createKeyRing();
  assert.equal(hex(fingerprint(ring, "body", body)), hex(fingerprint(ring, "body", Buffer.from("body"))));
  assert.notEqual(hex(fingerprint(ring, "body", body)), hex(fingerprint(createKeyRing(), "body", body)));
});

test("differ between purposes, so that a body's hash tells nothing about a run's id", () => {
  const ring = createKeyRing();
  assert.notEqual(hex(fingerprint(ring, "body", body)), hex(fingerprint(ring, "run-id", body)));
});

test("stay the same when another key becomes active, so that an idempotency key still finds its run", () => {
  const [first, second] = [newRingKey(), newRingKey()];
  const before = new KeyRing([first], first.id);
  const after = new KeyRing([first, second], second.id);
  assert.equal(hex(fingerprint(after, "run-id", body)), hex(fingerprint(before, "run-id", body)));
});

test("hash records with plain SHA-256", () => {
  assert.equal(hex(hashRecord(Buffer.from("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test.run();
