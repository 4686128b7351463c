import { type Clock, type EffectClass, LongarmError } from "@longarm/shared";
import {
  type BaseUrl,
  type Gate,
  type GateStep,
  type Permit,
  readBaseUrl,
  type Reach,
  reachOf,
  type RestRequest,
  toHttpUrl,
  toPageTarget,
} from "@longarm/shared/rest";
import { judge } from "../decide/policy/judge.ts";
import type { PolicyRule, SitePolicy } from "../decide/policy/policy.ts";
import { type Bucket, fullBucket, take } from "../decide/policy/rate.ts";

/** Requests that one call makes: its own, and the one for an access token. */
type CallToCheck = Pick<RestRequest, "baseUrl" | "path" | "query" | "method" | "effect" | "auth"> & {
  readonly bodyBytes: number;
  /** Of a call that follows pages. */
  readonly resumeAt?: string;
};

/** What a gate rests on. */
export interface SiteGateDeps {
  /** The policy that holds now; undefined: the site has none. */
  readonly policy: () => SitePolicy | undefined;
  readonly clock: Clock;
}

/** What stands in the place of a policy's hash where there is none. */
export const noPolicy = "none";

// Pages of a stream come evenly then; what would take longer is better told, so that another agent may do it.
const longestWaitMs = 10_000;

/** Holds calls to the site's policy, as it is at the time of each request. */
export class SiteGate {
  readonly #deps: SiteGateDeps;
  readonly #buckets = new WeakMap<PolicyRule, Bucket>();
  readonly #reaches = new WeakMap<PolicyRule, Reach>();
  /** The base URL read last: call after call names the same few connections. */
  #base: { readonly text: string; readonly url: BaseUrl } | undefined;

  constructor(deps: SiteGateDeps) {
    this.#deps = deps;
  }

  /** Why the call may not be made, or undefined. What it allows, a request of the call's gate is asked for again when it leaves. */
  check(call: CallToCheck): LongarmError | undefined {
    const policy = this.#deps.policy();
    if (!policy) return undefined;
    try {
      for (const { step, effect } of stepsOf(call, this.#baseOf(call.baseUrl))) {
        const rule = this.#judged(policy, step, effect);
        if (rule instanceof LongarmError) return rule;
        const afterMs = this.#waitMs(rule);
        if (afterMs > 0) return tooMany(policy, rule, afterMs);
      }
      return undefined;
    } catch (reason) {
      const { message } = LongarmError.from(reason);
      return denial(policy, message, { reason: "path" });
    }
  }

  /** The gate of a call of this effect. It waits for a rate; everything else it answers at once. */
  gateFor(effect: EffectClass): Gate {
    return async (step, signal) => {
      for (let waitedMs = 0; ;) {
        const policy = this.#deps.policy();
        if (!policy) return { by: "the absence of a policy", policyHash: noPolicy };
        const rule = this.#judged(policy, step, effectOf(step, effect));
        if (rule instanceof LongarmError) return rule;
        const afterMs = this.#take(rule);
        if (afterMs === 0) return this.#permit(policy, rule);
        waitedMs += afterMs;
        if (waitedMs > longestWaitMs) return tooMany(policy, rule, afterMs);
        await this.#deps.clock.sleep(afterMs, signal);
      }
    };
  }

  #baseOf(text: string): BaseUrl {
    if (this.#base?.text !== text) this.#base = { text, url: readBaseUrl(text) };
    return this.#base.url;
  }

  #judged(policy: SitePolicy, step: GateStep, effect: EffectClass): PolicyRule | LongarmError {
    const { origin, method, path, bodyBytes } = step;
    const verdict = judge(policy, { origin, method, path, effect, bodyBytes, nowMs: this.#deps.clock.nowMs() });
    if (verdict.kind === "allowed") return verdict.rule;
    const { nearest } = verdict;
    const about = { method, path: path.slice(0, 200), origin, effect };
    return denial(policy, verdict.sentence, {
      ...about,
      ...(nearest ? { reason: nearest.aspect, nearestRule: nearest.rule } : { reason: "path" }),
    });
  }

  #permit(policy: SitePolicy, rule: PolicyRule): Permit {
    const limits = { timeoutMs: rule.maxMs, maxResponseBytes: rule.maxResponseBytes };
    return {
      by: `rule "${rule.name}" of the site's policy`,
      policyHash: policy.hash,
      policyRule: rule.name,
      reach: this.#reachOf(rule),
      ...limits,
    };
  }

  #reachOf(rule: PolicyRule): Reach {
    const known = this.#reaches.get(rule) ?? reachOf(rule.addresses);
    this.#reaches.set(rule, known);
    return known;
  }

  /** Takes one request of the rule's rate: 0, or in how many milliseconds there will be one to take. */
  #take(rule: PolicyRule): number {
    if (!rule.rate) return 0;
    const nowMs = this.#deps.clock.monotonicMs();
    const taken = take(rule.rate, this.#buckets.get(rule) ?? fullBucket(rule.rate, nowMs), nowMs);
    if (taken.kind === "empty") return taken.afterMs;
    this.#buckets.set(rule, taken.bucket);
    return 0;
  }

  #waitMs(rule: PolicyRule): number {
    if (!rule.rate) return 0;
    const nowMs = this.#deps.clock.monotonicMs();
    const taken = take(rule.rate, this.#buckets.get(rule) ?? fullBucket(rule.rate, nowMs), nowMs);
    return taken.kind === "empty" ? taken.afterMs : 0;
  }
}

// What asks for a token changes nothing in the target, whatever the call does that it is for.
function effectOf({ purpose }: Pick<GateStep, "purpose">, effect: EffectClass): EffectClass {
  return purpose === "token" ? "read" : effect;
}

function stepsOf(call: CallToCheck, base: BaseUrl): readonly { readonly step: GateStep; readonly effect: EffectClass }[] {
  const { origin } = base;
  const first = call.resumeAt === undefined ? toHttpUrl(base, call.path, call.query) : toPageTarget(base, call.resumeAt);
  if (!first) throw new LongarmError("policy_denied", "The page to begin with does not lie under the call's base URL.");
  const own: GateStep = { purpose: "call", method: call.method, origin, path: first.path, bodyBytes: call.bodyBytes };
  if (call.auth.scheme !== "oauth") return [{ step: own, effect: call.effect }];
  const { path } = toHttpUrl(base, call.auth.client.tokenPath, []);
  const token: GateStep = { purpose: "token", method: "POST", origin, path, bodyBytes: 0 };
  return [
    { step: own, effect: call.effect },
    { step: token, effect: effectOf(token, call.effect) },
  ];
}

function denial({ hash }: SitePolicy, sentence: string, details: Readonly<Record<string, unknown>>): LongarmError {
  return new LongarmError("policy_denied", `${sentence} Nothing was sent.`, { details: { ...details, policyHash: hash } });
}

function tooMany({ hash }: SitePolicy, { name, rate }: PolicyRule, afterMs: number): LongarmError {
  const sentence = `Rule "${name}" of the site's policy allows ${rate?.requests} requests in ${(rate?.perMs ?? 0) / 1_000} s, and these are used up. Nothing was sent.`;
  return new LongarmError("policy_denied", sentence, {
    retryable: true,
    details: { reason: "rate", rule: name, retryAfterMs: afterMs, policyHash: hash },
  });
}
