import { randomBytes } from "node:crypto";
import { LongarmError, Secret, type Clock } from "@longarm/shared";
import type { ApiKey, ApiKeyStore, ApiKeyWish } from "../ports/api-key-store.ts";
import type { DefinitionStore, Revised } from "../ports/connection-store.ts";
import type { LoginCodeRecord, LoginDesk } from "../ports/login-desk.ts";
import { hashToken, matchesHash, newApiToken } from "./api-token.ts";

/** llc_<id>_<secret>: as an API token, but good for one exchange only. */
const form = /^llc_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;
const noHash = hashToken("");
const minuteMs = 60_000;
const codeLivesMs = 15 * minuteMs;
const keyLivesMs = 12 * 60 * minuteMs;

interface Deps {
  readonly records: DefinitionStore<LoginCodeRecord>;
  readonly keys: ApiKeyStore;
  readonly clock: Clock;
}

/** One-time codes in a store that all controllers share: whoever marks the code as used, by compare and set, has it. */
export class LoginCodes implements LoginDesk {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async issue(wish: ApiKeyWish): Promise<{ readonly code: Secret; readonly expiresAt: number }> {
    const { records, clock } = this.#deps;
    await this.#forgetOld();
    const id = randomBytes(8).toString("hex");
    const code = new Secret(`llc_${id}_${randomBytes(32).toString("base64url")}`);
    const expiresAt = clock.nowMs() + codeLivesMs;
    await records.put(id, { id, codeHash: hashToken(code.reveal()), wish, expiresAt }, 0);
    return { code, expiresAt };
  }

  async redeem(code: string): Promise<{ readonly token: Secret; readonly key: ApiKey }> {
    const { keys, clock } = this.#deps;
    const wish = await this.#use(code);
    const token = newApiToken();
    const latest = clock.nowMs() + keyLivesMs;
    const life = wish.expiresAt === undefined ? { expiresAt: latest, isSession: true } : { expiresAt: Math.min(wish.expiresAt, latest) };
    const key = await keys.add(token, { ...wish, ...life });
    return { token, key };
  }

  async #use(code: string): Promise<ApiKeyWish> {
    const { records, clock } = this.#deps;
    const id = form.exec(code)?.[1];
    const found = id === undefined ? undefined : await records.get(id);
    const isRight = matchesHash(code, found?.value.codeHash ?? noHash);
    if (!found || !isRight) throw notValid("it is wrong, or long past");
    const { value } = found;
    if (value.usedAt !== undefined) throw notValid("it was used before");
    if (value.expiresAt <= clock.nowMs()) throw notValid("its time is over");
    await this.#mark(found);
    return value.wish;
  }

  async #mark({ value, sequence }: Revised<LoginCodeRecord>): Promise<void> {
    const { records, clock } = this.#deps;
    try {
      await records.put(value.id, { ...value, usedAt: clock.nowMs() }, sequence);
    } catch (reason) {
      if (LongarmError.from(reason).code === "conflict") throw notValid("it was used before");
      throw reason;
    }
  }

  async #forgetOld(): Promise<void> {
    const { records, clock } = this.#deps;
    const old = (await records.list()).filter(({ value }) => value.expiresAt + keyLivesMs < clock.nowMs());
    for (const { value } of old) await records.remove(value.id);
  }
}

function notValid(why: string): LongarmError {
  return new LongarmError("unauthorized", `The login code is not valid: ${why}. Have a new one made with \`longarm login new\`.`);
}
