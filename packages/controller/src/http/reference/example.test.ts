import { deepEqual, equal } from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import type { ApiDocument, ApiOperation } from "./api-document.ts";
import { curlOf, exampleOf } from "./example.ts";

const test = suite("examples of requests");

const document: ApiDocument = {
  info: { title: "T", version: "1", description: "" },
  paths: {},
  components: { schemas: { Name: { type: "string", examples: ["ada"] } } },
};

const operation: ApiOperation = { operationId: "x", summary: "X", tags: ["t"], responses: {}, security: [{ apiKey: ["x:read"] }] };

test("are made of a schema's own examples, else of its required members", () => {
  const schema = {
    type: "object",
    required: ["name", "mode", "count", "either"],
    properties: {
      name: { $ref: "#/components/schemas/Name" },
      mode: { enum: ["a", "b"] },
      count: { type: "integer" },
      either: { anyOf: [{ type: "boolean" }, { type: "null" }] },
      optional: { type: "string" },
    },
  };
  deepEqual(exampleOf(schema, document), { name: "ada", mode: "a", count: 1, either: true });
});

test("name the address, the key, and the parameters that have an example; what the shell would read is quoted", () => {
  const parameters = [
    { in: "path", name: "id", schema: { type: "string" }, example: "run_1" },
    { in: "query", name: "status", schema: { type: "string" }, example: "running,waiting" },
    { in: "query", name: "q", schema: { type: "string" } },
    { in: "header", name: "idempotency-key", schema: { type: "string" }, example: "order-7" },
  ] as const;
  equal(
    curlOf({ method: "get", path: "/v1/runs/{id}", operation: { ...operation, parameters } }, document, "http://h:1"),
    `curl "http://h:1/v1/runs/run_1?status=running,waiting" \\
  -H "Authorization: Bearer $LONGARM_TOKEN" \\
  -H "Idempotency-Key: order-7"`,
  );
});

test("carry a body where one is needed, and none where it may be left away", () => {
  const withBody = (schema: object): ApiOperation => ({
    ...operation,
    security: [],
    requestBody: { content: { "application/json": { schema } } },
  });
  const asked = (schema: object): string => curlOf({ method: "post", path: "/x", operation: withBody(schema) }, document, "http://h");
  equal(
    asked({ examples: [{ it: "'s" }] }),
    `curl -X POST http://h/x \\\n  -H "Content-Type: application/json" \\\n  -d @- <<'JSON'\n{\n  "it": "'s"\n}\nJSON`,
  );
  equal(asked({ anyOf: [{ type: "object" }, { type: "null" }] }), "curl -X POST http://h/x");
});

test.run();
