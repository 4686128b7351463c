import type { Chance } from "../chance.ts";
import { type FaultKind, type FaultPlace, faultRules, type FaultRule, partsOf } from "./kinds.ts";

/** One fault of a schedule; milliseconds since its beginning. */
export interface PlannedFault {
  readonly id: number;
  readonly kind: FaultKind;
  readonly target: string;
  readonly atMs: number;
  readonly forMs: number;
  /** Bytes, calls or milliseconds, where the kind needs them. */
  readonly amount: number;
}

/** What a schedule is made of. */
export interface ScheduleWish {
  readonly kinds: readonly FaultKind[];
  /** What there is to strike at each place; a place without targets is left out. */
  readonly targets: Readonly<Partial<Record<FaultPlace, readonly string[]>>>;
  /** When the first fault may begin, and by when the last one must be over. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Between the beginnings of two faults, from and to. */
  readonly gapMs: readonly [number, number];
}

/**
 * A schedule of faults: every kind comes up once before any comes up again, in an order that chance gives, and none strikes a target
 * that still suffers from another one.
 */
export function planFaults(chance: Chance, wish: ScheduleWish): readonly PlannedFault[] {
  const planned: PlannedFault[] = [];
  const busyUntil = new Map<string, number>();
  const deck: FaultKind[] = [];
  for (let atMs = wish.fromMs; atMs < wish.toMs; atMs += chance.between(...wish.gapMs)) {
    if (deck.length < wish.kinds.length / 2) deck.push(...chance.shuffle(wish.kinds));
    const next = takeNext(deck, { chance, wish, atMs, busyUntil });
    if (!next) continue;
    planned.push({ ...next, id: planned.length + 1, atMs });
    busyUntil.set(next.target, atMs + next.forMs + ruleOf(next.kind).rest);
  }
  return planned;
}

interface Moment {
  readonly chance: Chance;
  readonly wish: ScheduleWish;
  readonly atMs: number;
  readonly busyUntil: ReadonlyMap<string, number>;
}

/** The first kind of the deck that can strike now; it is taken out. */
function takeNext(deck: FaultKind[], { chance, wish, atMs, busyUntil }: Moment): Omit<PlannedFault, "id" | "atMs"> | undefined {
  for (const [at, kind] of deck.entries()) {
    const rule = ruleOf(kind);
    const free = (wish.targets[partsOf(kind).place] ?? []).filter((target) => (busyUntil.get(target) ?? 0) <= atMs);
    if (free.length === 0 || atMs + rule.lasts[0] > wish.toMs) continue;
    const [least, most] = rule.lasts;
    const forMs = chance.between(least, Math.max(least, Math.min(most, wish.toMs - atMs)));
    deck.splice(at, 1);
    return { kind, target: chance.pick(free), forMs, amount: rule.amount ? chance.between(...rule.amount) : 0 };
  }
  return undefined;
}

function ruleOf(kind: FaultKind): FaultRule {
  return faultRules[kind];
}
