import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { createKeyRing, createKeyRingFile, loadKeyRing, openRecord, sealRecord } from "./index.ts";

const test = suite("the key ring's file");

test("is made with mode 600 in a directory made for it, and opens what the ring sealed", () =>
  withTemporaryDirectory((directory) => {
    const file = join(directory, "data", "keys.json");
    const sealed = sealRecord(createKeyRingFile(file), Buffer.from("text"), []);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(join(directory, "data")), ["keys.json"]);
    assert.equal(Buffer.from(openRecord(loadKeyRing(file), sealed, [])).toString(), "text");
  }));

test("is never replaced", () =>
  withTemporaryDirectory((directory) => {
    const file = join(directory, "keys.json");
    createKeyRingFile(file);
    const before = readFileSync(file, "utf8");
    assert.throws(() => createKeyRingFile(file), { code: "already_exists" });
    assert.equal(readFileSync(file, "utf8"), before);
    assert.deepEqual(readdirSync(directory), ["keys.json"]);
  }));

test("is refused while its group or others can reach it", () =>
  withTemporaryDirectory((directory) => {
    const file = join(directory, "keys.json");
    createKeyRingFile(file);
    for (const mode of [0o640, 0o604, 0o660, 0o666, 0o610]) {
      chmodSync(file, mode);
      assert.throws(() => loadKeyRing(file), {
        code: "invalid_configuration",
        message: /chmod 600/,
      });
    }
    chmodSync(file, 0o400);
    assert.doesNotThrow(() => loadKeyRing(file));
  }));

test("is missed by name when it is absent", () =>
  withTemporaryDirectory((directory) => {
    const file = join(directory, "keys.json");
    assert.throws(() => loadKeyRing(file), { code: "key_ring_missing", message: new RegExp(file) });
  }));

test("is refused when damaged, without a word of its content", () =>
  withTemporaryDirectory((directory) => {
    const file = join(directory, "keys.json");
    const key = { id: 1, key: Buffer.alloc(32).toString("base64") };
    const faults = [
      "",
      "secret-text",
      "{}",
      '{"version":2}',
      { active: 2, keys: [key] },
      { active: 1, keys: [] },
      { active: 1, keys: [key, key] },
    ];
    const short = { active: 1, keys: [{ id: 1, key: "c2VjcmV0" }] };
    const wide = { active: 2 ** 32, keys: [{ ...key, id: 2 ** 32 }] };
    for (const fault of [...faults, short, wide]) {
      writeFileSync(file, typeof fault === "string" ? fault : JSON.stringify({ version: 1, ...fault }), { mode: 0o600 });
      assert.throws(
        () => loadKeyRing(file),
        (reason: Error & { code?: string }) => reason.code === "key_ring_missing" && !/secret|c2Vj/.test(reason.message),
      );
    }
  }));

test("shows no key of its ring when the ring is printed", () => {
  const shown = inspect(createKeyRing(), { depth: 10, showHidden: true }) + JSON.stringify(createKeyRing());
  assert.ok(!/<Buffer|Uint8Array/.test(shown), shown);
});

test.run();
