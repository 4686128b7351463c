import { deepEqual, equal, match, ok } from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { commandLine, bareEnvironment, withCommand } from "../../../../test/support/command.ts";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { withProcess } from "../../../../test/support/processes.ts";
import { anyCall } from "../../../../test/support/scripted/runs.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm run");

const unpaced = { itemsPerSecond: null, budgetWaitMs: 0, expectedItems: null, endsInMs: null };
const getUser = ["run", "okta.user.get"] as const;

test("waits for the run and prints its output, the rest on stderr", async () => {
  await withCommand(async ({ controller, run }) => {
    controller.runs.endings.set("okta.user.get", {
      output: { id: "00u1" },
      callCount: 1,
      calls: [anyCall({ executor: { kind: "agent", id: "agt_1", name: "hq-1" } })],
    });
    const { code, stdout, stderr } = await run([...getUser, "--set", "user=ada@example.com", "-c", "acme", "--on", "labels.site == 'hq'"]);
    equal(code, 0);
    deepEqual(JSON.parse(stdout), { id: "00u1" });
    match(stderr, /^run_\w{26} succeeded in .* · 1 call · hq-1\n$/);
    const [submitted] = controller.runs.submitted;
    deepEqual(submitted, {
      action: "okta.user.get",
      connection: "acme",
      connections: ["*"],
      input: { user: "ada@example.com" },
      lane: "standard",
      preferredLane: "interactive",
      on: "labels.site == 'hq'",
      principal: "tester",
    });
  });
});

test("prints the run as JSON on request, and nothing else", async () => {
  await withCommand(async ({ run }) => {
    const { code, stdout, stderr } = await run([...getUser, "--json"]);
    deepEqual([code, stderr], [0, ""]);
    deepEqual((JSON.parse(stdout) as { status: string; output: unknown }).output, { ok: true });
  });
});

test("ends with the run's own exit code", async () => {
  await withCommand(async ({ controller, spawn: run }) => {
    const body = (code: "user_not_found" | "outcome_unknown") => new LongarmError(code).toBody();
    controller.runs.endings.set("okta.user.get", { status: "failed", error: body("user_not_found") });
    controller.runs.endings.set("okta.user.create", { status: "outcome_unknown", error: body("outcome_unknown") });
    const [failed, unknown] = await Promise.all([run([...getUser]), run(["run", "okta.user.create"])]);
    deepEqual([failed.code, failed.stdout], [1, ""]);
    match(failed.stderr, /error\[user_not_found\]: No user in the org .*\nnext: longarm runs show run_/);
    equal(unknown.code, 4);
    match(unknown.stderr, /error\[outcome_unknown\]/);
  });
});

test("prints the id at once with --no-wait, in the standard lane", async () => {
  await withCommand(async ({ controller, run }) => {
    controller.runs.endings.set("okta.user.get", undefined);
    const { code, stdout, stderr } = await run([...getUser, "--no-wait", "--key", "order-7", "--deadline", "10m"]);
    deepEqual([code, stderr], [0, ""]);
    match(stdout, /^run_\w{26}\n$/);
    const [submitted] = controller.runs.submitted;
    deepEqual([submitted?.lane, submitted?.idempotencyKey, submitted?.deadline?.text], ["standard", "order-7", "10m"]);
  });
});

test("passes on how often calls are tried and how long the run may take", async () => {
  await withCommand(async ({ controller, run }) => {
    const retry = ["--retry", "attempts=2", "--retry", "within=10s", "--retry", "on=not_sent,rate_limited"];
    const key = ["--concurrency-key", "ada", "--concurrency-limit", "2"];
    await run([...getUser, "--no-wait", ...retry, "--start-within", "1m", "--run-within", "1h", ...key]);
    await run([...getUser, "--no-wait", "--retry", "none"]);
    deepEqual(
      controller.runs.submitted.map(({ terms }) => terms),
      [
        {
          retry: { on: ["not_sent", "rate_limited"], attempts: 2, withinMs: 10_000 },
          startWithinMs: 60_000,
          runWithinMs: 3_600_000,
          concurrencyKey: "ada",
          concurrencyLimit: 2,
        },
        { retry: { on: [], attempts: 1 } },
      ],
    );
    const wrong = await run([...getUser, "--retry", "tries=3"]);
    deepEqual([wrong.code, controller.runs.submitted.length], [2, 2]);
    match(wrong.stderr, /--retry tries=3: expected none, or one of on, attempts, within/);
  });
});

test("says what a run waits for, and leaves it running when --wait has passed", async () => {
  await withCommand(async ({ controller, run }) => {
    const waiting = {
      reason: "no_agent",
      sentence: "0 of 3 agents match: 2 fail labels.site == 'hq', 1 is paused",
      since: "2026-01-02T03:04:05Z",
      until: null,
    };
    controller.runs.endings.set("okta.user.get", { status: "waiting", waiting, endedAt: null });
    const { code, stdout, stderr } = await run([...getUser, "--wait", "700ms"]);
    equal(code, 4);
    match(stdout, /^run_\w{26}\n$/);
    equal(stderr.match(/waiting: 0 of 3 agents match/g)?.length, 1);
    match(stderr, /The run goes on \(waiting\): longarm runs watch run_/);
  });
});

test("takes its input from a file, from standard input and from the line", async () => {
  await withCommand(async ({ controller, spawn: run }) => {
    await withTemporaryDirectory(async (directory) => {
      const file = join(directory, "user.json");
      await writeFile(file, JSON.stringify({ profile: { login: "ada" } }));
      const ends = await Promise.all([
        run(["run", "okta.user.create", "--input", `@${file}`, "--set", "activate=false"]),
        run(["run", "okta.user.create", "--input", "-"], { input: '{"profile":{"login":"bob"}}' }),
        run(["run", "okta.user.create", "-i", '{"profile":{"login":"eve"}}', "-s", "password=-"], { input: "hunter2\n" }),
      ]);
      deepEqual(
        ends.map((end) => end.code),
        [0, 0, 0],
        ends.map((end) => end.stderr).join("\n"),
      );
      const inputs = controller.runs.submitted.map(({ input }) => JSON.stringify(input)).toSorted();
      deepEqual(inputs, [
        '{"profile":{"login":"ada"},"activate":false}',
        '{"profile":{"login":"bob"}}',
        '{"profile":{"login":"eve"},"password":"hunter2"}',
      ]);
    });
  });
});

test("refuses wrong usage with 2 and never repeats an input that is no JSON", async () => {
  await withCommand(async ({ controller, run }) => {
    const wrong: readonly [words: readonly string[], code: string][] = [
      [["--input", '{"password":"hunter2"'], "invalid_json"],
      [["--input", "@/nonexistent/user.json"], "invalid_usage"],
      [["--wait", "soon"], "invalid_usage"],
      [["--lane", "fast"], "invalid_usage"],
      [["--key", "k\u0001"], "invalid_usage"],
      [["--key", "ключ"], "invalid_usage"],
      [["--key", ""], "invalid_usage"],
      [["--token", "ключ"], "invalid_usage"],
      [["--token", "k\u0001"], "invalid_usage"],
      [["--sett", "a=b"], "invalid_usage"],
      [["--on", "labels.site ="], "invalid_selector"],
      [["--on", "{pool: blue}"], "invalid_selector"],
    ];
    const ends = await Promise.all(wrong.map(async ([words, code]) => ({ code, words, end: await run([...getUser, ...words]) })));
    for (const { code, words, end } of ends) {
      equal(end.code, 2, words.join(" "));
      ok(end.stderr.startsWith(`error[${code}]: `), `${words.join(" ")} → ${end.stderr}`);
      ok(!end.stderr.includes("hunter2") && end.stdout === "");
    }
    match((await run([...getUser, "--lane", "fast"])).stderr, /Allowed choices are .*bulk\.\n/);
    for (const [option, value] of [
      ["--key", "k\u0001"],
      ["--token", "ключ"],
    ] as const)
      ok((await run([...getUser, option, value])).stderr.includes(option), `${option} is not named`);
    equal((await run(["run", "okta.nothing"])).code, 2);
    equal(controller.runs.submitted.length, 0);
  });
});

test("prints the items of a stream as lines, in order and whole, and the count on stderr", async () => {
  await withCommand(async ({ controller, spawn: run }) => {
    controller.runs.itemsOf = async function* () {
      for (let n = 0; n < 25_000; n += 1) yield { id: `00u${n}` };
    };
    controller.runs.endings.set("okta.user.stream", { output: null, progress: { ...unpaced, pages: 125, items: 25_000 } });
    const { code, stdout, stderr } = await run(["run", "okta.user.stream"]);
    equal(code, 0, stderr);
    const lines = stdout.trimEnd().split("\n");
    equal(lines.length, 25_000);
    ok(lines.every((line, n) => line === `{"id":"00u${n}"}`));
    match(stderr, /succeeded in .* 25,000 items in 125 pages/);
    ok(!stderr.includes("\u001b"));
  });
});

test("counts one item in one page as one", async () => {
  await withCommand(async ({ controller, run }) => {
    controller.runs.endings.set("okta.user.stream", { output: null, progress: { ...unpaced, pages: 1, items: 1 }, callCount: 1 });
    const { stderr } = await run(["run", "okta.user.stream"]);
    match(stderr, / · 1 call · 1 item in 1 page/);
    const [id = ""] = [...controller.runs.runs.keys()];
    match((await run(["runs", "show", id])).stdout, /\nitems +1 in 1 page\n/);
  });
});

test("an interrupted wait leaves the run alone and says how to find it", async () => {
  await withCommand(async ({ controller }) => {
    controller.runs.endings.set("okta.user.get", undefined);
    const env = { ...bareEnvironment, LONGARM_URL: controller.url, LONGARM_TOKEN: controller.token };
    const waited = Promise.withResolvers<void>();
    const wait = controller.runs.wait.bind(controller.runs);
    controller.runs.wait = (id, signal) => {
      waited.resolve();
      return wait(id, signal);
    };
    await withProcess({ ...commandLine(getUser), env }, async (command) => {
      await waited.promise;
      // The first answer comes before the wait that can be left.
      await new Promise<void>((resolve) => {
        controller.runs.wait = (id, signal) => {
          resolve();
          return wait(id, signal);
        };
      });
      command.kill("SIGINT");
      deepEqual(await command.exited, { code: 130, signal: null });
      match(command.stderr(), /The run goes on \(queued\): longarm runs watch run_\w+, or longarm runs cancel run_/);
      match(command.stdout(), /^run_\w{26}\n$/);
    });
    equal([...controller.runs.runs.values()][0]?.status, "queued");
  });
});

test.run();
