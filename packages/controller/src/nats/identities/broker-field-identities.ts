import { type AgentId, type Clock, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { RevocationList } from "@nats-io/jwt";
import type { BootstrapTerms, FieldIdentities, FieldUser } from "../../ports/field-identities.ts";
import type { RevocationStore } from "../../ports/revocation-store.ts";
import { type AccountClaimsDesk, claimsOf } from "./account-claims-desk.ts";
import type { BrokerKeys } from "./broker-keys.ts";
import { accountJwt } from "./claims.ts";
import { isUserKey, mintUser, pairOf } from "./mint.ts";
import { type AllowList, agentInField, joinerInField } from "./permissions.ts";

/** What the identities stand on. */
export interface FieldIdentitiesDeps {
  readonly keys: BrokerKeys;
  readonly desk: AccountClaimsDesk;
  readonly revocations: RevocationStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long an agent's JWT lasts at most. */
export const agentJwtMs = 3_600_000;
// An agent subscribes to its own subjects and to little else; a joiner to one.
const subscriptions = { agent: 16, joiner: 2 } as const;
// Each means that another controller wrote in between.
const mostAttempts = 20;
// The broker compares the time of the revocation with the time of the JWT, and another controller, whose clock may be ahead, made that.
const clockDoubtSeconds = 7_200;
// A clock that is far ahead is not waited for.
const longestWaitSeconds = 2;
// No JWT is left of a key by then: what an agent comes back with lasts the longest, 90 days.
const keptSeconds = 100 * 86_400;

/** Account FIELD's users, made with its signing key and taken back through the operator's. */
export class BrokerFieldIdentities implements FieldIdentities {
  readonly #deps: FieldIdentitiesDeps;
  #last: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(deps: FieldIdentitiesDeps) {
    this.#deps = deps;
  }

  mintAgent(agent: AgentId, key: string, options: { readonly ttlMs?: number } = {}): Promise<FieldUser> {
    const ttlMs = Math.min(options.ttlMs ?? agentJwtMs, agentJwtMs);
    return this.#mint({ name: agent, key, ttlMs, allow: agentInField(agent), subscriptions: subscriptions.agent });
  }

  mintBootstrap(token: string, key: string, { ttlMs, sources }: BootstrapTerms): Promise<FieldUser> {
    return this.#mint({
      name: `join ${token}`,
      key,
      ttlMs,
      ...(sources && { sources }),
      allow: joinerInField(token),
      subscriptions: subscriptions.joiner,
    });
  }

  async revoke(key: string): Promise<void> {
    assertUserKey(key);
    // Written down first: whichever controller tells the broker next tells it of this key too.
    await this.#deps.revocations.put(key, { key, at: this.#nowSeconds() + clockDoubtSeconds });
    await this.enforce();
  }

  /**
   * Brings the broker's claims of FIELD up to what is written down: after a revocation, at a controller's start, and after a broker was
   * set back to an older state. Also lets go of what no JWT can be left of.
   */
  enforce(): Promise<void> {
    // One at a time; whoever comes while one is under way shares the one after it, which begins with what they wrote down.
    this.#next ??= this.#last
      .catch(() => undefined)
      .then(() => {
        this.#last = this.#next ?? this.#last;
        this.#next = undefined;
        return this.#enforce();
      });
    return this.#next;
  }

  async #enforce(): Promise<void> {
    await this.#forgetOld();
    await this.#deps.desk.open(async (claims) => {
      const { keys } = this.#deps;
      const own = claimsOf(keys.accounts.field.jwt);
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const wanted = await this.#wanted();
        const held = await claims.read(keys.accounts.field.id);
        // Keys may have been replaced since these were read, or in these and not on the broker yet: the later word counts.
        const isBehind = held === undefined || held.issuedAt < own.issuedAt;
        if (!isBehind && covers(held.revocations, wanted)) return;
        // What is there stays: another controller may have told the broker of a key that this one has not read yet.
        const revocations = newest(held?.revocations ?? {}, wanted, this.#nowSeconds() - keptSeconds);
        const { signers } = isBehind ? own : held;
        await this.#untilLater(held?.issuedAt);
        const { id } = keys.accounts.field;
        await claims.replace(await accountJwt({ role: "field", id, signers, revocations }, pairOf(keys.operator.signing)));
        this.#deps.logger.info({ revoked: Object.keys(revocations).length }, "The broker was told which agents' keys are revoked.");
        // Read once more: two controllers that do this at once may have overwritten each other.
      }
      throw new LongarmError("broker_unavailable", "The broker does not keep the revocations that it is told.", { retryable: true });
    });
  }

  async #mint(user: {
    readonly name: string;
    readonly key: string;
    readonly ttlMs: number;
    readonly allow: AllowList;
    readonly subscriptions: number;
    readonly sources?: readonly string[];
  }): Promise<FieldUser> {
    const { ttlMs, ...claims } = user;
    assertUserKey(claims.key);
    const expiresAt = this.#nowSeconds() + Math.floor(ttlMs / 1_000);
    const jwt = await mintUser(this.#deps.keys.accounts.field, { ...claims, expiresAt });
    return { jwt, expiresAtMs: expiresAt * 1_000 };
  }

  async #wanted(): Promise<RevocationList> {
    const listed = await this.#deps.revocations.list();
    return Object.fromEntries(listed.map(({ value }) => [value.key, value.at]));
  }

  // A server that was away takes from the others what was issued later, and of two claims of one second it keeps its own.
  async #untilLater(issuedAt = 0): Promise<void> {
    const aheadSeconds = Math.min(issuedAt - this.#nowSeconds(), longestWaitSeconds);
    if (aheadSeconds >= 0) await this.#deps.clock.sleep((aheadSeconds + 1) * 1_000);
  }

  async #forgetOld(): Promise<void> {
    const { revocations } = this.#deps;
    const before = this.#nowSeconds() - keptSeconds;
    for (const { value } of await revocations.list()) if (value.at < before) await revocations.remove(value.key);
  }

  // The broker compares with the seconds at which JWTs were made, and those stand under the wall clock.
  #nowSeconds(): number {
    return Math.floor(this.#deps.clock.nowMs() / 1_000);
  }
}

function assertUserKey(key: string): void {
  if (!isUserKey(key)) throw new LongarmError("invalid_request", `"${key.slice(0, 80)}" is no public user key of the broker (U…).`);
}

function covers(held: RevocationList, wanted: RevocationList): boolean {
  return Object.entries(wanted).every(([key, at]) => (held[key] ?? 0) >= at);
}

function newest(held: RevocationList, wanted: RevocationList, notBefore: number): RevocationList {
  const keys = new Set([...Object.keys(held), ...Object.keys(wanted)]);
  const latest = [...keys].map((key) => [key, Math.max(held[key] ?? 0, wanted[key] ?? 0)] as const);
  return Object.fromEntries(latest.filter(([, at]) => at >= notBefore));
}
