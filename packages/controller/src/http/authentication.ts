import { LongarmError, type Clock, type ErrorCode } from "@longarm/shared";
import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";
import { mayScope } from "../decide/access.ts";
import type { Authenticate, Principal } from "../ports/principal.ts";
import type { Scope } from "../ports/scopes.ts";
import type { RateLimits } from "./rate-limits.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What must be granted to who asks. Every route has this or `open`. */
    scope?: Scope;
  }
}

/** Who lets requests in. */
export interface Gate {
  readonly authenticate: Authenticate;
  readonly limits: RateLimits;
  readonly clock: Clock;
}

// A token of an issuer holds its claims; Node takes headers of 16 KiB in all.
const bearer = /^Bearer +([\x21-\x7e]{1,8192}) *$/i;
const stranger = "";

function refused(code: ErrorCode & ("unauthorized" | "forbidden"), message?: string): LongarmError {
  return new LongarmError(code, message);
}

async function identify(request: FastifyRequest, { authenticate, clock }: Gate): Promise<Principal> {
  const token = bearer.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) throw refused("unauthorized");
  const principal = await authenticate(token);
  if (principal && (principal.expiresAt === undefined || principal.expiresAt > clock.nowMs())) return principal;
  throw refused(
    "unauthorized",
    "The token is not valid; it is wrong, or was revoked, or has expired. Send a valid one as `Authorization: Bearer …`.",
  );
}

function authorize(principal: Principal, scope: Scope | undefined): void {
  if (scope === undefined || mayScope(principal, scope)) return;
  throw refused("forbidden", `"${principal.name}" lacks the scope ${scope}, which this route asks for.`);
}

/** Lets through only who bears a valid token with the route's scope. With a route that states neither `scope` nor `open` the server does not start. */
export function requireAuthentication(app: FastifyInstance, gate: Gate): void {
  const registered: RouteOptions[] = [];
  app.addHook("onRoute", (route) => {
    registered.push(route);
  });
  app.addHook("onReady", async () => {
    const bare = registered.filter(({ config }) => !config?.open && !config?.scope).map(({ url }) => url);
    if (bare.length > 0) throw new LongarmError("internal", `Routes state neither \`scope\` nor \`open\`: ${bare.join(", ")}.`);
  });
  app.addHook("onRequest", async (request) => {
    const { open, probe, ownGate, scope } = request.routeOptions.config;
    if (probe || ownGate) return;
    if (open) return gate.limits.take(stranger);
    const principal = await identify(request, gate);
    request.principal = principal;
    gate.limits.take(principal.name);
    authorize(principal, scope);
  });
}
