import { deepEqual, equal, match, ok } from "node:assert/strict";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { runProcess } from "../../../../test/support/processes.ts";
import { inProcess, withCommand } from "../../../../test/support/command.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm completion");

/** The words that are offered for a command line of which the last word is begun. */
function offered(stdout: string): readonly string[] {
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\t", 1)[0] ?? "");
}

test("completes commands, options and their choices without any controller", () =>
  withTemporaryDirectory(async (directory) => {
    const complete = async (...words: readonly string[]) => {
      const { code, stdout, stderr } = await inProcess(["--data", directory, "__complete", "--", ...words]);
      deepEqual([code, stderr], [0, ""]);
      return offered(stdout);
    };
    deepEqual(await complete("con"), ["connections", "controller"]);
    deepEqual(await complete("runs", "sh"), ["show"]);
    ok((await complete("run", "okta.user.get", "--")).includes("--dry-run"));
    deepEqual(await complete("run", "okta.user.get", "--lane", ""), ["interactive", "standard", "bulk"]);
    deepEqual(await complete("run", "okta."), []);
    deepEqual(await complete("completion", ""), []);
  }));

test("completes the names that the controller knows, with what they are", () =>
  withCommand(async ({ run }) => {
    const complete = async (...words: readonly string[]) => (await run(["__complete", "--", ...words])).stdout;
    match(await complete("run", "okta.user.g"), /^okta\.user\.get\t\S/);
    deepEqual(offered(await complete("actions", "okta.user.s")), ["okta.user.stream"]);
    deepEqual(offered(await complete("run", "okta.user.get", "--set", "us")), ["user="]);
  }));

for (const shell of ["bash", "zsh", "fish"] as const) {
  test(`prints a script for ${shell}`, async () => {
    const { code, stdout } = await inProcess(["completion", shell]);
    equal(code, 0);
    match(stdout, /longarm __complete -- /);
  });
}

test("prints a script that bash can read", async () => {
  const { stdout } = await inProcess(["completion", "bash"]);
  const { code, stdout: said } = await runProcess({ command: "bash", args: ["-c", `${stdout}\ncomplete -p longarm`] });
  equal(code, 0);
  match(said, /complete -F _longarm longarm/);
});

test("says which shells there are", async () => {
  const { code, stderr } = await inProcess(["completion", "tcsh"]);
  equal(code, 2);
  match(stderr, /bash, zsh, fish/);
});

test.run();
