import { LongarmError, systemClock, type Clock, type Secret } from "@longarm/shared";
import type { ApiKey, ApiKeyRecord, ApiKeyStore } from "../ports/api-key-store.ts";
import type { DefinitionStore } from "../ports/connection-store.ts";
import { hashToken, idOfToken, matchesHash } from "./api-token.ts";

// What the token of an unknown key is compared with, so that it takes as long as that of a known one.
const noHash = hashToken("");

function withoutHash({ id, principal, scopes, createdAt }: ApiKeyRecord): ApiKey {
  return { id, principal, scopes, createdAt };
}

/** API keys as definitions that hold the hash of their token. */
export class HashedApiKeyStore implements ApiKeyStore {
  readonly #records: DefinitionStore<ApiKeyRecord>;
  readonly #clock: Clock;

  constructor(deps: { readonly records: DefinitionStore<ApiKeyRecord>; readonly clock?: Clock }) {
    this.#records = deps.records;
    this.#clock = deps.clock ?? systemClock;
  }

  async add(token: Secret, { principal, scopes }: { readonly principal: string; readonly scopes: readonly string[] }): Promise<ApiKey> {
    const id = idOfToken(token.reveal());
    if (id === undefined) throw new LongarmError("invalid_request", "This is no API token: make one with newApiToken.");
    const record: ApiKeyRecord = { id, principal, scopes, createdAt: this.#clock.nowMs(), tokenHash: hashToken(token.reveal()) };
    return withoutHash((await this.#records.put(id, record, 0)).value);
  }

  async findByToken(token: string): Promise<ApiKey | undefined> {
    const id = idOfToken(token);
    if (id === undefined) return undefined;
    const record = (await this.#records.get(id))?.value;
    const isRight = matchesHash(token, record?.tokenHash ?? noHash);
    return record && isRight ? withoutHash(record) : undefined;
  }

  async list(): Promise<readonly ApiKey[]> {
    return (await this.#records.list()).map(({ value }) => withoutHash(value));
  }

  remove(id: string): Promise<boolean> {
    return this.#records.remove(id);
  }
}
