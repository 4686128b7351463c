import { unknownName } from "@longarm/shared";
import type { AnyFlow } from "@longarm/spoke";
import { Type } from "typebox";
import { answers, closed } from "../schemas.ts";
import type { Routes } from "./route.ts";

const tags = ["flows"];
const reads = { scope: "actions:read" } as const;
const members = {
  name: Type.String(),
  kind: Type.Literal("flow"),
  title: Type.String(),
  summary: Type.String(),
  version: Type.Integer({ description: "The latest; runs that began under another one that is still there go on with that." }),
};
/** A flow as lists show it. */
export const FlowSummarySchema = Type.Object(members, { $id: "FlowSummary" });

/** A flow with all that is needed to run it. */
export const FlowSchema = Type.Object(
  { ...members, input: Type.Unknown({ description: "JSON Schema." }), output: Type.Unknown({ description: "JSON Schema." }) },
  { $id: "Flow" },
);

function summarize({ name, kind, title, summary: sentence, version }: AnyFlow) {
  return { name, kind, title, summary: sentence, version };
}

/** `/v1/flows`: compositions of actions, with JSON Schemas. They are run like actions. */
export function registerFlows({ app, deps }: Routes): void {
  const list = {
    operationId: "listFlows",
    summary: "List flows",
    tags,
    response: answers({ 200: Type.Object({ flows: Type.Array(Type.Ref("FlowSummary")) }) }),
  };
  app.get("/v1/flows", { schema: list, config: reads }, () => ({ flows: deps.catalogue.flows().map(summarize) }));

  const one = {
    operationId: "getFlow",
    summary: "Show a flow with its schemas",
    tags,
    params: closed({ name: Type.String({ minLength: 1, maxLength: 128, examples: ["okta.flow.onboardUser"] }) }),
    response: answers({ 200: Type.Ref("Flow") }),
  };
  app.get("/v1/flows/:name", { schema: one, config: reads }, (request) => {
    const flows = deps.catalogue.flows();
    const found = flows.find(({ name }) => name === request.params.name);
    if (found) return { ...summarize(found), input: found.input as unknown, output: found.output as unknown };
    throw unknownName(
      "flow",
      request.params.name,
      flows.map(({ name }) => name),
    );
  });
}
