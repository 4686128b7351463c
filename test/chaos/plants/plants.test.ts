import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bareEnvironment } from "../../support/command.ts";
import { runProcess } from "../../support/processes.ts";
import { suite } from "../../support/suite.ts";
import { environmentOfPlant, plants } from "./plants.ts";

const test = suite("the bugs that a chaos run can plant");

for (const [name, { file, from }] of Object.entries(plants)) {
  test(`fit the source: ${name}`, () => {
    const source = readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), "utf8");
    assert.equal(source.split(from).length, 2);
  });
}

test("are in the product once it is loaded", async () => {
  const resolve = new URL("../../../packages/controller/src/decide/resolve.ts", import.meta.url).href;
  const at = { effect: "create", reads: 9, attempts: 9, elapsedMs: 0, policy: { on: [], attempts: 1 }, jitter: 0 };
  const script = `const { decideAfterReading } = await import("${resolve}"); console.log(decideAfterReading("not_applied", ${JSON.stringify(at)}).kind)`;
  const told = async (plant?: string) => {
    const env = { ...bareEnvironment, ...environmentOfPlant(plant) };
    return (await runProcess({ command: process.execPath, args: ["--input-type=module", "-e", script], env })).stdout.trim();
  };
  assert.deepEqual([(await told()) === "reconciled", await told("believe-without-seeing")], [false, "reconciled"]);
});

test.run();
