import { Type } from "typebox";
import type { Routes } from "./route.ts";

const probe = { open: true, probe: true } as const;
const readiness = Type.Object({
  ready: Type.Boolean(),
  checks: Type.Record(Type.String(), Type.Object({ ok: Type.Boolean(), sentence: Type.String() })),
});

/** `/healthz`: the process answers. `/readyz`: and what it stands on works. */
export function registerHealth({ app, deps }: Routes): void {
  const tags = ["health"];
  const health = {
    operationId: "getHealth",
    summary: "Is the process alive?",
    tags,
    security: [],
    response: { 200: Type.Object({ status: Type.String(), version: Type.String() }) },
  };
  app.get("/healthz", { schema: health, config: probe }, () => ({ status: "ok", version: deps.version }));

  const ready = {
    operationId: "getReadiness",
    summary: "May it be sent requests?",
    tags,
    security: [],
    response: { 200: readiness, 503: readiness },
  };
  app.get("/readyz", { schema: ready, config: probe }, async (_request, reply) => {
    const found = await deps.readiness();
    return reply.code(found.ready ? 200 : 503).send(found);
  });
}
