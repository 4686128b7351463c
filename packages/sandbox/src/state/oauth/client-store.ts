import { createPublicKey, type JsonWebKey, type KeyObject, randomBytes } from "node:crypto";

/** How a service app is asked for. */
export interface ServiceAppRequest {
  /** Default: a fresh id. */
  readonly clientId?: string;
  /** A public key, as PEM or as a JWK; a private one serves too, since it holds the public one. */
  readonly publicKey: string | JsonWebKey;
  /** The scopes that an administrator has granted the app. */
  readonly scopes: readonly string[];
  /** Are its tokens bound to a key of its own? Default false. */
  readonly dpop?: boolean;
  /** Has it an administrator role? Without one every call is refused. Default true. */
  readonly admin?: boolean;
}

/** An OAuth service app of the org. */
export interface ServiceApp {
  readonly clientId: string;
  readonly key: KeyObject;
  readonly scopes: readonly string[];
  readonly dpop: boolean;
  readonly admin: boolean;
}

/** The service apps of an org, by client id. */
export class ClientStore {
  readonly #apps = new Map<string, ServiceApp>();

  /** Adds or replaces an app; throws when its key cannot be read. */
  put({ clientId, publicKey, scopes, dpop = false, admin = true }: ServiceAppRequest): ServiceApp {
    const key = typeof publicKey === "string" ? createPublicKey(publicKey) : createPublicKey({ key: publicKey, format: "jwk" });
    const app = { clientId: clientId ?? `0oa${randomBytes(12).toString("base64url").slice(0, 17)}`, key, scopes: [...scopes], dpop, admin };
    this.#apps.set(app.clientId, app);
    return app;
  }

  find(clientId: string): ServiceApp | undefined {
    return this.#apps.get(clientId);
  }
}
