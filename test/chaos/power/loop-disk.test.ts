import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../support/directories.ts";
import { suite } from "../../support/suite.ts";
import { LoopDisk, whyNoLoopDisk } from "./loop-disk.ts";

const test = suite("a disk whose power can be cut");
const title = "keeps what was synced and forgets what was only written";
const why = await whyNoLoopDisk();

async function write(path: string, isSynced: boolean): Promise<void> {
  const file = await open(path, "w");
  await file.write("kept");
  if (isSynced) await file.sync();
  await file.close();
}

async function forgetsWhatWasNotSynced(directory: string): Promise<void> {
  const disk = await LoopDisk.make(join(directory, "disk"), join(directory, "mounted"), 32 * 1024 * 1024);
  try {
    await mkdir(join(disk.path, "data"));
    await write(join(disk.path, "data", "synced"), true);
    await write(join(disk.path, "data", "written"), false);
    const after = await disk.cut(join(directory, "copy"), join(directory, "after"));
    try {
      assert.equal(await readFile(join(after.path, "data", "synced"), "utf8"), "kept");
      assert.equal(existsSync(join(after.path, "data", "written")), false);
    } finally {
      await after.unmount();
    }
  } finally {
    await disk.unmount();
  }
}

if (why === undefined) test(title, () => withTemporaryDirectory(forgetsWhatWasNotSynced));
else test.skip(title, `this machine cannot mount one: ${why}`);

test.run();
