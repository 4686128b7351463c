import type { Secret } from "@longarm/shared";

/** Who may ask, and for what. The token itself is kept nowhere. */
export interface ApiKey {
  readonly id: string;
  /** The name that runs and the audit show. */
  readonly principal: string;
  /** `everyScope` alone stands for all of them. */
  readonly scopes: readonly string[];
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** The scope of the administrator's key: all that there are, now and later. */
export const everyScope = "*";

/** As it is stored: with the SHA-256 of the token, base64url. */
export interface ApiKeyRecord extends ApiKey {
  readonly tokenHash: string;
}

/** The API keys. A token is 256 random bits and its key's id, so a fast hash of it is as good as a slow one. */
export interface ApiKeyStore {
  /** Stores the hash of a token made by `newApiToken`. Throws `conflict` when its id is taken. */
  add(token: Secret, grant: { readonly principal: string; readonly scopes: readonly string[] }): Promise<ApiKey>;
  /** The key of this token; compared in constant time. Undefined for any other text. */
  findByToken(token: string): Promise<ApiKey | undefined>;
  list(): Promise<readonly ApiKey[]>;
  /** Resolves to false when there was none. */
  remove(id: string): Promise<boolean>;
}
