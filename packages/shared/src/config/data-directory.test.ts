import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { LongarmError } from "../errors.ts";
import { asStorageFault, makeDataDirectory } from "./data-directory.ts";

const test = suite("data directories");

const isRoot = process.getuid?.() === 0;

function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (reason) {
    return reason;
  }
  return assert.fail("nothing was thrown");
}

function expectRefused(path: string, says: RegExp): void {
  assert.throws(() => makeDataDirectory(path), { code: "invalid_configuration", message: says });
}

test("are made for their owner alone, with those above them, and may be there already", () =>
  withTemporaryDirectory((parent) => {
    const directory = join(parent, "deep", "data");
    makeDataDirectory(directory);
    makeDataDirectory(directory);
    assert.equal(statSync(directory).mode & 0o777, 0o700);
    assert.equal(statSync(join(parent, "deep")).mode & 0o777, 0o700);
  }));

test("are refused, with the path, where a file or a dangling link stands in the way", () =>
  withTemporaryDirectory((parent) => {
    const file = join(parent, "file");
    writeFileSync(file, "");
    symlinkSync(join(parent, "nowhere"), join(parent, "link"));
    expectRefused(file, /^The data directory \S*\/file cannot be used: something that is no directory stands in its place\. Choose/);
    expectRefused(join(file, "data"), /^The data directory \S*\/file\/data cannot be used: .* \(\S*\/file\)\. Choose another one/);
    expectRefused(join(parent, "link"), /link cannot be used/);
  }));

const noEntries = "are refused at once where a file system takes no directories";
if (existsSync("/proc/self"))
  test(noEntries, () => {
    expectRefused("/proc/nope", /^The data directory \/proc\/nope cannot be used: no directory can be made there\./);
    expectRefused("/proc/nope/deeper", /\/proc\/nope\/deeper cannot be used: .* \(\/proc\/nope\)/);
  });
else test.skip(noEntries, "this system has no /proc");

test("are refused where this user may not write", () =>
  withTemporaryDirectory((parent) => {
    const closed = join(parent, "closed");
    mkdirSync(closed, { mode: 0o500 });
    // Root may write everywhere.
    if (isRoot) return makeDataDirectory(join(closed, "data"));
    expectRefused(closed, /closed cannot be used: permission is denied\./);
    expectRefused(join(closed, "data"), /closed\/data cannot be used: permission is denied\./);
  }));

const fullDisk = "tell a full disk apart, for files and for databases";
if (existsSync("/dev/full"))
  test(fullDisk, () => {
    const ofFile = asStorageFault(
      faultOf(() => writeFileSync("/dev/full", "x")),
      "/data",
    );
    assert.ok(ofFile instanceof LongarmError);
    assert.deepEqual([ofFile.code, ofFile.message.slice(0, 36)], ["storage_full", "The disk that holds /data is full; f"]);
    const ofDatabase = asStorageFault(Object.assign(new Error("full"), { code: "ERR_SQLITE_ERROR", errcode: 13 }), "/data");
    assert.equal((ofDatabase as LongarmError).code, "storage_full");
  });
else test.skip(fullDisk, "this system has no /dev/full");

test("are not blamed for what else goes wrong", () =>
  withTemporaryDirectory((directory) => {
    const absent = faultOf(() => readFileSync(join(directory, "absent")));
    assert.equal(asStorageFault(absent, directory), absent);
    const port = Object.assign(new Error("listen EACCES"), { code: "EACCES", syscall: "listen" });
    assert.equal(asStorageFault(port, directory), port);
    const elsewhere = asStorageFault(
      faultOf(() => mkdirSync("/proc/nope")),
      directory,
    ) as LongarmError;
    assert.match(elsewhere.message, /^\/proc\/nope cannot be used: /);
  }));

test.run();
