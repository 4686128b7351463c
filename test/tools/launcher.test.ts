import assert from "node:assert/strict";
import { cp, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryDirectory } from "../support/directories.ts";
import { runProcess, withProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const test = suite("the launcher");

const launcher = join(import.meta.dirname, "../../packages/cli/bin/longarm.mjs");
const tells = `process.stdout.write(JSON.stringify({ major: Number(process.versions.node.split(".")[0]), args: process.argv.slice(2) })); process.exitCode = 5;`;

/** Makes the first Node that sees it look old; the one it hands over to is itself again. */
const looksOld = `data:text/javascript,${encodeURIComponent(
  `if (process.env.LOOK_OLD) { delete process.env.LOOK_OLD; Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } }); }`,
)}`;

for (const [which, env] of [
  ["Node 24", {}],
  ["an older Node", { LOOK_OLD: "1" }],
] as const) {
  const start = (root: string, ...args: string[]) => ({
    command: process.execPath,
    args: ["--import", looksOld, join(root, "bin/longarm.mjs"), ...args],
    env,
  });

  test(`under ${which}, passes arguments on and the exit code back`, async () => {
    await withLauncher({ main: tells }, async (root) => {
      const ended = await runProcess({ ...start(root, "run", "--set", "a=b c"), cwd: "/" });
      assert.deepEqual(JSON.parse(ended.stdout || "null"), { major: 24, args: ["run", "--set", "a=b c"] }, ended.output);
      assert.deepEqual([ended.code, ended.stderr], [5, ""]);
    });
  });

  test(`under ${which}, works through a symbolic link`, async () => {
    await withLauncher({ main: tells }, async (root) => {
      await symlink(join(root, "bin/longarm.mjs"), join(root, "linked"));
      const ended = await runProcess({ ...start(root), args: ["--import", looksOld, join(root, "linked")] });
      assert.equal(ended.code, 5, ended.output);
    });
  });

  test(`under ${which}, lets the command end in its own way on a signal`, async () => {
    const main = `process.on("SIGTERM", () => { process.stdout.write("drained\\n"); process.exit(7); }); setInterval(() => {}, 1000); process.stdout.write("up\\n");`;
    await withLauncher({ main }, async (root) => {
      await withProcess({ ...start(root), readyLine: /up/ }, async (started) => {
        started.kill("SIGTERM");
        assert.deepEqual(await started.exited, { code: 7, signal: null }, started.output());
        assert.match(started.stdout(), /drained/);
      });
    });
  });

  test(`under ${which}, ends by the signal that ended the command`, async () => {
    await withLauncher({ main: `process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000);` }, async (root) => {
      const ended = await runProcess(start(root));
      assert.deepEqual([ended.code, ended.signal], [null, "SIGKILL"]);
    });
  });

  test(`under ${which}, passes standard input on`, async () => {
    await withLauncher({ main: `process.stdin.pipe(process.stdout);` }, async (root) => {
      assert.equal((await runProcess({ ...start(root), input: "secret" })).stdout, "secret");
    });
  });
}

test("keeps what it compiled in the user's own cache, for its child processes too", async () => {
  await withLauncher({ main: `process.stdout.write(process.env.NODE_COMPILE_CACHE);` }, async (root) => {
    const env = { NODE_COMPILE_CACHE: "", XDG_CACHE_HOME: join(root, "cache") };
    const ended = await runProcess({ command: process.execPath, args: [join(root, "bin/longarm.mjs")], env });
    assert.equal(ended.stdout, join(root, "cache/longarm/compiled"), ended.output);
    assert.notDeepEqual(await readdir(ended.stdout), []);
  });
});

test("says which Node is needed where none is brought along", async () => {
  await withLauncher({ main: tells, pinned: false }, async (root) => {
    const args = ["--import", looksOld, join(root, "bin/longarm.mjs")];
    const ended = await runProcess({ command: process.execPath, args, env: { LOOK_OLD: "1" } });
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /^Longarm needs Node 24 or newer; this is Node 20\.20\.2/);
  });
});

test("keeps silent about experiments, but not about deprecations", async () => {
  const main = `process.emitWarning("new", "ExperimentalWarning"); process.emitWarning("old", { type: "DeprecationWarning" }); process.emitWarning("plain");`;
  await withLauncher({ main }, async (root) => {
    const { stderr } = await runProcess({ command: process.execPath, args: [join(root, "bin/longarm.mjs")] });
    assert.doesNotMatch(stderr, /Experimental/);
    assert.match(stderr, /DeprecationWarning: old[^]*plain/);
  });
});

/** The launcher alone, beside a command of the test's own and, if wanted, this very Node as the one brought along. */
async function withLauncher<T>(given: { main: string; pinned?: boolean }, use: (root: string) => Promise<T>): Promise<T> {
  return withTemporaryDirectory(async (root) => {
    const pinned = join(root, `node_modules/node-${process.platform}-${process.arch}`);
    await mkdir(join(root, "src"));
    await cp(launcher, join(root, "bin/longarm.mjs"));
    await writeFile(join(root, "src/main.ts"), `${given.main}\nexport {};\n`);
    await writeFile(join(root, "package.json"), `{"type": "module"}`);
    if (given.pinned ?? true) {
      await mkdir(join(pinned, "bin"), { recursive: true });
      await writeFile(join(pinned, "package.json"), "{}");
      await symlink(process.execPath, join(pinned, "bin/node"));
    }
    return use(root);
  });
}

test.run();
