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
import { bundle } from "../../tools/bundle.ts";
import { runProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const test = suite("a folder of flows of one's own");

const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** Each flow that comes with the spoke, as a copy of one's own. */
function copies(): Readonly<Record<string, string>> {
  const nouns = ["onboardUser", "upsertGroup", "inboundIntegration", "removeMembershipsOnDeactivation", "addUserToGroup"];
  const texts = nouns.map((noun) => {
    const { source = "" } = flowSource(`okta.flow.${noun}`) ?? {};
    return [`${noun}.ts`, copied({ name: `okta.flow.${noun}`, version: 1, source }, readFlowName(`acme.flow.${noun}`))] as const;
  });
  return Object.fromEntries(texts);
}

/** What an editor says of a folder. */
async function faultsOf(directory: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  const { code, output } = await runProcess({ command: process.execPath, args: [compiler, "-p", directory], timeoutMs: 85_000 });
  return `${output}${code}`;
}

test(
  "is without a fault for an editor, as it is written: a flow, its test, and a copy of each flow that comes with the spoke",
  () =>
    withTemporaryDirectory(async (directory) => {
      const own = readFlowName("acme.user.welcome");
      const files = { "package.json": packageText, "tsconfig.json": tsconfigText(kitTypes()), "welcome.ts": flowText(own) };
      assert.equal(await faultsOf(directory, { ...files, "welcome.test.ts": testText(own), ...copies() }), "0");
    }),
  { timeoutMs: 90_000 },
);

test(
  "is so, too, where Longarm is a bundle and nothing else is there, and an editor knows the types",
  () =>
    withTemporaryDirectory(async (directory) => {
      const [program, folder] = [await bundle(join(directory, "longarm")), join(directory, "flows")];
      const made = await runProcess({
        command: process.execPath,
        args: [program, "flows", "new", "acme.user.welcome", "--directory", folder],
      });
      assert.equal(made.code, 0, made.output);
      assert.equal(await faultsOf(folder, copies()), "0");
      const wrong = `import { flow } from "@longarm/spoke";\nexport const x: string = flow;\n`;
      assert.match(await faultsOf(folder, { "wrong.ts": wrong }), /wrong\.ts\(2,14\): error TS2322/);
    }),
  { timeoutMs: 90_000 },
);

test.run();
