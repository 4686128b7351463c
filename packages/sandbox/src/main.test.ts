import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LongarmError } from "@longarm/shared";
import { suite } from "../../../test/support/suite.ts";
import { bareEnvironment } from "../../../test/support/command.ts";
import { withTemporaryDirectory } from "../../../test/support/directories.ts";
import { withSandbox } from "../../../test/support/sandbox.ts";
import { readOptions, runSandbox } from "./main.ts";

const test = suite("the sandbox as a process");

async function withProcess(
  args: readonly string[],
  work: (ready: { url: string; token: string }) => Promise<void>,
  observer: string = bareEnvironment.LONGARM_SANDBOX_OBSERVER,
): Promise<number | null> {
  const child = spawn(process.execPath, [new URL("main.ts", import.meta.url).pathname, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LONGARM_SANDBOX_OBSERVER: observer },
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  try {
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    await work(JSON.parse(line) as { ready: true; url: string; token: string });
  } finally {
    child.kill("SIGTERM");
  }
  return (await exited)[0];
}

test("it says where it answers, serves the same users for the same seed, and ends on SIGTERM", async () => {
  const ids: string[] = [];
  for (let time = 0; time < 2; time += 1) {
    const code = await withProcess(["--port", "0", "--users", "100000", "--seed", "7"], async ({ url, token }) => {
      const response = await fetch(`${url}/api/v1/users/user099999`, { headers: { authorization: `SSWS ${token}` } });
      ids.push(((await response.json()) as { id: string }).id);
    });
    assert.equal(code, 0);
  }
  assert.equal(ids[0], ids[1]);
});

test("the length of a rate-limit window can be chosen", async () => {
  await withProcess(["--users", "1", "--limits", "off", "--limit-window-ms", "2000"], async ({ url, token }) => {
    const { headers } = await fetch(`${url}/api/v1/users/user000000`, { headers: { authorization: `SSWS ${token}` } });
    const untilReset = Number(headers.get("x-rate-limit-reset")) * 1_000 - Date.parse(headers.get("date") ?? "");
    assert.ok(untilReset > 0 && untilReset <= 3_000, `it resets after ${untilReset} ms`);
  });
});

test("it ends at an answer that the observer of the tests finds wrong", () =>
  withTemporaryDirectory(async (directory) => {
    const observer = join(directory, "observer.mjs");
    writeFileSync(observer, "export const observe = ({ route, status }) => route === 'GET /api/v1/groups' && process.exit(status - 130);");
    const code = await withProcess(
      [],
      async ({ url, token }) => {
        const headers = { authorization: `SSWS ${token}` };
        assert.equal((await fetch(`${url}/api/v1/users`, { headers })).status, 200);
        await assert.rejects(fetch(`${url}/api/v1/groups`, { headers }));
      },
      observer,
    );
    assert.equal(code, 70);
  }));

test("a taken port and a bad option are named", async () => {
  await withSandbox({}, async (org) => {
    const taken = runSandbox({ port: org.port }, new AbortController().signal, () => undefined);
    await assert.rejects(taken, (reason) => reason instanceof LongarmError && reason.code === "port_in_use");
  });
  assert.throws(() => readOptions({ users: "many" }), /--users must be a whole number, not "many"/);
  assert.throws(() => readOptions({ limits: "loose" }), /--limits must be one of free, workforce, off/);
});

test.run();
