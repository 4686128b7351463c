import type { Chance } from "../chance.ts";
import { type FaultKind, type FaultPlace, faultRules, type FaultRule, partsOf, type Quiet, quietAbout } from "./kinds.ts";

/** One fault of a schedule; milliseconds since its beginning. */
export interface PlannedFault {
  readonly id: number;
  readonly kind: FaultKind;
  readonly target: string;
  readonly atMs: number;
  readonly forMs: number;
  /** Bytes, calls or milliseconds, where the kind needs them. */
  readonly amount: number;
  /** A death about which all that would stand in the way of its recovery keeps still. */
  readonly isAlone?: boolean;
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
  /** Of the deaths whose recovery is measured every so many are alone, the first included; absent: none. */
  readonly aloneEvery?: number;
}

/**
 * A schedule of faults: every kind comes up once before any comes up again, in an order that chance gives, and none strikes a target
 * that still suffers from another one. A death that is to be alone waits until all else about it is over.
 */
export function planFaults(chance: Chance, wish: ScheduleWish): readonly PlannedFault[] {
  const planned: PlannedFault[] = [];
  const deck: FaultKind[] = [];
  for (let atMs = wish.fromMs; atMs < wish.toMs; atMs += chance.between(...wish.gapMs)) {
    if (deck.length < wish.kinds.length / 2) deck.push(...chance.shuffle(wish.kinds));
    const next = takeNext(deck, { chance, wish, atMs, planned });
    if (next) planned.push({ ...next, id: planned.length + 1 });
  }
  return planned;
}

interface Moment {
  readonly chance: Chance;
  readonly wish: ScheduleWish;
  readonly atMs: number;
  readonly planned: readonly PlannedFault[];
}

/** The first kind of the deck that can strike now, or has to wait for what is about it; it is taken out. */
function takeNext(deck: FaultKind[], moment: Moment): Omit<PlannedFault, "id"> | undefined {
  const { chance, wish, planned } = moment;
  for (const [at, kind] of deck.entries()) {
    const rule = ruleOf(kind);
    const quiet = isNextAlone(kind, moment) ? quietAbout[kind] : undefined;
    const atMs = quiet ? whenQuiet(quiet, moment) : moment.atMs;
    const targets = wish.targets[partsOf(kind).place] ?? [];
    const free = targets.filter((target) => planned.every((other) => other.target !== target || leftAloneUntil(other) <= atMs));
    if (free.length === 0 || atMs + rule.lasts[0] > wish.toMs || isToKeepStill(kind, moment)) continue;
    const [least, most] = rule.lasts;
    const forMs = chance.between(least, Math.max(least, Math.min(most, wish.toMs - atMs)));
    deck.splice(at, 1);
    const amount = rule.amount ? chance.between(...rule.amount) : 0;
    return { kind, target: chance.pick(free), atMs, forMs, amount, ...(quiet && { isAlone: true }) };
  }
  return undefined;
}

function isNextAlone(kind: FaultKind, { wish: { aloneEvery }, planned }: Moment): boolean {
  if (!quietAbout[kind] || aloneEvery === undefined) return false;
  return planned.filter((fault) => fault.kind === kind).length % aloneEvery === 0;
}

/** When all that would disturb has been over for long enough. */
function whenQuiet({ places, beforeMs }: Quiet, { atMs, planned }: Moment): number {
  const about = planned.filter(({ kind }) => places.includes(partsOf(kind).place));
  return Math.max(atMs, ...about.map((fault) => Math.max(leftAloneUntil(fault), fault.atMs + fault.forMs + beforeMs)));
}

function isToKeepStill(kind: FaultKind, { atMs, planned }: Moment): boolean {
  return planned.some((death) => {
    const quiet = death.isAlone ? quietAbout[death.kind] : undefined;
    return quiet?.places.includes(partsOf(kind).place) && atMs < death.atMs + quiet.afterMs;
  });
}

function leftAloneUntil({ kind, atMs, forMs }: PlannedFault): number {
  return atMs + forMs + ruleOf(kind).rest;
}

function ruleOf(kind: FaultKind): FaultRule {
  return faultRules[kind];
}
