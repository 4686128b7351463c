import type { IncomingMessage } from "node:http";
import type { GrantedToken } from "../state/oauth/access-tokens.ts";
import type { Org } from "../state/org.ts";
import { type Refusal, refuse } from "../state/refusal.ts";
import type { Route } from "./exchange.ts";

/** A request as far as the gate looks at it. */
export interface Visitor {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly route: Route | undefined;
}

interface ChallengeParts {
  readonly scheme: "Bearer" | "DPoP";
  readonly origin: string;
  readonly scope: string;
  readonly error: string;
  readonly description: string;
}

function challenge({ scheme, origin, scope, error, description }: ChallengeParts): string {
  const algorithms = scheme === "DPoP" ? 'algs="RS256 RS384 RS512 ES256 ES384 ES512", ' : "";
  return (
    `${scheme} ${algorithms}authorization_uri="${origin}/oauth2/v1/authorize", realm="${origin}", scope="${scope}", ` +
    `error="${error}", error_description="${description}"`
  );
}

/** The scope that a call needs; `.read` is covered by `.manage`. */
function scopeOf(method: string, template: string): string {
  const [, , , first = "", second = ""] = template.split("/");
  const noun = first === "meta" ? { schemas: "schemas", types: "userTypes" }[second] : first;
  return `okta.${noun}.${method === "GET" ? "read" : "manage"}`;
}

function isGranted(scope: string, granted: readonly string[]): boolean {
  return granted.includes(scope) || granted.includes(scope.replace(/\.read$/, ".manage"));
}

/** Decides whether a request may come in: by the API token, or by the access token of a service app. */
export class Gate {
  readonly #org: Org;
  readonly #apiToken: string;

  constructor(org: Org, apiToken: string) {
    this.#org = org;
    this.#apiToken = `SSWS ${apiToken}`;
  }

  /** Why it may not; undefined: it may. Only a proof of possession takes time. */
  check(visitor: Visitor): Refusal | undefined | Promise<Refusal | undefined> {
    const given = visitor.request.headers.authorization ?? "";
    if (given === this.#apiToken || visitor.route?.isOpen === true) return undefined;
    const [, scheme, value = ""] = /^(Bearer|DPoP) (\S+)$/.exec(given) ?? [];
    if (scheme !== "Bearer" && scheme !== "DPoP") return refuse("E0000011");
    return this.#byToken(visitor, { scheme, value });
  }

  #byToken(
    visitor: Visitor,
    { scheme, value }: { scheme: "Bearer" | "DPoP"; value: string },
  ): Refusal | undefined | Promise<Refusal | undefined> {
    const origin = `http://${visitor.request.headers.host}`;
    const scope = scopeOf(visitor.method, visitor.route?.template ?? "");
    const refused = (code: "E0000011" | "E0000006" | "E0000001", error: string, description: string): Refusal => ({
      ...refuse(code, code === "E0000001" ? "DPoP" : undefined),
      challenge: challenge({ scheme, origin, scope, error, description }),
    });
    const token = this.#org.oauth.tokens.find(value);
    if (token === "expired") return refused("E0000011", "invalid_token", "The token has expired.");
    if (token === "unknown" || (token.boundTo === undefined) !== (scheme === "Bearer"))
      return refused("E0000011", "invalid_token", "The access token is invalid.");
    const byRights = (): Refusal | undefined => {
      if (visitor.route && !isGranted(scope, token.scopes))
        return refused("E0000006", "insufficient_scope", "The access token provided does not contain the required scopes.");
      return this.#org.oauth.apps.find(token.clientId)?.admin === false ? refuse("E0000006") : undefined;
    };
    if (token.boundTo === undefined) return byRights();
    return this.#checkProof(visitor, token).then((why) =>
      why === undefined ? byRights() : refused("E0000001", "invalid_dpop_proof", why),
    );
  }

  async #checkProof({ request, method, path }: Visitor, token: GrantedToken): Promise<string | undefined> {
    const { dpop } = request.headers;
    const proved = await this.#org.oauth.proofs.check({
      proof: typeof dpop === "string" ? dpop : undefined,
      method,
      url: `http://${request.headers.host}${path}`,
      token: token.value,
      nowMs: this.#org.nowMs(),
    });
    if (!proved.ok) return proved.why;
    return proved.thumbprint === token.boundTo
      ? undefined
      : "The DPoP proof JWT is signed by another key than the access token is bound to.";
  }
}
