import assert from "node:assert/strict";
import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { createPrivateFile, readPrivateFileIfThere, replacePrivateFile } from "./private-file.ts";

const test = suite("a private file");

test("is put in the place of another whole, with mode 600, and leaves nothing beside it", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "membership.json");
    assert.equal(readPrivateFileIfThere(file), undefined);
    replacePrivateFile(file, "one");
    replacePrivateFile(file, "two");
    assert.equal(readPrivateFileIfThere(file), "two");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(directory), ["membership.json"]);
  }));

test("is never replaced by one that is only to be created, and not read while others can", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "keys.json");
    createPrivateFile(file, "one");
    assert.throws(() => createPrivateFile(file, "two"), { code: "already_exists" });
    chmodSync(file, 0o640);
    assert.throws(() => readPrivateFileIfThere(file), { code: "invalid_configuration", message: /chmod 600/ });
  }));

test.run();
