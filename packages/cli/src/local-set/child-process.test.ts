import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { processesWith } from "../../../../test/support/process-search.ts";
import { withProcess } from "../../../../test/support/processes.ts";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";
import type { ChildRole } from "./child-main.ts";
import { startChild } from "./child-process.ts";

const test = suite("processes of the local set");

const sandbox: ChildRole = { role: "sandbox", options: { port: 0 } };
const forever = "setInterval(() => {}, 1000);";

/** Calls `use` with the file of a program that no other process runs. */
async function withProgram(code: string, use: (program: string) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const program = join(directory, "program.mjs");
    await writeFile(program, code);
    await use(program);
  });
}

test("are killed when they do not come up, though they do not listen to signals", async () => {
  await withProgram(`process.on("SIGTERM", () => {}); ${forever}`, async (program) => {
    const start = startChild("sandbox", sandbox, { program, startWithinMs: 300 });
    await assert.rejects(start, { code: "internal", message: "sandbox did not start within 0.3 s." });
    await until("it is gone", () => processesWith(program).length === 0);
  });
});

test("are told of by the fault that they report at their start", async () => {
  await assert.rejects(startChild("sandbox", { role: "sandbox", options: { port: "http" } }), {
    code: "invalid_configuration",
    message: '--port must be a whole number, not "http".',
  });
});

test("are told of by the fault that they report as they end, else by how they ended", async () => {
  const fails = `process.send({ kind: "ready", facts: {} }); process.once("message", () => {
    process.send({ kind: "failed", code: "broker_unavailable", message: "The broker has ended." }); process.disconnect(); });`;
  await withProgram(fails, async (program) => {
    const reason = await (await startChild("controller", sandbox, { program })).ended;
    assert.ok(reason instanceof LongarmError);
    assert.deepEqual([reason.code, reason.message], ["broker_unavailable", "The broker has ended."]);
  });
  const child = await startChild("sandbox", sandbox);
  child.kill();
  assert.equal((await child.ended).message, "sandbox has ended (SIGKILL).");
});

test("end with the process that started them, however that ends", async () => {
  const code = `
    import { startChild } from ${JSON.stringify(import.meta.resolve("./child-process.ts"))};
    const child = await startChild("sandbox", ${JSON.stringify(sandbox)});
    process.stdout.write("child " + child.pid + "\\n");
    ${forever}`;
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", code];
  let pid = 0;
  const use = withProcess({ command: process.execPath, args, readyLine: /child (\d+)/ }, async (parent) => {
    pid = Number(parent.ready[1]);
    parent.kill("SIGKILL");
    await parent.exited;
    await until("the child is gone", () => processesWith("child-main.ts").every((found) => found.pid !== pid));
  });
  await use;
  assert.ok(pid > 0);
});

test.run();
