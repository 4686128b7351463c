import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { readProcessTable } from "../../tools/test-runner/process-table.ts";
import { suite } from "./suite.ts";
import { runProcess, withProcess } from "./processes.ts";

const test = suite("processes of journeys");
const node = (code: string) => ({ command: process.execPath, args: ["-e", code] });
const forever = "setInterval(() => {}, 1000);";

test("gives what the ready line matched", async () => {
  await withProcess({ ...node(`console.error("listening on port 4711"); ${forever}`), readyLine: /port (\d+)/ }, (started) => {
    assert.equal(started.ready[1], "4711");
    assert.match(started.stderr(), /listening/);
    assert.equal(started.stdout(), "");
  });
});

test("waits for the whole line, however it arrives in pieces", async () => {
  const code = `process.stdout.write("port 47"); setTimeout(() => process.stdout.write("11\\n"), 30); ${forever}`;
  await withProcess({ ...node(code), readyLine: /port (\d+)/ }, (started) => assert.equal(started.ready[1], "4711"));
});

test("tells what was printed when the process ends before it is ready", async () => {
  const failing = { ...node(`console.error("no such port"); process.exit(3)`), readyLine: /ready/ };
  await assert.rejects(
    withProcess(failing, () => assert.fail("must not be called")),
    /the process ended \(3\).*\n.*no such port/s,
  );
});

test("gives up on a process that never gets ready, and ends it", async () => {
  const silent = { ...node(forever), readyLine: /ready/, readyMs: 50 };
  await assert.rejects(
    withProcess(silent, () => assert.fail("must not be called")),
    /none within 50 ms/,
  );
});

test("rejects when the command does not exist", async () => {
  await assert.rejects(
    withProcess({ command: "/nonexistent/command" }, () => assert.fail("must not be called")),
    { code: "ENOENT" },
  );
});

test("ends the process and its children when the test throws", async () => {
  const parent = `const child = require("node:child_process").spawn(process.execPath, ["-e", "${forever}"]); console.log("child " + child.pid); ${forever}`;
  let pids: number[] = [];
  const use = withProcess({ ...node(parent), readyLine: /child (\d+)/ }, (started) => {
    pids = [started.pid, Number(started.ready[1])];
    throw new Error("the test failed");
  });
  await assert.rejects(use, /the test failed/);
  assert.equal(pids.length, 2);
  for (const pid of pids) assert.ok(await isGone(pid), `process ${pid} is still alive`);
});

test("passes a signal to the process and says how it ended", async () => {
  await withProcess({ ...node(`console.log("up"); ${forever}`), readyLine: /up/ }, async (started) => {
    started.kill("SIGINT");
    assert.deepEqual(await started.exited, { code: null, signal: "SIGINT" });
  });
});

test("runs a process to its end with input and environment", async () => {
  const code = `process.stdin.on("data", (text) => { console.log(process.env.GREETING + " " + text); process.exitCode = 4; })`;
  const ended = await runProcess({ ...node(code), input: "world", env: { GREETING: "hello" } });
  assert.deepEqual({ code: ended.code, stdout: ended.stdout }, { code: 4, stdout: "hello world\n" });
});

/** A killed grandchild may still be on its way out; one that nobody collects stays as a zombie, which the table leaves out. */
async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!readProcessTable().some((entry) => entry.pid === pid)) return true;
    await setImmediate();
  }
  return false;
}

test.run();
