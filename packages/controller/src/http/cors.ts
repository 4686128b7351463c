import type { FastifyInstance } from "fastify";

const methods = "GET, HEAD, POST, PUT, DELETE";
const requestHeaders = "authorization, content-type, idempotency-key, if-match, if-none-match, prefer, x-request-id";
const responseHeaders = "etag, location, preference-applied, retry-after, x-request-id";
const preflightSeconds = 600;

/**
 * Lets pages of the listed origins call the API with a token of their own. Nothing is let in by a cookie, so no credentials are allowed,
 * and no origin stands for all. Must be registered before whoever asks is looked at: a preflight carries no token.
 */
export function allowOrigins(app: FastifyInstance, allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  const origins = new Set(allowed.map((origin) => origin.toLowerCase()));
  app.addHook("onRequest", async (request, reply) => {
    void reply.header("vary", "Origin");
    const { origin, "access-control-request-method": asked } = request.headers;
    if (origin === undefined || !origins.has(origin.toLowerCase())) return;
    void reply.header("access-control-allow-origin", origin).header("access-control-expose-headers", responseHeaders);
    if (request.method !== "OPTIONS" || asked === undefined) return;
    return reply
      .headers({
        "access-control-allow-methods": methods,
        "access-control-allow-headers": requestHeaders,
        "access-control-max-age": preflightSeconds,
      })
      .code(204)
      .send();
  });
}
