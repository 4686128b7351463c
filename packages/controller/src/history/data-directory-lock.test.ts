import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { lockDataDirectory } from "./data-directory-lock.ts";

const test = suite("the data directory");
const inUse = { code: "data_directory_in_use" };

/** A process that holds the directory and says so, until it is killed. */
async function startHolder(directory: string): Promise<ChildProcess> {
  const source = `
    import { lockDataDirectory } from ${JSON.stringify(join(import.meta.dirname, "data-directory-lock.ts"))};
    lockDataDirectory(${JSON.stringify(directory)});
    globalThis.gc();
    await new Promise(setImmediate);
    process.stdout.write("held");
    setInterval(() => {}, 1_000_000);`;
  const child = spawn(process.execPath, ["--expose-gc", "--input-type=module", "--eval", source], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

test("is made when absent, and is ours until it is released", () =>
  withTemporaryDirectory((parent) => {
    const directory = join(parent, "deep", "data");
    const lock = lockDataDirectory(directory);
    assert.throws(() => lockDataDirectory(directory), { ...inUse, message: new RegExp(directory) });
    lock.release();
    lock.release();
    lockDataDirectory(directory).release();
  }));

test("is refused, with its path, where it cannot be one", () =>
  withTemporaryDirectory((parent) => {
    const file = join(parent, "file");
    writeFileSync(file, "");
    const refusal = { code: "invalid_configuration", message: /^The data directory \S*file(\/data)? cannot be used: / };
    for (const path of [file, join(file, "data")]) assert.throws(() => lockDataDirectory(path), refusal);
  }));

test("is refused at once while another process holds it, and free the moment that one is killed", () =>
  withTemporaryDirectory(async (directory) => {
    const holder = await startHolder(directory);
    try {
      const began = performance.now();
      assert.throws(() => lockDataDirectory(directory), inUse);
      assert.ok(performance.now() - began < 500);
    } finally {
      await kill(holder);
    }
    lockDataDirectory(directory).release();
  }));

test.run();
