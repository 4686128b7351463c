/**
 * What may be repeated. `read`: freely. `converge`: after reading the state. `create`: only after reading back that it is
 * absent. `once`: never by us.
 */
export const effectClasses = ["read", "converge", "create", "once"] as const;
export type EffectClass = (typeof effectClasses)[number];

/** May the target have seen a call that failed? `not_sent` may always be placed again; `unknown` is settled by the effect class. */
export type Delivery = "not_sent" | "unknown";

/** For this long, in milliseconds, a call may still begin after it was written down or published; afterwards an agent refuses it. */
export const dispatchMs = 10_000;

/** Must an intent stand in the run's log before such a call leaves? */
export function needsIntent(effect: EffectClass): boolean {
  return effect !== "read";
}

/** May a call of this class be sent again, without further ado, when nobody knows whether the last try took effect? */
export function isRepeatable(effect: EffectClass): boolean {
  return effect === "read" || effect === "converge";
}
