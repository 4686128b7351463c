import { isDeepStrictEqual } from "node:util";
import { type AgentId, type Clock, type ErrorCode, LongarmError, returnTicketOf } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { keyFingerprint, signedByKnocker, userNkey, VerifyingKey } from "@longarm/shared/seal";
import { type AgentRights, type KnockingMessage, type KnockVerdict, protocolFault } from "@longarm/shared/wire";
import { type AskingGround, type AskingVerdict, judgeAsking } from "../decide/judge-asking.ts";
import type { Revised } from "../ports/connection-store.ts";
import { type AgentGrant, type AgentGrantKeys, type AgentStore, fingerprintOf, writtenKeys } from "../ports/agent-store.ts";
import type { FieldIdentities } from "../ports/field-identities.ts";
import type { JoinToken } from "../ports/join-token-store.ts";
import { Challenges } from "./challenges.ts";
import type { JoinTokens } from "./join-tokens.ts";

/** What the gate stands on. */
export interface GateDeps {
  readonly tokens: JoinTokens;
  readonly store: AgentStore;
  readonly identities: FieldIdentities;
  /** Another agent that was let in under this name. */
  readonly namesake: (name: string, than: AgentId) => AgentId | undefined;
  /** How many agents wait for an administrator that asked with this join token. */
  readonly waiting: (token: string) => number;
  /** Told of each grant that was stored. */
  readonly onGrant: (grant: AgentGrant) => void;
  /** How long the right to work lasts; default: as long as it may. */
  readonly workMs?: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long an agent that was away may come back by itself. */
export const returnTtlMs = 90 * 24 * 3_600_000;

/** So many may wait for an administrator under one token: whoever holds it could otherwise fill the store. */
export const mostWaiting = 256;
const crowded: KnockVerdict = {
  kind: "held",
  reason: "pending",
  sentence: `${mostWaiting} agents wait under this join token already: an administrator decides on them first, or gives you another token.`,
};

type Shown = { readonly ground: NonNullable<AskingGround["token"]>; readonly token?: JoinToken } | undefined;

/** Decides who becomes an agent, and gives agents the broker's rights. Every controller has one; they come to the same. */
export class Gate {
  readonly #deps: GateDeps;
  readonly #challenges: Challenges;

  constructor(deps: GateDeps) {
    this.#deps = deps;
    this.#challenges = new Challenges(deps.clock);
  }

  /** What becomes of an asking that came under this ticket, for which the broker vouches. */
  async settle(ticket: string, knocking: KnockingMessage): Promise<KnockVerdict> {
    const flaw = flawOf(knocking);
    if (flaw) return flaw;
    const isReturn = ticket === returnTicketOf(knocking.agentId);
    const shown = isReturn ? undefined : await this.#redeem(ticket, knocking);
    for (;;) {
      const stored = await this.#deps.store.get(knocking.agentId);
      if (stored?.value.keys && !isDeepStrictEqual(stored.value.keys, writtenKeys(knocking.keys)))
        return otherKeys(knocking, stored.value.keys);
      const verdict = this.#judge(knocking, stored?.value, shown);
      if (verdict.kind === "refuse") return refusal(verdict.code, verdict.sentence);
      if (verdict.kind === "hold" && !stored && this.#deps.waiting(ticket) >= mostWaiting) return crowded;
      if (stored && needsChallenge(verdict, stored.value) && !this.#challenges.isAnswered(knocking)) return this.#challenges.of(knocking);
      const grant = granted(verdict, { knocking, before: stored?.value, token: shown?.token, nowMs: this.#deps.clock.nowMs() });
      if (!(await this.#stored(grant, stored))) continue;
      return this.#answer(verdict, grant, knocking);
    }
  }

  /** Fresh rights for an agent that is in; undefined for one that is to have none. */
  async renew({ id, keys, desired }: AgentGrant): Promise<AgentRights | undefined> {
    if (!keys || desired === "revoked" || desired === "pending") return undefined;
    return this.#rights(id, Buffer.from(keys.identity, "base64url"));
  }

  async #rights(agent: AgentId, identity: Uint8Array): Promise<AgentRights> {
    const key = userNkey(identity);
    const { workMs } = this.#deps;
    const [work, back] = await Promise.all([
      this.#deps.identities.mintAgent(agent, key, workMs === undefined ? {} : { ttlMs: workMs }),
      this.#deps.identities.mintBootstrap(returnTicketOf(agent), key, { ttlMs: returnTtlMs }),
    ]);
    return { jwt: work.jwt, returnJwt: back.jwt };
  }

  async #redeem(ticket: string, { agentId: agent, secret = "", keys }: KnockingMessage): Promise<Shown> {
    const redemption = await this.#deps.tokens.redeem(ticket, secret, { agent, fingerprint: keyFingerprint(keys.signing) });
    if (redemption.kind === "refused") return { ground: { allows: "nothing", sentence: redemption.sentence } };
    return { ground: { allows: redemption.kind === "admitted" ? "entry" : "asking" }, token: redemption.token };
  }

  #judge(knocking: KnockingMessage, before: AgentGrant | undefined, shown: Shown): AskingVerdict {
    const { agentId: agent, name, generation, nonce, keys } = knocking;
    const known = before && {
      fingerprint: before.keys ? fingerprintOf(before.keys) : keyFingerprint(keys.signing),
      name: before.name,
      standing: standingOf(before),
      generation: before.generation,
      nonce: before.nonce,
    };
    const namesake = this.#deps.namesake(name, agent);
    return judgeAsking(
      { agent, name, generation, nonce, fingerprint: keyFingerprint(keys.signing) },
      { known, namesake, token: shown?.ground },
    );
  }

  async #stored(grant: AgentGrant, before: Revised<AgentGrant> | undefined): Promise<boolean> {
    const isKnown = before !== undefined && JSON.stringify(before.value) === JSON.stringify(grant);
    try {
      this.#deps.onGrant(isKnown ? grant : (await this.#deps.store.put(grant.id, grant, before?.sequence ?? 0)).value);
      return true;
    } catch (reason) {
      // Another controller answers the same asking; what it stored is judged once more.
      if (LongarmError.from(reason).code !== "conflict") throw reason;
      return false;
    }
  }

  async #answer(verdict: Exclude<AskingVerdict, { kind: "refuse" }>, grant: AgentGrant, knocking: KnockingMessage): Promise<KnockVerdict> {
    const { logger } = this.#deps;
    const { id: agent, name: agentName } = grant;
    if (verdict.kind === "quarantine") {
      logger.error({ agent, agentName }, "an agent seems to run twice, from copies of one data directory: it is quarantined");
      return { kind: "held", reason: "quarantined", sentence: verdict.sentence };
    }
    if (verdict.kind === "hold") {
      const fingerprint = keyFingerprint(knocking.keys.signing);
      const sentence =
        `Agent "${agentName}" (${agent}) waits for an administrator, who compares its fingerprint ${fingerprint} and then runs ` +
        `"longarm agents approve ${agent}".`;
      return { kind: "held", reason: "pending", sentence };
    }
    logger.info({ agent, agentName, generation: verdict.generation }, "an agent was let in");
    const rights = await this.#rights(agent, knocking.keys.identity);
    return { kind: "admitted", generation: verdict.generation, labels: grant.labels, ...rights };
  }
}

interface Circumstances {
  readonly knocking: KnockingMessage;
  readonly before: AgentGrant | undefined;
  readonly token: JoinToken | undefined;
  readonly nowMs: number;
}

/** What is stored after a verdict. */
function granted(verdict: Exclude<AskingVerdict, { kind: "refuse" }>, { knocking, before, token, nowMs }: Circumstances): AgentGrant {
  const { agentId: id, name, nonce, keys, facts, labels } = knocking;
  const base = { ...before, id, name, enrolledAt: before?.enrolledAt ?? nowMs, keys: writtenKeys(keys) };
  if (verdict.kind === "quarantine") return { ...base, labels: before?.labels ?? {}, desired: "quarantined" };
  const shown = token && { token: token.id };
  if (verdict.kind === "hold") {
    const proposed = { labels: { ...token?.labels, ...labels }, hostname: facts.hostname };
    return { ...base, ...shown, labels: before?.labels ?? {}, desired: "pending", proposed };
  }
  const given = (token?.kind === "once" ? token.labels : before?.labels) ?? {};
  const desired = before === undefined || before.desired === "pending" ? "up" : before.desired;
  const { proposed: _, ...settled } = base;
  return { ...settled, ...shown, labels: given, desired, generation: verdict.generation, nonce };
}

/** An old knock, sent again by somebody, would bring this about too. */
function needsChallenge({ kind }: AskingVerdict, { desired, generation }: AgentGrant): boolean {
  if (kind === "quarantine") return desired !== "quarantined";
  return kind === "admit" && desired !== "pending" && generation === undefined;
}

function standingOf({ desired }: AgentGrant): "pending" | "admitted" | "quarantined" | "revoked" {
  return desired === "pending" || desired === "quarantined" || desired === "revoked" ? desired : "admitted";
}

// All of them: a way in under a key that is not on record would outlast the agent's revocation.
function otherKeys({ agentId }: KnockingMessage, keys: AgentGrantKeys): KnockVerdict {
  const sentence = `Agent ${agentId} is known by other keys (${fingerprintOf(keys)}); a new agent needs a data directory of its own.`;
  return refusal("enrolment_refused", sentence);
}

function refusal(code: ErrorCode, sentence: string): KnockVerdict {
  return { kind: "refused", error: new LongarmError(code, sentence).toBody() };
}

/** What is wrong with an asking whoever makes it. */
function flawOf(knocking: KnockingMessage): KnockVerdict | undefined {
  const { name, keys, proof, protocol } = knocking;
  const unspoken = protocolFault(name, protocol);
  if (unspoken) return { kind: "refused", error: unspoken.toBody() };
  const excess = excessOf(knocking);
  if (excess) return refusal("enrolment_refused", `Agent "${name}" asks with ${excess}.`);
  if (new VerifyingKey(keys.signing).verify("enrolment", signedByKnocker(knocking), proof)) return undefined;
  return refusal("enrolment_refused", `Agent "${name}" does not prove that its keys are its own.`);
}

// What an administrator may grant, and no more: it is stored before anybody has decided.
const most = { labels: 64, values: 100, valueLength: 256, nonceLength: 128, hostnameLength: 255 } as const;

function excessOf({ labels, nonce, facts }: KnockingMessage): string | undefined {
  const named = Object.entries(labels);
  if (named.length > most.labels) return `more than ${most.labels} labels`;
  for (const [name, value] of named) {
    const values = [value].flat();
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) return "a label whose name is none";
    if (values.length > most.values || values.some((one) => one.length > most.valueLength)) return `too much in its label ${name}`;
  }
  if (nonce.length > most.nonceLength) return "too long a nonce";
  return facts.hostname.length > most.hostnameLength ? "too long a host name" : undefined;
}
