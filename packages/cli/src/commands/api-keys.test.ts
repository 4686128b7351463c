import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withCommand } from "../../../../test/support/command.ts";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm api-keys and login");

test("prints a new token alone on its line, lists keys without it, and revokes them", async () => {
  await withCommand(async ({ run }) => {
    const grant = ["--scope", "runs:read", "--scope", "runs:submit", "--connection", "acme*", "--lane", "bulk", "--own-runs"];
    const made = await run(["api-keys", "create", "ci", ...grant, "--expires", "90d"]);
    equal(made.code, 0, made.stderr);
    match(made.stdout, /^lak_[0-9a-f]{16}_[\w-]{43}\n$/);
    match(made.stderr, /API key [0-9a-f]{16} of ci expires .* shown this once/);
    const token = made.stdout.trim();
    const list = await run(["api-keys", "ls"]);
    match(list.stdout, /ci +valid +runs:read runs:submit; on acme\*; in bulk; own runs +tester/);
    ok(!list.stdout.includes(token.slice(21)));
    const own = await run(["runs", "ls"], { env: { LONGARM_TOKEN: token } });
    equal(own.code, 0, own.stderr);
    const id = token.slice(4, 20);
    match((await run(["api-keys", "rm", id])).stdout, /\(ci\) revoked\n$/);
    const refused = await run(["runs", "ls"], { env: { LONGARM_TOKEN: token } });
    equal(refused.code, 3);
    const after = await run(["api-keys", "ls"]);
    ok(!after.stdout.includes(id));
    match(after.stderr, /1 more are revoked or expired: --all/);
    match((await run(["api-keys", "ls", "--all"])).stdout, new RegExp(`${id} +ci +revoked`));
  });
});

test("writes a token into a new file that only its owner may read, and makes no key where it cannot", async () => {
  await withTemporaryDirectory(async (directory) => {
    await withCommand(async ({ controller, run }) => {
      const file = join(directory, "ci.key");
      const create = ["api-keys", "create", "ci", "--scope", "runs:read", "--token-out", file];
      const made = await run(create);
      deepEqual([made.code, made.stdout], [0, ""]);
      equal((await stat(file)).mode & 0o777, 0o600);
      equal((await run(["runs", "ls"], { env: { LONGARM_TOKEN: `@${file}` } })).code, 0);
      const before = (await controller.apiKeys.list()).length;
      equal((await run(create)).code, 2);
      equal((await controller.apiKeys.list()).length, before);
      ok((await readFile(file, "utf8")).startsWith("lak_"));
      const other = join(directory, "other.key");
      equal((await run(["api-keys", "create", "ci", "--scope", "nonsense", "--token-out", other])).code, 2);
      await writeFile(other, "", { flag: "wx" });
    });
  });
});

test("exchanges a login code once, without any other token", async () => {
  await withCommand(async ({ controller, run }) => {
    const issued = await run(["login", "--new"]);
    const code = issued.stdout.trim();
    match(code, /^llc_/);
    const bare = { env: { LONGARM_TOKEN: "", LONGARM_DATA: "/nonexistent" } };
    const first = await run(["login", code, "--url", controller.url], bare);
    equal(first.code, 0, first.stderr);
    equal((await run(["api-keys", "ls"], { env: { LONGARM_TOKEN: first.stdout.trim() } })).code, 0);
    const again = await run(["login", code, "--url", controller.url], bare);
    equal(again.code, 3);
    match(again.stderr, /used before/);
    equal((await run(["login"])).code, 2);
  });
});

test.run();
