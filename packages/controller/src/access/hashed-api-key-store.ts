import { LongarmError, systemClock, type Clock, type Secret } from "@longarm/shared";
import type { ApiKey, ApiKeyRecord, ApiKeyStore, ApiKeyWish } from "../ports/api-key-store.ts";
import type { DefinitionStore, Revised } from "../ports/connection-store.ts";
import { hashToken, idOfToken, matchesHash } from "./api-token.ts";

// What the token of an unknown key is compared with, so that it takes as long as that of a known one.
const noHash = hashToken("");
const useWorthWritingMs = 60_000;

function withoutHash({ tokenHash: _hash, ...key }: ApiKeyRecord): ApiKey {
  return key;
}

/** API keys as definitions that hold the hash of their token. */
export class HashedApiKeyStore implements ApiKeyStore {
  readonly #records: DefinitionStore<ApiKeyRecord>;
  readonly #clock: Clock;
  readonly #noting = new Map<string, Promise<void>>();

  constructor(deps: { readonly records: DefinitionStore<ApiKeyRecord>; readonly clock?: Clock }) {
    this.#records = deps.records;
    this.#clock = deps.clock ?? systemClock;
  }

  async add(token: Secret, wish: ApiKeyWish): Promise<ApiKey> {
    const id = idOfToken(token.reveal());
    if (id === undefined) throw new LongarmError("invalid_request", "This is no API token: make one with newApiToken.");
    const record: ApiKeyRecord = { ...wish, id, createdAt: this.#clock.nowMs(), tokenHash: hashToken(token.reveal()) };
    return withoutHash((await this.#records.put(id, record, 0)).value);
  }

  async findByToken(token: string): Promise<ApiKey | undefined> {
    const id = idOfToken(token);
    if (id === undefined) return undefined;
    const found = await this.#records.get(id);
    const isRight = matchesHash(token, found?.value.tokenHash ?? noHash);
    if (!found || !isRight || !this.#isValid(found.value)) return undefined;
    this.#noteUse(found);
    return withoutHash(found.value);
  }

  async list(): Promise<readonly ApiKey[]> {
    const keys = (await this.#records.list()).map(({ value }) => withoutHash(value));
    return keys.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }

  async get(id: string): Promise<ApiKey | undefined> {
    const found = await this.#records.get(id);
    return found && withoutHash(found.value);
  }

  async revoke(id: string): Promise<ApiKey | undefined> {
    for (;;) {
      const found = await this.#records.get(id);
      if (!found || found.value.revokedAt !== undefined) return found && withoutHash(found.value);
      const revoked: ApiKeyRecord = { ...found.value, revokedAt: this.#clock.nowMs() };
      try {
        return withoutHash((await this.#records.put(id, revoked, found.sequence)).value);
      } catch (reason) {
        // Somebody noted a use of it, or revoked it too.
        if (LongarmError.from(reason).code !== "conflict") throw reason;
      }
    }
  }

  /** Resolves once every use that was to be noted is, or could not be. */
  async settled(): Promise<void> {
    await Promise.all(this.#noting.values());
  }

  #isValid({ revokedAt, expiresAt }: ApiKey): boolean {
    return revokedAt === undefined && (expiresAt === undefined || expiresAt > this.#clock.nowMs());
  }

  /** Behind the record that was read, so that no note can undo a revocation; one that is lost is made again at a later use. */
  #noteUse({ value, sequence }: Revised<ApiKeyRecord>): void {
    const nowMs = this.#clock.nowMs();
    if (this.#noting.has(value.id) || nowMs - (value.lastUsedAt ?? 0) < useWorthWritingMs) return;
    const noted = this.#records.put(value.id, { ...value, lastUsedAt: nowMs }, sequence).then(
      () => undefined,
      () => undefined,
    );
    this.#noting.set(
      value.id,
      noted.finally(() => this.#noting.delete(value.id)),
    );
  }
}
