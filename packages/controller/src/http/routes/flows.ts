import { LongarmError, unknownName } from "@longarm/shared";
import type { AnyFlow, Catalogue } from "@longarm/spoke";
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
const params = closed({ name: Type.String({ minLength: 1, maxLength: 128, examples: ["okta.flow.onboardUser"] }) });

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
    params,
    response: answers({ 200: Type.Ref("Flow") }),
  };
  app.get("/v1/flows/:name", { schema: one, config: reads }, (request) => {
    const found = flowNamed(deps.catalogue, request.params.name);
    return { ...summarize(found), input: found.input as unknown, output: found.output as unknown };
  });

  const source = {
    operationId: "getFlowSource",
    summary: "The file that holds a flow",
    description: "Of those that come with a spoke, to be copied and changed.",
    tags,
    params,
    response: answers({ 200: Type.Object({ name: Type.String(), version: Type.Integer(), file: Type.String(), source: Type.String() }) }),
  };
  app.get("/v1/flows/:name/source", { schema: source, config: reads }, (request) => {
    const { name, version } = flowNamed(deps.catalogue, request.params.name);
    const spoke = deps.catalogue.spokes().find((each) => name.startsWith(`${each.name}.`));
    const found = spoke?.flowSource?.(name);
    if (found) return { name, version, ...found };
    throw new LongarmError("invalid_state", `${name} does not come with a spoke; copy its file in the folder of flows.`);
  });
}

function flowNamed(catalogue: Pick<Catalogue, "flows">, name: string): AnyFlow {
  const flows = catalogue.flows();
  const found = flows.find((flow) => flow.name === name);
  if (found) return found;
  throw unknownName(
    "flow",
    name,
    flows.map((flow) => flow.name),
  );
}
