import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { Principal } from "../ports/principal.ts";
import { problemContentType, toLongarmError, toProblem } from "./problem.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answered without an API key. */
    open?: boolean;
    /** Asked by load balancers, which name the host as they like. */
    probe?: boolean;
    /** Lets in by a secret of its own, and bounds by itself who asks. Beside `open`. */
    ownGate?: boolean;
    /** May be framed by nobody, yet loads scripts and styles of this origin. */
    page?: boolean;
  }
  interface FastifyRequest {
    /** Who asks; on open routes nobody, who may do nothing. */
    principal: Principal;
  }
}

const acceptedRequestId = /^[\w.-]{1,64}$/;

/** The caller's own request id where it is harmless, else a fresh one. */
export function requestIdOf(request: Pick<IncomingMessage, "headers">): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && acceptedRequestId.test(given) ? given : randomUUID();
}

const securityHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
} as const;

const nobody: Principal = { name: "", scopes: [] };

/** Each answer carries its request id and the security headers, and leaves one line in the log at debug: no bodies, headers or queries. */
export function frameRequests(
  app: FastifyInstance,
  { logger, isEncrypted }: { readonly logger: Logger; readonly isEncrypted: boolean },
): void {
  const headers = { ...securityHeaders, ...(isEncrypted && { "strict-transport-security": "max-age=31536000" }) };
  app.decorateRequest<Principal | null>("principal", null);
  app.addHook("onRequest", async (request, reply) => {
    request.principal = nobody;
    void reply.header("x-request-id", request.id).headers(headers);
    if (request.routeOptions.config.page) return;
    void reply.header("cache-control", "no-store").header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  });
  app.addHook("onResponse", async (request, reply) => {
    const facts = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      principal: request.principal.name || null,
    };
    logger.debug(facts, "Answered a request.");
  });
}

/** Sends an error as a problem; `status` where the route is held to another one than the code's. */
export function sendProblem(reply: FastifyReply, error: LongarmError, status?: number): FastifyReply {
  const problem = { ...toProblem(error), ...(status !== undefined && { status }) };
  const { retryAfterSeconds } = error.details;
  if (typeof retryAfterSeconds === "number") void reply.header("retry-after", retryAfterSeconds);
  if (problem.status === 401) void reply.header("www-authenticate", 'Bearer realm="longarm"');
  return reply.code(problem.status).header("content-type", problemContentType).send(JSON.stringify(problem));
}

/** Every fault of every route becomes a problem; our own are logged as errors with the request's id. */
export function answerFaults(app: FastifyInstance, options: { readonly logger: Logger; readonly bodyLimit: number }): void {
  app.setErrorHandler((reason, request: FastifyRequest, reply) => {
    const error = toLongarmError(reason, request.routeOptions.bodyLimit ?? options.bodyLimit);
    if (error.code === "internal")
      options.logger.error({ requestId: request.id, error: error.message, stack: stackOf(error) }, "A request failed by our own fault.");
    return sendProblem(reply, error);
  });
}

function stackOf(error: LongarmError): string | undefined {
  return error.cause instanceof Error ? error.cause.stack : error.stack;
}
