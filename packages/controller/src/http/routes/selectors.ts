import { compileShortForm } from "@longarm/shared/selector";
import { Type } from "typebox";
import { answers, closed, definitionName } from "../schemas.ts";
import { assertMayUse } from "../run-access.ts";
import { existing } from "./definition-routes.ts";
import type { Routes } from "./route.ts";
import { SelectorForm } from "./run-form.ts";

const nullableText = Type.Union([Type.String(), Type.Null()]);
const explanation = Type.Object({
  selector: Type.String({ description: "The CEL that was evaluated." }),
  matched: Type.Integer(),
  total: Type.Integer(),
  agents: Type.Array(
    Type.Object({
      agent: Type.Object({ id: Type.String(), name: Type.String(), state: Type.String() }),
      matched: Type.Boolean(),
      failed: nullableText,
      because: nullableText,
      score: Type.Union([Type.Number(), Type.Null()]),
    }),
  ),
});

/** `/v1/selectors/explain`: which agents match, and which condition failed for the others. */
export function registerSelectors({ app, deps }: Routes): void {
  const schema = {
    operationId: "explainSelector",
    summary: "Tell which agents a selector matches, and why not the others",
    tags: ["agents"],
    body: closed({ selector: SelectorForm, connection: Type.Optional(definitionName) }),
    response: answers({ 200: explanation }),
  };
  app.post("/v1/selectors/explain", { schema, config: { scope: "agents:read" } }, async (request) => {
    const { selector, connection: name } = request.body;
    if (name !== undefined) assertMayUse(request.principal, name);
    const cel = compileShortForm(selector);
    const connection = name === undefined ? undefined : await existing({ kind: "connection", store: deps.connections }, name);
    return deps.selection.explain(cel, connection?.value);
  });
}
