import { unknownName } from "@longarm/shared";
import type { AnyDefinition } from "@longarm/spoke";
import { Type } from "typebox";
import { answers, closed } from "../schemas.ts";
import type { Routes } from "./route.ts";

const tags = ["actions"];
const reads = { scope: "actions:read" } as const;
const summary = Type.Object({
  name: Type.String(),
  kind: Type.Enum(["action", "stream"]),
  title: Type.String(),
  summary: Type.String(),
  category: Type.String(),
  effect: Type.String(),
  destructive: Type.Boolean(),
  scopes: Type.Array(Type.String()),
  docs: Type.String(),
  version: Type.Integer(),
});

function summarize({
  name,
  kind,
  title,
  summary: sentence,
  category,
  effect,
  destructive,
  scopes,
  docs,
  version,
}: AnyDefinition): Record<string, unknown> {
  return { name, kind, title, summary: sentence, category, effect, destructive, scopes, docs, version };
}

function describe(definition: AnyDefinition): Record<string, unknown> {
  const output = definition.kind === "stream" ? { item: definition.item as unknown } : { output: definition.output as unknown };
  return { ...summarize(definition), input: definition.input as unknown, ...output, examples: definition.examples };
}

/** `/v1/actions`: the catalogue, with JSON Schemas. */
export function registerActions({ app, deps }: Routes): void {
  const list = {
    operationId: "listActions",
    summary: "List actions and streams",
    tags,
    response: answers({ 200: Type.Object({ actions: Type.Array(summary) }) }),
  };
  app.get("/v1/actions", { schema: list, config: reads }, () => ({ actions: deps.catalogue.list().map(summarize) }));

  const params = closed({ name: Type.String({ minLength: 1, maxLength: 128 }) });
  const one = { operationId: "getAction", summary: "Show an action with its schemas", tags, params, response: answers({ 200: summary }) };
  app.get("/v1/actions/:name", { schema: one, config: reads }, (request) => {
    const definition = deps.catalogue.get(request.params.name);
    if (definition) return describe(definition);
    throw unknownName(
      "action",
      request.params.name,
      deps.catalogue.list().map(({ name }) => name),
    );
  });
}
