import { isIP } from "node:net";
import { LongarmError, Secret, writeJoinTicket } from "@longarm/shared";
import { newSeed, SigningKey, userNkey, userNkeySeed } from "@longarm/shared/seal";
import type { FieldIdentities } from "../ports/field-identities.ts";
import type { InstallationTrust } from "../ports/installation-trust.ts";
import type { IssuedToken, JoinDesk, JoinTokenRequest } from "../ports/join-desk.ts";
import type { JoinToken } from "../ports/join-token-store.ts";
import type { JoinTokens } from "./join-tokens.ts";

/** What tokens are made of. */
export interface TokenDeskDeps {
  readonly tokens: JoinTokens;
  readonly identities: Pick<FieldIdentities, "mintBootstrap">;
  readonly trust: Pick<InstallationTrust, "announced" | "fingerprint">;
  /** The broker's addresses, as agents reach it. */
  readonly urls: readonly string[];
}

/** Makes join tokens that hold all that an agent needs to ask. */
export class TokenDesk implements JoinDesk {
  readonly #deps: TokenDeskDeps;

  constructor(deps: TokenDeskDeps) {
    this.#deps = deps;
  }

  async issue(request: JoinTokenRequest): Promise<IssuedToken> {
    const { tokens, identities, trust, urls } = this.#deps;
    const sources = request.sources.map(asNetwork);
    const { token, secret } = await tokens.issue({ ...request, sources });
    const { id, kind, expiresAt } = token;
    const seed = newSeed();
    const key = userNkey(new SigningKey(seed).public.raw);
    const { jwt } = await identities.mintBootstrap(id, key, { ttlMs: request.ttlMs, sources });
    const broker = { jwt: new Secret(jwt), seed: userNkeySeed(seed) };
    const text = writeJoinTicket({ id, secret, kind, expiresAt, urls, broker, installation: trust.announced });
    return { token, text, pin: trust.fingerprint, urls };
  }

  list(): Promise<readonly JoinToken[]> {
    return this.#deps.tokens.list();
  }

  remove(id: string): Promise<boolean> {
    return this.#deps.tokens.remove(id);
  }
}

/** An address or a network, as a network. */
function asNetwork(text: string): string {
  const [address = "", length] = text.split("/");
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const bits = length === undefined ? longest : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (longest > 0 && bits >= 0 && bits <= longest) return `${address}/${bits}`;
  throw new LongarmError(
    "invalid_request",
    `"${text.slice(0, 80)}" is no network: expected an address such as 10.1.2.3 or a range such as 10.0.0.0/8.`,
  );
}
