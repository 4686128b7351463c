import { type Secret, type Grant } from "@longarm/shared";

/** Who may ask, and for what. The token itself is kept nowhere. Times are Unix milliseconds. */
export interface ApiKey extends Grant {
  readonly id: string;
  /** The name that runs and the audit show. */
  readonly principal: string;
  readonly createdAt: number;
  /** The principal that made it; absent: the installation itself. */
  readonly createdBy?: string;
  /** Who made its maker's key, and so on; absent: nobody did. */
  readonly makers?: readonly string[];
  readonly revokedAt?: number;
  /** When it was last used, a minute late at most. */
  readonly lastUsedAt?: number;
}

/** As it is stored: with the SHA-256 of the token, base64url. */
export interface ApiKeyRecord extends ApiKey {
  readonly tokenHash: string;
}

/** What a new key is to be. */
export type ApiKeyWish = Grant & Pick<ApiKey, "principal" | "createdBy" | "makers">;

/** The API keys. A token is 256 random bits and its key's id, so a fast hash of it is as good as a slow one. */
export interface ApiKeyStore {
  /** Stores the hash of a token made by `newApiToken`. Throws `conflict` when its id is taken. */
  add(token: Secret, wish: ApiKeyWish): Promise<ApiKey>;
  /** The key of this token, neither revoked nor expired; compared in constant time. Undefined for any other text. */
  findByToken(token: string): Promise<ApiKey | undefined>;
  /** The newest first, revoked and expired ones too. */
  list(): Promise<readonly ApiKey[]>;
  get(id: string): Promise<ApiKey | undefined>;
  /** Ends a key on every controller, within two seconds; undefined: there is none. */
  revoke(id: string): Promise<ApiKey | undefined>;
}
