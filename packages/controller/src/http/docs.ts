import { randomBytes } from "node:crypto";
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";

const description =
  "Typed operations against Okta, run here or through agents inside your networks. Every request but those to the health routes carries an API key: `Authorization: Bearer …`. Errors are `application/problem+json` with a `code` of a closed set.";

/** Describes every route registered from here on at `/openapi.json`. Must be called before the routes are. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Longarm", description, version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
      components: { securitySchemes: { apiKey: { type: "http", scheme: "bearer" } } },
      security: [{ apiKey: [] }],
    },
    // Only a registered schema is referred to, and it is registered under its `$id`.
    refResolver: { buildLocalReference: (schema) => schema["$id"] as string },
  });
  app.get("/openapi.json", { schema: { hide: true }, config: { open: true, page: true } }, () => app.swagger());
}

const outsideFeatures = {
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
} as const;

/** The reference page at `/docs`, its script served from here. The policy header keeps the browser from loading anything else. */
export async function serveReference(app: FastifyInstance): Promise<void> {
  // Five megabytes of script, loaded only by the process that serves them.
  const { default: reference } = await import("@scalar/fastify-api-reference");
  const nonce = randomBytes(18).toString("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  await app.register(async (scope) => {
    scope.addHook("onRoute", (route) => {
      route.config = { ...route.config, open: true, page: true };
    });
    scope.addHook("onSend", async (_request, reply) => {
      reply
        .removeHeader("access-control-allow-origin")
        .removeHeader("access-control-allow-methods")
        .header("content-security-policy", policy);
    });
    await scope.register(reference, {
      routePrefix: "/docs",
      configuration: { url: "/openapi.json", pageTitle: "Longarm API", nonce, ...outsideFeatures },
    });
  });
}
