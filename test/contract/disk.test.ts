import assert from "node:assert/strict";
import { cp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Disk } from "../../packages/agent/src/journal/disk.ts";
import { FileDisk } from "../../packages/agent/src/journal/file-disk.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { ForgetfulDisk } from "../support/forgetful-disk.ts";
import { suite } from "../support/suite.ts";

type WithDisk = (body: (disk: Disk) => Promise<void>) => Promise<void>;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = async (disk: Disk, name: string): Promise<string> => Buffer.from((await disk.read(name)).bytes).toString();

const promises: Readonly<Record<string, (disk: Disk) => Promise<void>>> = {
  "holds what was written, wherever in a file": async (disk) => {
    const file = await disk.open("a");
    await file.write(bytes("hello world"), 0);
    await file.write(bytes("there"), 6);
    await file.write(bytes("!"), 12);
    await file.sync();
    assert.equal(await textOf(disk, "a"), "hello there\u0000!");
    await file.close();
  },
  "opens a file again without changing it": async (disk) => {
    const first = await disk.open("a");
    await first.write(bytes("kept"), 0);
    await first.close();
    const again = await disk.open("a");
    assert.deepEqual([await textOf(disk, "a"), again.identity], ["kept", first.identity]);
    await again.close();
  },
  "keeps a file's identity under a new name, and writes to it go on": async (disk) => {
    const file = await disk.open("a.new");
    await file.write(bytes("one"), 0);
    await disk.rename("a.new", "a");
    await disk.sync();
    await file.write(bytes("two"), 3);
    assert.deepEqual(await disk.list(), ["a"]);
    assert.deepEqual([await textOf(disk, "a"), (await disk.read("a")).identity], ["onetwo", file.identity]);
    await file.close();
  },
  "puts a renamed file in another's place": async (disk) => {
    for (const [name, text] of [
      ["a", "old"],
      ["b", "new"],
    ] as const) {
      const file = await disk.open(name);
      await file.write(bytes(text), 0);
      await file.close();
    }
    await disk.rename("b", "a");
    assert.deepEqual([await disk.list(), await textOf(disk, "a")], [["a"], "new"]);
  },
  "forgets what was removed, and does not mind when it is absent": async (disk) => {
    await (await disk.open("a")).close();
    await disk.remove("a");
    await disk.remove("a");
    assert.deepEqual(await disk.list(), []);
  },
  "rejects reading what is absent": async (disk) => {
    await assert.rejects(disk.read("absent"));
  },
};

const kinds: Readonly<Record<string, WithDisk>> = {
  "a directory as a disk": (body) => withTemporaryDirectory((home) => body(new FileDisk(join(home, "journal")))),
  "a disk in memory": (body) => body(new ForgetfulDisk()),
};

const test = suite("the disks of a journal");
for (const [kind, withDisk] of Object.entries(kinds))
  for (const [title, hold] of Object.entries(promises)) test(`${kind} ${title}`, () => withDisk(hold));

test("a directory as a disk gives its files to its owner alone, and knows a copy from the file", () =>
  withTemporaryDirectory(async (home) => {
    const directory = join(home, "journal");
    const disk = new FileDisk(directory);
    await (await disk.open("a")).close();
    assert.deepEqual([(await stat(directory)).mode & 0o777, (await stat(join(directory, "a"))).mode & 0o777], [0o700, 0o600]);
    const { identity } = await disk.read("a");
    await cp(join(directory, "a"), join(directory, "copy"), { preserveTimestamps: true });
    await disk.rename("copy", "a");
    assert.notEqual((await disk.read("a")).identity, identity);
    const text = await readFile(join(directory, "a"));
    await disk.remove("a");
    await writeFile(join(directory, "a"), text);
    assert.notEqual((await disk.read("a")).identity, identity, "the number of a removed file may be given again");
  }));

test("a disk in memory forgets what was not synced", async () => {
  const disk = new ForgetfulDisk();
  const file = await disk.open("a");
  await file.write(bytes("synced"), 0);
  await file.sync();
  await disk.sync();
  await file.write(bytes("lost"), 0);
  await disk.rename("a", "b");
  disk.cutPower();
  assert.deepEqual([await disk.list(), await textOf(disk, "a")], [["a"], "synced"]);
});

test.run();
