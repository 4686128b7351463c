import { deepEqual } from "node:assert/strict";
import Value from "typebox/value";
import { suite } from "../../../../test/support/suite.ts";
import { accessSchema } from "./access-schema.ts";

const test = suite("who may ask, by the configuration");

test("no issuer bears the name that stands before what starts runs by itself", () => {
  const names = ["okta", "trigger", "schedule", "flow", "hook", "triggers", "work-flow"];
  const issuer = { issuer: "https://id.example.com", audience: "longarm", grants: [{ scopes: ["runs:read"] }] };
  const accepted = names.filter((name) => Value.Check(accessSchema, Value.Default(accessSchema, { oidc: [{ name, ...issuer }] })));
  deepEqual(accepted, ["okta", "triggers", "work-flow"]);
});

test.run();
