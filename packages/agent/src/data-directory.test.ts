import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../../test/support/directories.ts";
import { suite } from "../../../test/support/suite.ts";
import { holdDataDirectory } from "./data-directory.ts";

const test = suite("the agent's data directory");

test("keeps one id over restarts, for its owner alone", () =>
  withTemporaryDirectory(async (home) => {
    const path = join(home, "data");
    const first = await holdDataDirectory(path);
    await first.release();
    const again = await holdDataDirectory(path);
    assert.equal(again.agentId, first.agentId);
    assert.equal((await stat(path)).mode & 0o777, 0o700);
    assert.equal((await stat(join(path, "agent.json"))).mode & 0o777, 0o600);
    await again.release();
  }));

test("is held by one process at a time", () =>
  withTemporaryDirectory(async (home) => {
    const held = await holdDataDirectory(home);
    await assert.rejects(holdDataDirectory(home), { code: "data_directory_in_use" });
    await held.release();
    await (await holdDataDirectory(home)).release();
  }));

test("is refused, with its path, where it cannot be one", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "file");
    await writeFile(file, "");
    const message = /^The data directory \S*file(\/data)? cannot be used: /;
    for (const path of [file, join(file, "data")])
      await assert.rejects(holdDataDirectory(path), { code: "invalid_configuration", message });
  }));

for (const [title, text] of [
  ["of a process that is gone", "2147483646 12345"],
  ["of another process under our number, as in a container", `${process.pid} 1`],
  ["that was not written to its end", ""],
] as const) {
  test(`a lock ${title} is taken over`, () =>
    withTemporaryDirectory(async (home) => {
      await writeFile(join(home, "agent.lock"), text);
      const held = await holdDataDirectory(home);
      assert.match(await readFile(join(home, "agent.lock"), "utf8"), new RegExp(`^${process.pid} `));
      await held.release();
    }));
}

test("a file that holds no id is refused, not replaced, and the lock is given back", () =>
  withTemporaryDirectory(async (home) => {
    await writeFile(join(home, "agent.json"), '{"id":"agt_nonsense"}');
    for (let attempt = 0; attempt < 2; attempt++) await assert.rejects(holdDataDirectory(home), { code: "invalid_configuration" });
  }));

test.run();
