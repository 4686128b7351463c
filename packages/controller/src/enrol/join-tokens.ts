import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { type AgentId, type Clock, LongarmError, Secret } from "@longarm/shared";
import type { JoinTokenRequest } from "../ports/join-desk.ts";
import type { JoinToken, JoinTokenKind, JoinTokenStore } from "../ports/join-token-store.ts";

/** How long a token may be used at most: one that is used once lets an agent in by itself, one that may only ask does not. */
export const longestTokenMs: Readonly<Record<JoinTokenKind, number>> = { once: 15 * 60_000, ask: 90 * 24 * 3_600_000 };

/** Who shows a token. */
export interface Bearer {
  readonly agent: AgentId;
  /** Of the agent's public keys. */
  readonly fingerprint: string;
}

/** What showing a token came to. */
export type Redemption =
  | { readonly kind: "admitted"; readonly token: JoinToken }
  | { readonly kind: "asking"; readonly token: JoinToken }
  | { readonly kind: "refused"; readonly sentence: string };

function hashSecret(secret: string): string {
  return hash("sha256", secret, "base64url");
}

const noHash = hashSecret("");

function refused(sentence: string): Redemption {
  return { kind: "refused", sentence };
}

/**
 * The join tokens of the installation. One that is used once is used up by compare and set: of any number of agents that show it
 * at the same time, on whichever controllers, one comes in. The same agent may show it again, in case that the answer was lost.
 */
export class JoinTokens {
  readonly #store: JoinTokenStore;
  readonly #clock: Clock;

  constructor(deps: { readonly store: JoinTokenStore; readonly clock: Clock }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
  }

  /** Makes a token; its secret is in this answer and nowhere else. Throws `invalid_request` for a life that is too long. */
  async issue(request: JoinTokenRequest): Promise<{ readonly token: JoinToken; readonly secret: Secret }> {
    const { kind, labels, sources, ttlMs, createdBy } = request;
    if (ttlMs <= 0 || ttlMs > longestTokenMs[kind]) {
      const sentence = `A token of kind "${kind}" lives at most ${longestTokenMs[kind] / 60_000} minutes; give it a shorter life.`;
      throw new LongarmError("invalid_request", sentence);
    }
    await this.#dropExpired();
    const id = `jt_${randomBytes(8).toString("hex")}`;
    const secret = randomBytes(32).toString("base64url");
    const createdAt = this.#clock.nowMs();
    const record = { id, kind, labels, sources, createdBy, createdAt, expiresAt: createdAt + ttlMs, secretHash: hashSecret(secret) };
    const { value } = await this.#store.put(id, record, 0);
    return { token: value, secret: new Secret(secret) };
  }

  /** What may whoever shows this token's secret do? A token that is used once is used up by this. */
  async redeem(id: string, secret: string, bearer: Bearer): Promise<Redemption> {
    for (;;) {
      const found = await this.#store.get(id);
      const isRight = timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(found?.value.secretHash ?? noHash));
      if (!found || !isRight) return refused("The join token is not this installation's, or was taken back; ask for a new one.");
      const { value: token, sequence } = found;
      // The one that came in with it may have lost the answer, and asks again.
      if (token.usedBy?.fingerprint === bearer.fingerprint && token.usedBy.agent === bearer.agent) return { kind: "admitted", token };
      if (token.usedBy) return refused("The join token was used by another agent already; ask for a new one.");
      if (token.expiresAt <= this.#clock.nowMs()) return refused("The join token has expired; ask for a new one.");
      if (token.kind === "ask") return { kind: "asking", token };
      try {
        const used = { ...token, usedBy: { ...bearer, at: this.#clock.nowMs() } };
        return { kind: "admitted", token: (await this.#store.put(id, used, sequence)).value };
      } catch (reason) {
        // Another agent, or the same one by another controller, was quicker: what it stored decides.
        if (LongarmError.from(reason).code !== "conflict") throw reason;
      }
    }
  }

  /** Those that can still be used, and for a day those that were or have expired. */
  async list(): Promise<readonly JoinToken[]> {
    return (await this.#store.list()).map(({ value }) => value);
  }

  /** Takes a token back; false when there is none of that id. */
  remove(id: string): Promise<boolean> {
    return this.#store.remove(id);
  }

  async #dropExpired(): Promise<void> {
    const before = this.#clock.nowMs() - keepExpiredMs;
    for (const { id, expiresAt } of await this.list()) if (expiresAt < before) await this.#store.remove(id);
  }
}

const keepExpiredMs = 24 * 3_600_000;
