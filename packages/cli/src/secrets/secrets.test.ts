import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { LongarmError } from "@longarm/shared";
import { withCommand } from "../../../../test/support/command.ts";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import type { ScriptedController } from "../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../test/support/suite.ts";
import { exactText } from "../print/plain.ts";

const test = suite("secret outputs on the command line");
const canary = "Canary-7f31!";
const action = "okta.user.create";
const create = ["run", action] as const;
const output = { id: "00u2", temporaryPassword: { $secret: "sealed" } };
const waiting = { for: "tester", readableUntil: "2099-01-02T03:19:05.000Z", readAt: null };

/** The next run of the action makes a secret. */
function mint({ runs }: ScriptedController, secrets: Readonly<Record<string, unknown>> = { "/temporaryPassword": canary }): void {
  runs.endings.set(action, { output, secrets: waiting });
  runs.secretsOf.set(action, secrets);
}

function unread({ runs }: ScriptedController): boolean {
  return [...runs.runs.values()].every((run) => run.secrets?.readAt === null);
}

test("are printed last on a terminal, behind the output that hides them", async () => {
  await withCommand(async ({ controller, run }) => {
    mint(controller, { "/temporaryPassword": canary, "/links/0/token": "t-1" });
    const { code, stdout, stderr } = await run(create, { isTerminal: true });
    equal(code, 0, stderr);
    match(stdout, /"\$secret": "sealed"/);
    const lines = stripVTControlCharacters(stdout).trimEnd().split("\n");
    deepEqual(lines.slice(-2), [`temporaryPassword  ${canary}`, "links.0.token      t-1"]);
    match(stderr, /succeeded in .*\n.*Secret outputs, shown this once:/);
    ok(!unread(controller));
  });
});

test("are left where they are when nobody sees them or JSON was asked for, and it is said how they are read", async () => {
  await withCommand(async ({ controller, run }) => {
    mint(controller);
    const ends = [await run(create), await run([...create, "--json"], { isTerminal: true })];
    for (const { code, stdout, stderr } of ends) {
      equal(code, 0, stderr);
      match(stderr, /can be read once, until 2099-01-02 03:19:05Z: longarm runs secrets run_\w{26} \[--secret-out FILE\]\n$/);
      ok(!(stdout + stderr).includes(canary));
    }
    equal((JSON.parse(ends[1]?.stdout ?? "") as { output: unknown }).output !== undefined, true);
    ok(unread(controller));
  });
});

test("go into a new file that only its owner may read", async () => {
  await withTemporaryDirectory(async (directory) => {
    await withCommand(async ({ controller, run }) => {
      mint(controller);
      const path = join(directory, "secret.json");
      const { code, stdout, stderr } = await run([...create, "--secret-out", path], { isTerminal: true });
      equal(code, 0, stderr);
      ok(!(stdout + stderr).includes(canary));
      ok(stderr.includes(`The secret outputs are in ${path}`));
      deepEqual(JSON.parse(await readFile(path, "utf8")), { "/temporaryPassword": canary });
      equal((await stat(path)).mode & 0o777, 0o600);
    });
  });
});

test("a file that is there already is refused before anything is submitted, a link too", async () => {
  await withTemporaryDirectory(async (directory) => {
    await withCommand(async ({ controller, run }) => {
      mint(controller);
      const [file, link] = [join(directory, "mine"), join(directory, "link")];
      await writeFile(file, "mine");
      await symlink(join(directory, "elsewhere"), link);
      for (const path of [file, link, join(directory, "no", "such")]) {
        const { code, stderr } = await run([...create, "--secret-out", path]);
        equal(code, 2, stderr);
        match(stderr, /^error\[invalid_usage\]: --secret-out /);
      }
      equal(await readFile(file, "utf8"), "mine");
      equal(controller.runs.submitted.length, 0);
    });
  });
});

test("leave no file behind when there are none", async () => {
  await withTemporaryDirectory(async (directory) => {
    await withCommand(async ({ controller, run }) => {
      const path = join(directory, "secret.json");
      const none = await run([...create, "--secret-out", path]);
      match(none.stderr, /The run has no secret outputs, so there is no /);
      controller.runs.endings.set(action, { status: "failed", error: new LongarmError("already_exists").toBody() });
      equal((await run([...create, "--secret-out", path])).code, 1);
      deepEqual(await readdir(directory), []);
    });
  });
});

test("a file that could never be filled is refused before anything is submitted", async () => {
  await withCommand(async ({ controller, run }) => {
    for (const words of [
      [...create, "--no-wait"],
      [...create, "--dry-run"],
      ["run", "okta.user.stream"],
    ]) {
      const { code, stderr } = await run([...words, "--secret-out", "/nonexistent/x"]);
      equal(code, 2, words.join(" "));
      match(stderr, /there will be no secret outputs/);
    }
    equal(controller.runs.submitted.length, 0);
  });
});

test("are read by longarm runs secrets once, and the run shows that they wait and then that they were read", async () => {
  await withCommand(async ({ controller, run }) => {
    mint(controller);
    const { id } = controller.runs.add({ action, status: "succeeded", output, secrets: waiting });
    const before = await run(["runs", "show", id]);
    match(before.stdout, /\nsecrets +wait for tester to read them once, until 2099-01-02 03:19:05Z\n/);
    match(before.stderr, new RegExp(`longarm runs secrets ${id}`));
    const read = await run(["runs", "secrets", id]);
    deepEqual([read.code, read.stdout, read.stderr], [0, `temporaryPassword  ${canary}\n`, ""]);
    match((await run(["runs", "show", id])).stdout, /\nsecrets +read by tester at 2026-/);
    const again = await run(["runs", "secrets", id]);
    equal(again.code, 2);
    match(again.stderr, /^error\[secrets_gone\]/);
  });
});

test("are given as JSON, or into a file, by longarm runs secrets", async () => {
  await withTemporaryDirectory(async (directory) => {
    await withCommand(async ({ controller, run }) => {
      mint(controller);
      const [one, two] = [1, 2].map(() => controller.runs.add({ action, status: "succeeded", output, secrets: waiting }).id);
      const json = JSON.parse((await run(["runs", "secrets", one ?? "", "--json"])).stdout) as { secrets: unknown };
      deepEqual(json.secrets, { "/temporaryPassword": canary });
      const path = join(directory, "secret.json");
      const kept = await run(["runs", "secrets", two ?? "", "--secret-out", path]);
      deepEqual([kept.code, kept.stdout], [0, ""]);
      deepEqual(JSON.parse(await readFile(path, "utf8")), { "/temporaryPassword": canary });
      equal((await run(["runs", "secrets", two ?? "", "--secret-out", join(directory, "other")])).code, 2);
      deepEqual(await readdir(directory), ["secret.json"]);
    });
  });
});

test("that were read before are no fault of a run that is found again by its key", async () => {
  await withCommand(async ({ controller, run }) => {
    mint(controller);
    const words = [...create, "--key", "order-7"];
    equal((await run(words, { isTerminal: true })).code, 0);
    controller.runs.endings.set(action, {});
    const again = await run(words, { isTerminal: true });
    equal(again.code, 0, again.stderr);
    ok(!again.stdout.includes(canary));
    match(again.stderr, /secret outputs can be read no more/);
  });
});

test("lose no character on a terminal", () => {
  equal(exactText("pa ss\u00e4"), "pa ss\u00e4");
  equal(exactText("a\nb\u001b[31m\u009b"), String.raw`"a\nb\u001b[31m\u009b"`);
  equal(exactText({ a: 1 }), '{"a":1}');
});

test.run();
