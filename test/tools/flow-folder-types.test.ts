import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { copied } from "../../packages/cli/src/flow-files/copied.ts";
import { readFlowName } from "../../packages/cli/src/flow-files/flow-name.ts";
import { flowText, packageText, testText, tsconfigText } from "../../packages/cli/src/flow-files/templates.ts";
import { kitTypes } from "../../packages/controller/src/flows/kit-place.ts";
import { flowSource } from "../../packages/okta/src/flow-source.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { runProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const test = suite("a folder of flows of one's own");

const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

test(
  "is without a fault for an editor, as it is written: a flow, its test, and a copy of each flow that comes with the spoke",
  () =>
    withTemporaryDirectory(async (directory) => {
      const own = readFlowName("acme.user.welcome");
      const files: Record<string, string> = {
        "package.json": packageText,
        "tsconfig.json": tsconfigText(kitTypes()),
        "welcome.ts": flowText(own),
        "welcome.test.ts": testText(own),
      };
      for (const noun of ["onboardUser", "upsertGroup", "inboundIntegration", "removeMembershipsOnDeactivation", "addUserToGroup"]) {
        const { source = "" } = flowSource(`okta.flow.${noun}`) ?? {};
        files[`${noun}.ts`] = copied({ name: `okta.flow.${noun}`, version: 1, source }, readFlowName(`acme.flow.${noun}`));
      }
      for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
      const ended = await runProcess({ command: process.execPath, args: [compiler, "-p", directory], timeoutMs: 85_000 });
      assert.equal(ended.output, "");
      assert.equal(ended.code, 0);
    }),
  { timeoutMs: 90_000 },
);

test.run();
