import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../../tools/bundle.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { runProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const test = suite("the bundle");

test(
  "holds all that each process loads, wherever it lies",
  () =>
    withTemporaryDirectory(async (directory) => {
      const program = await bundle(directory);
      assert.ok(existsSync(join(directory, "lib/child-main.mjs")));
      for (const words of [
        ["--version"],
        ["controller", "--print-config"],
        ["agent", "--print-config"],
        ["sandbox", "--help"],
        ["signer", "--help"],
      ]) {
        const ended = await runProcess({ command: process.execPath, args: [program, ...words], cwd: directory });
        assert.doesNotMatch(ended.output, /ERR_MODULE_NOT_FOUND|Cannot find|ENOENT/, words.join(" "));
        assert.equal(ended.code, 0, ended.output);
      }
    }),
  { timeoutMs: 60_000 },
);

test.run();
