import { effectClasses, unknownName } from "@longarm/shared";
import type { AnyDefinition } from "@longarm/spoke";
import { Type } from "typebox";
import { connectionFor } from "../run-access.ts";
import { answers, closed } from "../schemas.ts";
import type { Routes } from "./route.ts";

const tags = ["actions"];
const reads = { scope: "actions:read" } as const;
const members = {
  name: Type.String(),
  kind: Type.Enum(["action", "stream"]),
  title: Type.String(),
  summary: Type.String(),
  category: Type.String(),
  effect: Type.Enum([...effectClasses], { description: "What may be repeated, and what an unknown outcome means." }),
  destructive: Type.Boolean(),
  scopes: Type.Array(Type.String(), { description: "What the credential needs." }),
  docs: Type.String({ description: "The target's own documentation." }),
  version: Type.Integer(),
};
/** An action or a stream as lists show it. */
export const ActionSummarySchema = Type.Object(members, { $id: "ActionSummary" });

/** An action or a stream with all that is needed to run it. */
export const ActionSchema = Type.Object(
  {
    ...members,
    input: Type.Unknown({ description: "JSON Schema." }),
    output: Type.Optional(Type.Unknown({ description: "JSON Schema; of an action." })),
    item: Type.Optional(Type.Unknown({ description: "JSON Schema of each item; of a stream." })),
    examples: Type.Array(Type.Object({ title: Type.String(), input: Type.Unknown() })),
  },
  { $id: "Action" },
);

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

const nullableList = Type.Union([Type.Array(Type.Unknown()), Type.Null()]);

function registerChoices({ app, deps, ending }: Routes): void {
  const schema = {
    operationId: "listChoices",
    summary: "What an input can be, or which fields it takes",
    description:
      "Asks the target by the way that a run would take. Inputs that have choices carry `x-choices` in their schema, those with fields `x-fields`.",
    tags,
    params: closed({
      name: Type.String({ minLength: 1, maxLength: 128, examples: ["okta.group.addUser"] }),
      input: Type.String({ minLength: 1, maxLength: 128, examples: ["group"] }),
    }),
    querystring: closed({
      q: Type.Optional(Type.String({ maxLength: 255, description: "The beginning of what is looked for; empty: all." })),
      next: Type.Optional(Type.String({ minLength: 1, maxLength: 1_024, description: "The `next` of the answer before." })),
      connection: Type.Optional(Type.String({ description: "May be left away while exactly one connection is defined." })),
      on: Type.Optional(
        Type.String({ minLength: 1, maxLength: 8_192, description: "`local` or CEL; narrows the connection's placement." }),
      ),
    }),
    response: answers({
      200: Type.Object({
        gives: Type.Enum(["choices", "fields"]),
        from: Type.String({ description: "The action that told." }),
        choices: nullableList,
        fields: nullableList,
        next: Type.Union([Type.String(), Type.Null()]),
        truncated: Type.Boolean({ description: "There are more; a longer `q` finds them." }),
      }),
    }),
  };
  app.get("/v1/actions/:name/choices/:input", { schema, config: { scope: "runs:submit" } }, async (request, reply) => {
    const { name: action, input: member } = request.params;
    const { q, connection: named, ...question } = request.query;
    const connection = await connectionFor(request.principal, named, deps.connections);
    return deps.tellChoices(
      { action, member, ...question, ...(connection !== undefined && { connection }), ...(q !== undefined && q !== "" && { q }) },
      ending.of(reply),
    );
  });
}

/** `/v1/actions`: the catalogue, with JSON Schemas. */
export function registerActions(routes: Routes): void {
  const { app, deps } = routes;
  registerChoices(routes);
  const list = {
    operationId: "listActions",
    summary: "List actions and streams",
    tags,
    response: answers({ 200: Type.Object({ actions: Type.Array(Type.Ref("ActionSummary")) }) }),
  };
  app.get("/v1/actions", { schema: list, config: reads }, () => ({ actions: deps.catalogue.list().map(summarize) }));

  const params = closed({ name: Type.String({ minLength: 1, maxLength: 128, examples: ["okta.user.get"] }) });
  const one = {
    operationId: "getAction",
    summary: "Show an action with its schemas",
    tags,
    params,
    response: answers({ 200: Type.Ref("Action") }),
  };
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
