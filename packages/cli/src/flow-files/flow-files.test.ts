import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { copied } from "./copied.ts";
import { readFlowName } from "./flow-name.ts";

const test = suite("files of flows of one's own");

const names: readonly (readonly [given: string, name: string, file: string, constant: string])[] = [
  ["welcome", "own.flow.welcome", "welcome", "welcome"],
  ["quarterly-review", "own.flow.quarterlyReview", "quarterly-review", "quarterlyReview"],
  ["QuarterlyReview", "own.flow.quarterlyReview", "quarterly-review", "quarterlyReview"],
  ["acme.user.sayHello", "acme.user.sayHello", "say-hello", "sayHello"],
];
for (const [given, name, file, constant] of names) {
  test(`are called by the name of their flow: ${given}`, () => {
    assert.deepEqual(readFlowName(given), { name, file, constant });
  });
}

test("are not made for what no flow may be called", () => {
  for (const wrong of ["", "../up", "a b", "Acme.user.x", "acme.user.", "acme.user.a-b", "welcome1"])
    assert.throws(() => readFlowName(wrong), { code: "invalid_usage" }, wrong);
});

test("are copied under the new name, those beside it under its owner, each as the first version", () => {
  const source = `const a = flow({\n  name: "okta.flow.one",\n  version: 3,\n});\nconst b = flow({\n  name: "okta.flow.two",\n  version: 1,\n  x: "okta.group.list",\n});\n`;
  const text = copied({ name: "okta.flow.two", version: 3, source }, readFlowName("acme.user.second"));
  assert.match(text, /^\/\/ Copied from okta\.flow\.two, version 3, to be changed\.\n/);
  assert.deepEqual(text.match(/name: "[\w.]+"|version: \d+,|okta\.group\.list/g), [
    `name: "acme.user.one"`,
    "version: 1,",
    `name: "acme.user.second"`,
    "version: 1,",
    "okta.group.list",
  ]);
});

test.run();
