import type { EffectClass } from "@longarm/shared";
import { type Case, type Evidence, isAccepted } from "./evidence.ts";
import { isWished } from "./failures.ts";
import type { Outage } from "./outage.ts";
import type { Recovery, Spread } from "./recovery.ts";

/** One figure that must not be exceeded. */
export interface Limit {
  readonly what: string;
  /** Null: there was nothing to measure it on. */
  readonly measured: number | null;
  readonly most: number;
  readonly unit: "ms" | "runs" | "MiB" | "processes";
  readonly verdict: "kept" | "exceeded" | "not shown";
}

// What the table of the guarantees promises.
const noticedWithinMs = 5_000;
const elsewhereWithinMs = 10_000;
const failoverWithinMs = 10_000;

/** The largest share of runs that may fail, or of a class that may end unknown: with more, every promise were easily kept. */
const mostFailedShare = 0.1;
const mostUnknownShares: Readonly<Record<EffectClass, number>> = { read: 0, converge: 0.03, create: 0.1, once: 0.25 };
// A share of a handful of runs says nothing.
const alwaysAllowed = 3;

/** Every limit, and whether it was kept. */
export function limitsOf({ cases }: Pick<Evidence, "cases">, recovery: Recovery): readonly Limit[] {
  return [
    timeLimit("agent's death noticed, p99", recovery.agentDeathNoticed, noticedWithinMs),
    timeLimit("reads of a dead agent answered elsewhere, p99", recovery.readsAnsweredElsewhere, elsewhereWithinMs),
    timeLimit("failover of a dead controller's runs, p99", recovery.failover, failoverWithinMs),
    failedLimit(cases),
    ...Object.entries(mostUnknownShares).map(([effect, share]) => unknownLimit(cases, effect, share)),
  ];
}

// Beside what is open, an outage is to cost nothing that grows with its length; a heap that is used more lets itself grow this much.
const growthMiB = 128;
const againWithinMs = 10_000;

/** The limits of an outage of the broker; none where there was none. */
export function limitsOfOutage(outage: Outage | null): readonly Limit[] {
  if (!outage) return [];
  const growth = outage.memory.map(({ beforeMiB, mostMiB }) => mostMiB - beforeMiB);
  return [
    limit({ what: "accepted again after the broker's return", measured: outage.acceptedAgainMs, most: againWithinMs, unit: "ms" }),
    limit({ what: "memory grown by", measured: growth.length === 0 ? null : Math.max(...growth), most: growthMiB, unit: "MiB" }),
    limit({ what: "processes that ended meanwhile", measured: outage.restarted.length, most: 0, unit: "processes" }),
  ];
}

function timeLimit(what: string, spread: Spread | null, most: number): Limit {
  return limit({ what, measured: spread?.p99 ?? null, most, unit: "ms" });
}

function failedLimit(cases: readonly Case[]): Limit {
  const accepted = cases.filter(isAccepted);
  const failed = accepted.filter((one) => one.run?.status === "failed" && !isWished(one, one.run));
  return limit({ what: "failed", measured: failed.length, most: mostOf(accepted, mostFailedShare), unit: "runs" });
}

function unknownLimit(cases: readonly Case[], effect: string, share: number): Limit {
  const ofClass = cases.filter((one) => one.plan.effect === effect && isAccepted(one));
  const unknown = ofClass.filter(({ run }) => run?.status === "outcome_unknown");
  return limit({ what: `unknown of ${effect}`, measured: unknown.length, most: mostOf(ofClass, share), unit: "runs" });
}

function mostOf(all: readonly Case[], share: number): number {
  return share === 0 ? 0 : Math.max(alwaysAllowed, Math.floor(all.length * share));
}

function limit(of: Omit<Limit, "verdict">): Limit {
  if (of.measured === null) return { ...of, verdict: "not shown" };
  return { ...of, verdict: of.measured <= of.most ? "kept" : "exceeded" };
}
