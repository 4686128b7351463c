import type { ControlAnswer, ControlRequest, ControlRoute } from "../http/control.ts";
import type { ServiceAppRequest } from "../state/oauth/client-store.ts";
import type { Org } from "../state/org.ts";

function bad(error: string): ControlAnswer {
  return { status: 400, body: { error } };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function readApp(body: unknown): ServiceAppRequest | undefined {
  const { clientId, publicKey, scopes, dpop = false, admin = true } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const isKey = typeof publicKey === "string" || (typeof publicKey === "object" && publicKey !== null);
  if (!isKey || !isTexts(scopes) || typeof dpop !== "boolean" || typeof admin !== "boolean") return undefined;
  if (clientId !== undefined && typeof clientId !== "string") return undefined;
  return { publicKey: publicKey as ServiceAppRequest["publicKey"], scopes, dpop, admin, ...(clientId !== undefined && { clientId }) };
}

function putApp(org: Org, { body }: ControlRequest): ControlAnswer {
  const wanted = readApp(body);
  if (!wanted) return bad("Expected {publicKey, scopes, clientId?, dpop?, admin?}: the key as PEM or JWK, the scopes as a list.");
  try {
    const { clientId, scopes, dpop, admin } = org.oauth.apps.put(wanted);
    return { status: 201, body: { clientId, scopes, dpop, admin } };
  } catch {
    return bad("`publicKey` is neither PEM nor a JWK.");
  }
}

function endTokens(org: Org, { body }: ControlRequest): ControlAnswer {
  const { how = "revoked" } = (body ?? {}) as { readonly how?: unknown };
  if (how !== "revoked" && how !== "expired") return bad('`how` must be "revoked" or "expired".');
  return { status: 200, body: { ended: org.oauth.tokens.end(how) } };
}

function setZone(org: Org, { body }: ControlRequest): ControlAnswer {
  const { blocked } = (body ?? {}) as { readonly blocked?: unknown };
  if (typeof blocked !== "boolean") return bad("Expected {blocked}: true or false.");
  org.network.isBlocked = blocked;
  return { status: 200, body: { blocked } };
}

/** What an administrator of the org would do in its console: service apps, the end of their tokens and nonces, the network zone. */
export function accessRoutes(org: Org): readonly ControlRoute[] {
  const renewNonce = (): ControlAnswer => {
    org.oauth.proofs.renewNonce();
    return { status: 200, body: {} };
  };
  return [
    { method: "POST", template: "/sandbox/service-apps", handle: (request) => putApp(org, request) },
    { method: "POST", template: "/sandbox/access-tokens/end", handle: (request) => endTokens(org, request) },
    { method: "POST", template: "/sandbox/dpop-nonce/renew", handle: renewNonce },
    { method: "POST", template: "/sandbox/network-zone", handle: (request) => setZone(org, request) },
  ];
}
