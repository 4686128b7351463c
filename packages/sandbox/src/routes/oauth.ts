import { type Answer, answer, type ApiRequest, type Route } from "../http/exchange.ts";
import { checkAssertion } from "../state/oauth/client-assertion.ts";
import type { ServiceApp } from "../state/oauth/client-store.ts";

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

function refused(status: number, error: string, description: string): Answer {
  return answer(JSON.stringify({ error, error_description: description }), { status });
}

function text(body: ApiRequest["body"], name: string): string {
  const value = body[name];
  return typeof value === "string" ? value : "";
}

async function grant(request: ApiRequest): Promise<Answer> {
  const { org, body } = request;
  if (text(body, "grant_type") !== "client_credentials")
    return refused(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server.");
  if (text(body, "client_assertion_type") !== assertionType)
    return refused(401, "invalid_client", "A service app must prove itself by a client_assertion.");
  const audience = request.origin + request.path;
  const client = await checkAssertion(org.oauth.apps, { assertion: text(body, "client_assertion"), audience, nowMs: org.nowMs() });
  return client.ok ? grantTo(client.app, request) : refused(401, "invalid_client", client.why);
}

async function grantTo(app: ServiceApp, request: ApiRequest): Promise<Answer> {
  const asked = text(request.body, "scope").split(/\s+/).filter(Boolean);
  if (asked.length === 0)
    return refused(400, "invalid_scope", "The authorization server has no default scopes, so 'scope' must be provided.");
  const bound = await boundTo(app, request);
  if (typeof bound === "object") return bound;
  const scopes = asked.filter((scope) => app.scopes.includes(scope));
  if (scopes.length === 0) return refused(400, "consent_required", "You are not allowed any of the requested scopes.");
  const { value, expiresInSeconds } = request.org.oauth.tokens.grant({ clientId: app.clientId, scopes, boundTo: bound });
  return answer(
    JSON.stringify({
      token_type: bound === undefined ? "Bearer" : "DPoP",
      expires_in: expiresInSeconds,
      access_token: value,
      scope: scopes.join(" "),
    }),
  );
}

// A proof that an app need not give is not looked at, as the official SDK sends one always.
async function boundTo(app: ServiceApp, { org, headers, method, origin, path }: ApiRequest): Promise<string | undefined | Answer> {
  if (!app.dpop) return undefined;
  const { proofs } = org.oauth;
  const proof = headers["dpop"];
  const proved = await proofs.check({
    proof: typeof proof === "string" ? proof : undefined,
    method,
    url: origin + path,
    nowMs: org.nowMs(),
  });
  return proved.ok ? proved.thumbprint : { ...refused(400, proved.error, proved.why), headers: ["dpop-nonce", proofs.nonce] };
}

/** The token endpoint. It needs no credential but the client's own. */
export const oauthRoutes: readonly Route[] = [{ method: "POST", template: "/oauth2/v1/token", isOpen: true, handle: grant }];
