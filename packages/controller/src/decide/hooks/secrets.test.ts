import { deepEqual } from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { rotate, type SecretTimes, validSecrets } from "./secrets.ts";

const test = suite("the secrets of a hook");

const nowMs = 1_000_000;
const graceMs = 500;

function shown(secrets: readonly SecretTimes[]): readonly string[] {
  return secrets.map(({ id, endsAtMs }) => (endsAtMs === undefined ? id : `${id} until ${endsAtMs}`));
}

test("are two after a rotation: the new one, and the one before it until the grace has passed", () => {
  const rotated = rotate<SecretTimes>([{ id: "a" }], { id: "b" }, { nowMs, graceMs, lastUsed: "a" });
  deepEqual(shown(rotated), ["b", "a until 1000500"]);
  deepEqual(shown(validSecrets(rotated, nowMs + graceMs - 1)), ["b", "a until 1000500"]);
  deepEqual(shown(validSecrets(rotated, nowMs + graceMs)), ["b"]);
});

test("are one after a rotation without grace", () =>
  deepEqual(shown(rotate<SecretTimes>([{ id: "a" }], { id: "b" }, { nowMs, graceMs: 0, lastUsed: "a" })), ["b"]));

test("keep the one that the org still sends when a new one is made anew before it was used", () => {
  const secrets = [{ id: "b" }, { id: "a", endsAtMs: nowMs + 100 }];
  deepEqual(shown(rotate<SecretTimes>(secrets, { id: "c" }, { nowMs, graceMs, lastUsed: "a" })), ["c", "a until 1000500"]);
  deepEqual(shown(rotate<SecretTimes>(secrets, { id: "c" }, { nowMs, graceMs, lastUsed: "b" })), ["c", "b until 1000500"]);
});

test("keep none that has ended", () => {
  const secrets = [{ id: "b" }, { id: "a", endsAtMs: nowMs }];
  deepEqual(shown(rotate<SecretTimes>(secrets, { id: "c" }, { nowMs, graceMs, lastUsed: "a" })), ["c", "b until 1000500"]);
});

test.run();
