import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import {
  createKeyRingFile,
  describeKeyRingFile,
  dropFromKeyRingFile,
  fingerprint,
  loadKeyRing,
  openRecord,
  ringKeyIdOf,
  rotateKeyRingFile,
  sealRecord,
} from "./index.ts";

const test = suite("a key ring that is rotated");

const text = Buffer.from("text");
const now = new Date("2026-11-26T00:00:00Z");

function withRing(body: (file: string) => void): Promise<void> {
  return withTemporaryDirectory((directory) => {
    const file = join(directory, "keyring.json");
    createKeyRingFile(file);
    body(file);
  });
}

test("seals under the new key and opens what the old one sealed", () =>
  withRing((file) => {
    const before = loadKeyRing(file);
    const old = sealRecord(before, text, ["a"]);
    rotateKeyRingFile(file, { activate: true, now });
    const after = loadKeyRing(file);
    assert.notEqual(after.active.id, before.active.id);
    assert.deepEqual(Buffer.from(openRecord(after, old, ["a"])), text);
    assert.equal(ringKeyIdOf(sealRecord(after, text, ["a"])), after.active.id);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(join(file, "..")), ["keyring.json"]);
    assert.deepEqual(
      describeKeyRingFile(file).map(({ state, retiredAt }) => [state, retiredAt]),
      [
        ["retired", now.getTime()],
        ["active", null],
      ],
    );
  }));

test("keeps the next key unused until it is activated", () =>
  withRing((file) => {
    const { active } = loadKeyRing(file);
    rotateKeyRingFile(file, { activate: false, now });
    rotateKeyRingFile(file, { activate: false, now });
    assert.equal(loadKeyRing(file).active.id, active.id);
    const [, next] = describeKeyRingFile(file);
    assert.equal(next?.state, "next");
    rotateKeyRingFile(file, { activate: true, now });
    assert.deepEqual([loadKeyRing(file).active.id, loadKeyRing(file).ids.length], [next?.id, 2]);
  }));

test("makes the same fingerprints for ever, also when its first key is dropped", () =>
  withRing((file) => {
    const first = loadKeyRing(file);
    const made = [fingerprint(first, "body", text), fingerprint(first, "run-id", text)];
    for (const _ of [1, 2]) {
      rotateKeyRingFile(file, { activate: true, now });
      const [oldest] = describeKeyRingFile(file);
      dropFromKeyRingFile(file, oldest?.id ?? 0);
    }
    const ring = loadKeyRing(file);
    assert.equal(ring.ids.length, 1);
    assert.deepEqual([fingerprint(ring, "body", text), fingerprint(ring, "run-id", text)], made);
    assert.throws(() => openRecord(ring, sealRecord(first, text, []), []), { code: "sealed_record_rejected" });
  }));

test("never loses its active key, nor one to another who changes it at the same time", () =>
  withRing((file) => {
    const { active } = loadKeyRing(file);
    assert.throws(() => dropFromKeyRingFile(file, active.id), { code: "invalid_state" });
    assert.throws(() => dropFromKeyRingFile(file, active.id ^ 1), { code: "invalid_request" });
    const before = readFileSync(file, "utf8");
    writeFileSync(`${file}.lock`, "");
    assert.throws(() => rotateKeyRingFile(file, { activate: true, now }), { code: "conflict" });
    assert.equal(readFileSync(file, "utf8"), before);
  }));

test("is read again by whoever meets a key that they do not know, at most once a second", () =>
  withRing((file) => {
    const mine = loadKeyRing(file);
    let reads = 0;
    mine.reloadBy(() => {
      reads += 1;
      return loadKeyRing(file);
    });
    rotateKeyRingFile(file, { activate: true, now });
    const theirs = sealRecord(loadKeyRing(file), text, []);
    assert.deepEqual(Buffer.from(openRecord(mine, theirs, [])), text);
    assert.equal(mine.active.id, ringKeyIdOf(theirs));
    for (let times = 0; times < 100; times += 1) assert.equal(mine.find(7), undefined);
    assert.equal(reads, 1);
  }));

test.run();
