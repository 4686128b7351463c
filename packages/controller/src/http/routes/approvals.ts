import { parseId } from "@longarm/shared";
import { Type } from "typebox";
import { assertMaySeeId } from "../run-access.ts";
import { answers, closed, runParams } from "../schemas.ts";
import type { Routes } from "./route.ts";

const verbs = [
  { verb: "approve", kind: "approved", summary: "Let a run go on that waits for approval" },
  { verb: "deny", kind: "denied", summary: "End a run that waits for approval" },
] as const;

const note = Type.Optional(Type.String({ maxLength: 2_000, description: "Why; it stays with the run." }));

/** `/v1/runs/{id}/approve|deny`: the second pair of eyes. */
export function registerApprovals({ app, deps }: Routes): void {
  for (const { verb, kind, summary } of verbs) {
    const schema = {
      operationId: `${verb}Run`,
      summary,
      description: "Once, by somebody else than its submitter, and by none whose key goes back to the submitter's.",
      tags: ["runs"],
      params: runParams,
      body: Type.Union([Type.Optional(closed({ note }, { examples: [{ note: "Seen with the owner of the account." }] })), Type.Null()]),
      response: answers({ 200: Type.Ref("Run") }),
    };
    app.post(`/v1/runs/:id/${verb}`, { schema, config: { scope: "runs:approve" } }, async (request) => {
      const { principal: by, params, body } = request;
      const id = await assertMaySeeId(deps.runs, by, parseId("run", params.id));
      return deps.runs.judge(id, { kind, note: body?.note ?? "", by });
    });
  }
}
