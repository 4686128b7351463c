import { LongarmError } from "@longarm/shared";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { AdmittedHook } from "../../ports/hook-door.ts";
import { toLongarmError } from "../problem.ts";
import { RateLimits } from "../rate-limits.ts";
import { sendProblem } from "../request-frame.ts";
import { answers, closed, definitionName } from "../schemas.ts";
import type { Routes } from "./route.ts";

const tags = ["hooks"];
/** More than an org sends at once. */
const deliveryBytes = 1_048_576;
const retryAfterSeconds = 5;
// An org sends some tens a second; those who guess are many, and share one bucket, which deliveries do not touch.
const deliveryRate = { perSecond: 1_000, burst: 5_000 } as const;
const strangerRate = { perSecond: 50, burst: 500 } as const;

const params = closed({ connection: definitionName });
const description =
  "Let in by the hook's secret in `Authorization`, and by no API key. An unknown connection is answered as a wrong secret is.";

interface Door {
  /** Throws what turns the request away, before its body is read. */
  admit(request: FastifyRequest): Promise<void>;
  admitted(request: FastifyRequest): AdmittedHook;
}

function doorOf({ deps }: Routes, spoke: string): Door {
  const strangers = new RateLimits(strangerRate, deps.clock);
  const deliveries = new RateLimits(deliveryRate, deps.clock);
  const admitted = new WeakMap<FastifyRequest, AdmittedHook>();
  return {
    async admit(request) {
      // No browser has anything to say here, not even one that shows a page of our own.
      if (request.headers.origin !== undefined || request.headers["sec-fetch-site"] !== undefined)
        throw new LongarmError("origin_not_allowed", "Hooks take nothing from pages in a browser.");
      const { connection } = request.params as { readonly connection: string };
      const hook = await deps.hookDoor.admit({ spoke, connection, shown: request.headers.authorization });
      if (hook) {
        admitted.set(request, hook);
        return deliveries.take(connection);
      }
      strangers.take("");
      throw new LongarmError("unauthorized", "The value of `Authorization` is not the secret of a hook of this connection.");
    },
    admitted(request) {
      const hook = admitted.get(request);
      if (!hook) throw new LongarmError("internal", "A delivery came past its door.");
      return hook;
    },
  };
}

/** An org sends again what met a 5xx, once; of what met a 4xx it knows that it is lost. */
function answerFault(reason: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toLongarmError(reason, request.routeOptions.bodyLimit ?? deliveryBytes);
  if (error.code === "invalid_request") return sendProblem(reply, error, 400);
  if (error.code === "broker_unavailable") void reply.header("retry-after", retryAfterSeconds);
  return sendProblem(reply, error);
}

function register(routes: Routes, spoke: string): void {
  const { app, deps } = routes;
  const door = doorOf(routes, spoke);
  const path = `/hooks/${spoke}/:connection`;
  const common = { tags, params, security: [], description };
  const shared = {
    config: { open: true, ownGate: true },
    bodyLimit: deliveryBytes,
    onRequest: (request: FastifyRequest) => door.admit(request),
    errorHandler: answerFault,
  };
  const proof = { ...common, operationId: "proveHook", summary: "Answer the challenge by which an address is verified" };
  const proved = answers({ 200: Type.Object({ verification: Type.String() }) });
  app.get(path, { ...shared, schema: { ...proof, response: proved } }, async (request) => {
    const answer = door.admitted(request).inbound.proof(request.headers);
    if (answer === undefined) throw new LongarmError("invalid_request", "The request bears no challenge to answer.");
    return answer;
  });

  const delivery = { ...common, operationId: "receiveDelivery", summary: "Take a delivery of events" };
  const taken = answers({ 204: Type.Null({ description: "Every event of it is stored." }) });
  app.post(path, { ...shared, schema: { ...delivery, body: Type.Unknown(), response: taken } }, async (request, reply) => {
    await deps.hookDoor.receive(door.admitted(request), request.body);
    return reply.code(204).send();
  });
}

/** `/hooks/<spoke>/<connection>`: where the targets of connections bring what they send by themselves. */
export function registerDeliveries(routes: Routes): void {
  for (const spoke of routes.deps.hookDoor.spokes) register(routes, spoke);
}
