import { LongarmError } from "@longarm/shared";
import type { FastifyInstance } from "fastify";
import { sendProblem } from "./request-frame.ts";

interface KnownRoute {
  readonly method: string;
  readonly segments: readonly string[];
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function fits(route: KnownRoute, segments: readonly string[]): boolean {
  return (
    route.segments.length === segments.length && route.segments.every((segment, i) => segment.startsWith(":") || segment === segments[i])
  );
}

/** Answers what no route answers: 404, or 405 with `Allow` where only the method is wrong; OPTIONS is answered with `Allow` alone. */
export function answerUnknownRoutes(app: FastifyInstance): void {
  const known: KnownRoute[] = [];
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) known.push({ method: one, segments: segmentsOf(url) });
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const methods = [...new Set(known.filter((route) => fits(route, segmentsOf(path))).map((route) => route.method))].toSorted();
    if (methods.length === 0)
      return sendProblem(reply, new LongarmError("unknown_route", `There is no route ${request.method} ${path.slice(0, 200)}; see /docs.`));
    const allow = [...methods, "OPTIONS"].join(", ");
    void reply.header("allow", allow);
    if (request.method === "OPTIONS") return reply.code(204).send();
    return sendProblem(reply, new LongarmError("method_not_allowed", `${path.slice(0, 200)} has no ${request.method}; it has ${allow}.`));
  });
}
