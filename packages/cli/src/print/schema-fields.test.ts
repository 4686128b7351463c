import { deepEqual } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { fieldsOf } from "./schema-fields.ts";

const test = suite("schema fields");

test("shows members by their path with type, need and notes", () => {
  const schema = {
    type: "object",
    required: ["profile", "activate"],
    properties: {
      profile: { type: "object", required: ["login"], properties: { login: { type: "string", description: "Unique." } } },
      password: { type: "string", "x-secret": true },
      activate: { type: "boolean", default: true },
      ifExists: { anyOf: [{ const: "fail" }, { const: "return" }] },
      groups: { type: "array", items: { type: "string" } },
      since: { anyOf: [{ type: "string" }, { type: "null" }] },
      any: {},
    },
  };
  deepEqual(
    fieldsOf(schema).map(({ path, type, required, note }) => [path, type, required, note]),
    [
      ["profile", "object", true, ""],
      ["profile.login", "string", true, "Unique."],
      ["password", "string", false, "secret"],
      ["activate", "boolean", false, "default true"],
      ["ifExists", '"fail" | "return"', false, ""],
      ["groups", "list of string", false, ""],
      ["since", "string | null", false, ""],
      ["any", "anything", false, ""],
    ],
  );
});

test.run();
