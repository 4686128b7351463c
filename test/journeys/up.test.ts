import assert from "node:assert/strict";
import { join } from "node:path";
import { bareEnvironment, commandLine, inProcess } from "../support/command.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { freePorts } from "../support/free-ports.ts";
import { withProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const test = suite("longarm up --sandbox");

test(
  "is reached by the hooks of its org, with nothing to be set first",
  () =>
    withTemporaryDirectory(async (directory) => {
      const [port = 0] = await freePorts(1);
      const data = join(directory, "data");
      const up = commandLine(["up", "--sandbox", "--users", "20", "--port", String(port), "--data", data]);
      await withProcess({ ...up, cwd: directory, env: bareEnvironment, readyLine: /^Ctrl-C stops everything/ }, async () => {
        const ask = async <T>(...words: readonly string[]): Promise<T> => {
          const { code, stdout, stderr } = await inProcess([...words, "--data", data, "--json"]);
          assert.equal(code, 0, stderr);
          return JSON.parse(stdout) as T;
        };
        await ask("hooks", "set", "sandbox");
        const installed = await ask<{ output: { uri: string; verificationStatus: string } }>("run", "okta.flow.inboundIntegration");
        assert.deepEqual(
          [installed.output.uri, installed.output.verificationStatus],
          [`http://127.0.0.1:${port}/hooks/okta/sandbox`, "VERIFIED"],
        );
      });
    }),
  { timeoutMs: 60_000 },
);

test.run();
