import { readFileSync } from "node:fs";
import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ApiDocument } from "./reference/api-document.ts";
import { referencePage } from "./reference/page.ts";

const description =
  "Typed operations against Okta, run here or through agents inside your networks. Every request but those to the health routes carries an API key, or a token of an issuer that is configured: `Authorization: Bearer …`. Errors are `application/problem+json` with a `code` of a closed set.";

/** Describes every route registered from here on at `/openapi.json`, with the scope that each asks for. Must be called before the routes are. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Longarm", description, version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
      servers: [{ url: "/" }],
      components: { securitySchemes: { apiKey: { type: "http", scheme: "bearer" } } },
    },
    transform: ({ schema, url, route }) => {
      const scope = route.config?.scope;
      return { url, schema: { ...schema, security: scope === undefined ? [] : [{ apiKey: [scope] }] } };
    },
    // Only a registered schema is referred to, and it is registered under its `$id`.
    refResolver: { buildLocalReference: (schema) => schema["$id"] as string },
  });
  app.get("/openapi.json", { schema: { hide: true }, config: { open: true, page: true } }, () => app.swagger());
}

// Neither script nor anything from elsewhere: the page is text and one style sheet.
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const assets = [
  { name: "reference.css", type: "text/css; charset=utf-8" },
  { name: "icon.svg", type: "image/svg+xml" },
] as const;

/** The address that a request was made to: the public one where it came by that, else the one it names, which the origin check knows. */
function baseUrlOf({ protocol, headers: { host = "" } }: FastifyRequest, publicUrl: string | undefined): string {
  const isPublic = publicUrl !== undefined && new URL(publicUrl).host === host.toLowerCase();
  return isPublic ? publicUrl.replace(/\/+$/, "") : `${protocol}://${host}`;
}

/** The reference page at `/docs`, written from the description of the routes. The policy header keeps the browser from loading anything else. */
export function serveReference(app: FastifyInstance, publicUrl?: string): void {
  const options = { schema: { hide: true }, config: { open: true, page: true } };
  app.get("/docs", options, (request, reply) => {
    const document = app.swagger() as unknown as ApiDocument;
    return reply
      .headers({ "content-security-policy": policy, "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" })
      .send(referencePage(document, baseUrlOf(request, publicUrl)));
  });
  for (const { name, type } of assets) {
    const bytes = readFileSync(new URL(`reference/${name}`, import.meta.url));
    app.get(`/docs/${name}`, options, (_request, reply) =>
      reply.headers({ "content-security-policy": policy, "content-type": type, "cache-control": "no-cache" }).send(bytes),
    );
  }
}
