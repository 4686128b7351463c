import { deepEqual, equal, match, ok } from "node:assert/strict";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { inProcess, longarm, withCommand } from "../../../../test/support/command.ts";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("the way to the controller");

test("finds the controller and its key in the data directory", async () => {
  await withCommand(async ({ controller: { url, token } }) => {
    await withTemporaryDirectory(async (directory) => {
      const data = join(directory, ".longarm");
      await mkdir(data);
      await writeFile(join(data, "controller.json"), JSON.stringify({ url, pid: process.pid, agentUrls: [] }));
      await writeFile(join(data, "admin.key"), `${token}\n`);
      const [byDefault, byOption, byEnvironment, elsewhere] = await Promise.all([
        longarm(["runs", "ls"], { cwd: directory }),
        inProcess(["runs", "ls", "--data", data]),
        inProcess(["runs", "ls"], { env: { LONGARM_DATA: data } }),
        inProcess(["runs", "ls", "--url", "http://127.0.0.1:1", "--data", data]),
      ]);
      deepEqual([byDefault.code, byOption.code, byEnvironment.code, elsewhere.code], [0, 0, 0, 3]);
      match(elsewhere.stderr, /at http:\/\/127\.0\.0\.1:1 \(this port is reserved for another protocol/);
      match((await inProcess(["doctor", "--data", data])).stdout, /ok +API key +is accepted\nok +broker +Connected\.\n$/);
    });
  });
});

test("shows the administrator's key to no other address than its own controller's", async () => {
  await withCommand(async ({ controller: { url, token } }) => {
    await withTemporaryDirectory(async (data) => {
      await writeFile(join(data, "controller.json"), JSON.stringify({ url: "http://127.0.0.1:1", pid: process.pid }));
      await writeFile(join(data, "admin.key"), `${token}\n`);
      const refused = await inProcess(["runs", "ls", "--url", url, "--data", data]);
      equal(refused.code, 3);
      match(refused.stderr, /^error\[unauthorized\]: .*\nnext: give a key with --token/);
    });
  });
});

/** A port that nobody listens on any more. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

test("says 3 and what to do when no controller can be reached or the key is wrong", async () => {
  await withCommand(async ({ run }) => {
    const unused = await unusedPort();
    await withTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, "controller.json"), JSON.stringify({ url: "http://127.0.0.1:1", pid: 2 ** 22 + 1 }));
      const [absent, dead, gone, wrong, json] = await Promise.all([
        longarm(["runs", "ls"], { cwd: directory }),
        inProcess(["runs", "ls", "--url", `http://127.0.0.1:${unused}`, "--token", "x"]),
        inProcess(["runs", "ls", "--data", directory]),
        run(["runs", "ls"], { env: { LONGARM_TOKEN: "wrong" } }),
        inProcess(["runs", "ls", "--json", "--url", `http://127.0.0.1:${unused}`, "--token", "x"]),
      ]);
      for (const end of [absent, dead, gone, wrong, json]) deepEqual([end.code, end.stdout], [3, ""], end.stderr);
      match(
        absent.stderr,
        /^error\[controller_unreachable\]: No controller runs on the data directory .*\.longarm\.\nnext: start one with longarm up/,
      );
      match(dead.stderr, /No controller answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\./);
      match(gone.stderr, /has ended without a word/);
      match(wrong.stderr, /^error\[unauthorized\]/);
      equal((JSON.parse(json.stderr) as { error: { code: string } }).error.code, "controller_unreachable");
    });
  });
});

test("wrong usage is 2 with a hint, help and version are 0", async () => {
  const [unknown, none, missing, help, version, address] = await Promise.all([
    longarm(["rnus"]),
    inProcess([]),
    inProcess(["runs", "show"]),
    inProcess(["runs", "ls", "--help"]),
    longarm(["--version"]),
    inProcess(["runs", "ls", "--url", "not a url", "--token", "x"]),
  ]);
  deepEqual([unknown.code, none.code, missing.code, help.code, version.code, address.code], [2, 2, 2, 0, 0, 2]);
  match(unknown.stderr, /^error\[invalid_usage\]: Unknown command 'rnus'\. \(Did you mean runs\?\)\n$/);
  match(missing.stderr, /^error\[invalid_usage\]: Missing required argument 'run'/);
  match(help.stdout, /--since <time>/);
  match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  for (const { stderr } of [unknown, none, missing, address]) ok(!/\n {4}at /.test(stderr));
});

test.run();
