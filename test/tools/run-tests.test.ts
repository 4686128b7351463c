import assert from "node:assert/strict";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readProcessTable } from "../../tools/test-runner/process-table.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { runProcess, withProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const test = suite("the test runner");

const runner = join(import.meta.dirname, "../../tools/run-tests.ts");
const head = `import { suite } from ${JSON.stringify(new URL("../support/suite.ts", import.meta.url).href)}; const test = suite("planted");`;
const passing = `${head} test("a", () => {}); test("b", () => {}); test.run();`;

test("adds up the tests of all files and prints nothing of those that pass", async () => {
  const files = {
    "packages/one/src/deep/a.test.ts": passing,
    "test/b.test.ts": `${head} test("a", () => console.log("chatter")); test.skip("b", "not here"); test.run();`,
    "packages/one/src/no-test.ts": `throw new Error("not a test")`,
    "packages/one/node_modules/x/src/c.test.ts": `throw new Error("not ours")`,
  };
  const { code, stdout, lastLine } = await run(files);
  assert.deepEqual([lastLine, code], ["3 passed, 0 failed, 1 skipped", 0], stdout);
  assert.doesNotMatch(stdout, /chatter/);
});

test("prints what a failing file printed and fails", async () => {
  const files = {
    "test/a.test.ts": passing,
    "test/b.test.ts": `${head} test("is broken", () => { console.log("a hint"); throw new Error("broken heart"); }); test.run();`,
  };
  const { code, stdout, lastLine } = await run(files);
  assert.deepEqual([lastLine, code], ["2 passed, 1 failed", 1], stdout);
  assert.match(stdout, /FAILED test\/b\.test\.ts\n[^]*a hint[^]*broken heart/);
});

test("runs only the files whose path contains one of the given parts", async () => {
  const files = { "test/a.test.ts": passing, "test/b.test.ts": passing, "packages/x/src/c.test.ts": passing };
  const { lastLine } = await run(files, ["a.test", "packages/"]);
  assert.equal(lastLine, "4 passed, 0 failed");
});

const failsOnce = `import { existsSync, writeFileSync } from "node:fs"; ${head}
  test("a", () => { if (!existsSync("seen")) { writeFileSync("seen", ""); throw new Error("bad luck"); } }); test.run();`;

test("tries what failed once more when told to, and names what passed only then", async () => {
  const files = { "test/a.test.ts": passing, "test/b.test.ts": failsOnce };
  const { code, stdout, lastLine } = await run(files, ["--second-try"]);
  assert.deepEqual([lastLine, code], ["3 passed, 0 failed", 0], stdout);
  assert.match(stdout, /bad luck[^]*UNSTEADY test\/b\.test\.ts/);
});

test("tries nothing again unless told to, nor what fails each time twice, nor many files", async () => {
  assert.equal((await run({ "test/b.test.ts": failsOnce })).lastLine, "0 passed, 1 failed");
  const broken = `${head} test("a", () => { throw new Error("broken heart"); }); test.run();`;
  assert.equal((await run({ "test/b.test.ts": broken }, ["--second-try"])).lastLine, "0 passed, 1 failed");
  const many = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`test/${name}.test.ts`, failsOnce.replaceAll("seen", name)]));
  assert.equal((await run(many, ["--second-try"])).lastLine, "0 passed, 4 failed");
});

test("fails when no file matches", async () => {
  const { code, stdout, lastLine } = await run({ "test/a.test.ts": passing }, ["absent"]);
  assert.deepEqual([lastLine, code], ["0 passed, 1 failed", 1]);
  assert.match(stdout, /no path contains absent/);
});

test("prints the summary as JSON on the last line when asked", async () => {
  const { lastLine, stdout } = await run({ "test/a.test.ts": passing, "test/b.test.ts": head }, ["--json"]);
  const { ok, passed, failed, failures } = JSON.parse(lastLine) as Record<string, unknown>;
  assert.deepEqual(
    { ok, passed, failed, failures },
    { ok: false, passed: 2, failed: 1, failures: [{ path: "test/b.test.ts", failed: 0, faults: ["the file has no test"] }] },
    stdout,
  );
});

test("fails a file that does not use the wrapper, or ends before its closing line", async () => {
  const { lastLine, stdout } = await run({
    "test/a.test.ts": `console.log("all good, believe me")`,
    "test/b.test.ts": `${head} test("a", () => process.kill(process.pid, "SIGKILL")); test.run();`,
    "test/c.test.ts": `this is no JavaScript`,
  });
  assert.equal(lastLine, "0 passed, 3 failed", stdout);
  assert.match(stdout, /printed no closing line[^]*was ended by SIGKILL|was ended by SIGKILL[^]*printed no closing line/);
});

test("kills a file that runs for ever, and reports it", async () => {
  const { lastLine, stdout } = await run({ "test/a.test.ts": `${head} test("a", () => { for (;;); }); test.run();` }, ["--timeout=1"]);
  assert.equal(lastLine, "0 passed, 1 failed", stdout);
  assert.match(stdout, /still running after 1 s/);
});

test("fails a file that leaves a process behind, however it hides, and ends that process", async () => {
  const ways = {
    "test/same-group.test.ts": `{ stdio: "ignore" }`,
    "test/other-session.test.ts": `{ stdio: "ignore", detached: true }`,
    "test/no-environment.test.ts": `{ stdio: "ignore", detached: true, env: {} }`,
    "test/open-output.test.ts": `{ stdio: "inherit", detached: true }`,
  };
  const sources = Object.entries(ways).map(([path, options]) => [path, leaving(options)]);
  const { lastLine, stdout } = await run(Object.fromEntries(sources), ["--jobs=4"]);
  const pids = [...stdout.matchAll(/left (\d+)/g)].map((match) => Number(match[1]));
  const reported = [...stdout.matchAll(/left a process behind: .*\(pid (\d+)\)/g)].map((match) => Number(match[1]));
  assert.deepEqual(new Set(reported), new Set(pids), stdout);
  assert.equal(pids.length, 4, stdout);
  assert.equal(lastLine, "4 passed, 4 failed");
  assert.deepEqual(alive(pids), []);
});

test("ends the files that run when it is interrupted", async () => {
  const endless = `import { writeFileSync } from "node:fs"; ${head}
    test("a", () => { writeFileSync("started-" + process.pid, ""); return new Promise(() => {}); }, { timeoutMs: 60_000 }); test.run();`;
  await withFiles({ "test/a.test.ts": endless }, async (root) => {
    const watcher = watch(root);
    const appeared = once(watcher, "change");
    await withProcess({ command: process.execPath, args: [runner, `--root=${root}`] }, async (started) => {
      const [, name] = (await appeared) as [string, string];
      watcher.close();
      started.kill("SIGINT");
      assert.deepEqual(await started.exited, { code: 130, signal: null }, started.output());
      assert.match(started.stdout(), /was stopped before its end[^]*0 passed, 1 failed\n$/);
      assert.deepEqual(alive([Number(name.slice("started-".length))]), []);
    });
  });
});

/** The pause stands for what a real test does between start and end: the runner looks around four times a second. */
function leaving(spawnOptions: string): string {
  return `import { spawn } from "node:child_process"; ${head}
    test("leaves a child", async () => {
      const { pid } = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], ${spawnOptions});
      console.log("left " + pid);
      await new Promise((resolve) => setTimeout(resolve, 600));
    });
    test("ends the process before the child", () => process.exit(0));
    test.run();`;
}

function alive(pids: readonly number[]): number[] {
  const table = readProcessTable();
  return pids.filter((pid) => table.some((entry) => entry.pid === pid));
}

async function run(files: Readonly<Record<string, string>>, args: readonly string[] = []) {
  return withFiles(files, async (root) => {
    const ended = await runProcess({ command: process.execPath, args: [runner, `--root=${root}`, ...args] });
    return { ...ended, lastLine: ended.stdout.trimEnd().split("\n").at(-1) ?? "" };
  });
}

async function withFiles<T>(files: Readonly<Record<string, string>>, use: (root: string) => Promise<T>): Promise<T> {
  return withTemporaryDirectory(async (root) => {
    for (const [path, source] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), `${source}\n`);
    }
    return use(root);
  });
}

test.run();
