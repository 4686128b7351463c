import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { flowSource } from "./flow-source.ts";
import { flows } from "./flows/index.ts";

const test = suite("the files of the spoke's flows");

for (const { name } of flows) {
  test(`can be copied: that of ${name} imports the kit alone`, () => {
    const { source = "" } = flowSource(name) ?? {};
    const imported = [...source.matchAll(/from "([^"]+)"/g)].map(([, specifier = ""]) => specifier);
    assert.deepEqual([...new Set<string>(imported)].toSorted(), ["@longarm/spoke", "typebox"]);
  });
}

test("are not there for what is no flow", () => {
  assert.equal(flowSource("okta.user.get"), undefined);
});

test.run();
