import { type Clock, LongarmError } from "@longarm/shared";
import type { Auth, CredentialReference } from "@longarm/shared/rest";
import { KeptSecret } from "./kept-secret.ts";
import { type SecretGround, secretReader } from "./read-secret.ts";
import type { SiteCredential } from "./settings.ts";

interface Entry {
  readonly credential: SiteCredential;
  readonly origins: ReadonlySet<string>;
  readonly secret: KeptSecret;
}

/**
 * The credentials that this agent's site defines. A controller names one and never says where it is read from; and whatever it asks, a
 * secret goes to the origins alone that its definition lists.
 */
export class SiteCredentials {
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(ground: SecretGround & { readonly clock: Clock }) {
    const entries = Object.entries(ground.settings.credentials).map(([name, credential]): [string, Entry] => {
      const read = secretReader(credential.token ?? credential.privateKey ?? "", ground);
      const secret = new KeptSecret(read, { keepMs: credential.ttl, clock: ground.clock });
      return [name, { credential, secret, origins: new Set(credential.origins.map((origin) => new URL(origin).origin)) }];
    });
    this.#entries = new Map(entries);
  }

  /** In alphabetical order: what the agent tells of them, and all that it does. */
  get names(): readonly string[] {
    return [...this.#entries.keys()].toSorted();
  }

  /** How a call to `baseUrl` proves who asks. Throws `credential_unresolved`. */
  async resolve(reference: CredentialReference, baseUrl: string): Promise<Auth> {
    const entry = this.#entries.get(reference.name);
    if (!entry) throw unresolved(reference.name, "unknown_here", "is not defined at this site");
    const { origin } = new URL(baseUrl);
    if (!entry.origins.has(origin))
      throw unresolved(reference.name, "origin_not_listed", `may not be sent to ${origin} by its site's word`);
    const secret = await entry.secret.get();
    const { clientId, keyId, scopes = reference.scopes, tokenPath = reference.tokenPath } = entry.credential;
    if (clientId === undefined) return { scheme: "ssws", token: secret };
    return { scheme: "oauth", client: { clientId, privateKey: secret, scopes, tokenPath, ...(keyId !== undefined && { keyId }) } };
  }

  /** The target did not accept it: it may have been changed at its source. */
  mistrust({ name }: CredentialReference): void {
    this.#entries.get(name)?.secret.mistrust();
  }

  /** Drops what is kept in memory. */
  forget(): void {
    for (const { secret } of this.#entries.values()) secret.forget();
  }
}

function unresolved(name: string, reason: "unknown_here" | "origin_not_listed", why: string): LongarmError {
  return new LongarmError("credential_unresolved", `The credential "${name}" ${why}; nothing was sent.`, {
    details: { reference: name, reason },
  });
}
