import { Type } from "typebox";
import { answers } from "../schemas.ts";
import type { Routes } from "./route.ts";

/** `/metrics`: what this controller measures, in the text format of Prometheus. */
export function registerMetrics({ app, deps }: Routes): void {
  const schema = {
    operationId: "getMetrics",
    summary: "Show what this controller measures",
    description:
      "The text format of Prometheus. Each controller tells of itself; what is said of agents and unfinished runs, each says of all.",
    tags: ["health"],
    produces: ["text/plain"],
    response: answers({ 200: Type.String() }),
  };
  app.get("/metrics", { schema, config: { scope: "metrics:read" } }, async (_request, reply) => {
    const text = await deps.metrics.render();
    return reply.type(deps.metrics.contentType).send(text);
  });
}
