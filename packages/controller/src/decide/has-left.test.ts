import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { hasLeft } from "./has-left.ts";

const test = suite("whoever defined a schedule");

const key = { principal: "ada" };
const revoked = { ...key, revokedAt: 5 };

test("has left when the last of their keys is revoked, not while another one is valid", () => {
  assert.equal(hasLeft("ada", [revoked], 10), true);
  assert.equal(hasLeft("ada", [revoked, { ...key, expiresAt: 10 }], 10), true);
  assert.equal(hasLeft("ada", [revoked, key], 10), false);
  assert.equal(hasLeft("ada", [revoked, { ...key, expiresAt: 11 }], 10), false);
  assert.equal(hasLeft("ada", [revoked, { ...key, principal: "bob" }], 10), true);
});

test("is still there where their keys only grew old, where they never had one, and whatever becomes of a session", () => {
  assert.equal(hasLeft("ada", [{ ...key, expiresAt: 5 }], 10), false);
  assert.equal(hasLeft("corp:ada", [revoked], 10), false);
  assert.equal(hasLeft("ada", [{ ...revoked, isSession: true }], 10), false);
  assert.equal(hasLeft("ada", [revoked, { ...key, isSession: true }], 10), true);
});

test.run();
