import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { emptyCheckpoint } from "./checkpoint.ts";
import { withSource } from "./source.ts";

const test = suite("the org that a sync copies");
const [here, there] = ["https://acme.okta.com", "https://other.okta.com"];
const filled = { ...emptyCheckpoint, source: here };

test("is noted with the first run, and stays", () => {
  assert.equal(withSource(emptyCheckpoint, { source: here, isSameOrg: false }, "people").source, here);
  assert.equal(withSource(filled, { source: here, isSameOrg: false }, "people").source, here);
});

test("is no other one, unless somebody vouches that it is the same under a new address", () => {
  assert.throws(() => withSource(filled, { source: there, isSameOrg: false }, "people"), {
    code: "conflict",
    message: /holds a copy of https:\/\/acme.*leads to https:\/\/other.*longarm syncs run people --same-org/,
  });
  assert.equal(withSource(filled, { source: there, isSameOrg: true }, "people").source, there);
});

test.run();
