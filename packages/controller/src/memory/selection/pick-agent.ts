import type { AgentId } from "@longarm/shared";
import { firstFailure } from "@longarm/shared/selector";
import { loadScore } from "../../decide/place-score.ts";
import type { SeededDraw } from "../../decide/place-seed.ts";
import type { AgentRow } from "./agent-row.ts";
import type { MatchBucket, MatchSet } from "./match-set.ts";
import type { SelectionRule, Surroundings } from "./selection-rule.ts";

/** How many candidates are looked at before the rest is searched for lack of any. */
export const sampleSize = 16;

/** What a choice is made under: the surroundings of the call, not of the set, which other connections may share. */
export interface PickContext {
  readonly rule: SelectionRule;
  readonly set: MatchSet;
  readonly surroundings: Surroundings;
  readonly draw: SeededDraw;
  readonly isChanging: boolean;
  readonly denying: ReadonlySet<AgentId>;
}

interface Picked {
  readonly row: AgentRow;
  readonly preference: number;
}

/** How well the agent is placed for one more call to this connection. */
export function scoreOf(row: AgentRow, { connection }: Surroundings): number {
  const reachMs = connection && Object.hasOwn(row.view.facts.reach, connection.name) ? row.view.facts.reach[connection.name] : undefined;
  return loadScore({ free: row.slots.free, total: row.slots.total, reachMs });
}

/** The index of the first volatile term that fails, -1 when none does. */
export function volatileFailure(row: AgentRow, rule: SelectionRule, surroundings: Surroundings): number {
  return rule.volatile.terms.length === 0 ? -1 : firstFailure(rule.volatile, row.variables(surroundings));
}

function volatilePreference(row: AgentRow, rule: SelectionRule, surroundings: Surroundings): number {
  let sum = 0;
  for (const { selector, weight } of rule.volatilePreferences)
    if (firstFailure(selector, row.variables(surroundings)) === -1) sum += weight;
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * The members in a seeded order: first `sampleSize` drawn one by one, then the whole round once from a drawn place in drawn
 * strides, which needs no memory. An agent of the sample comes twice; it was refused before and is again.
 */
function* shuffled(members: readonly AgentRow[], draw: SeededDraw): Generator<AgentRow | null> {
  const count = members.length;
  const sampled: number[] = [];
  while (sampled.length < Math.min(count, sampleSize)) {
    const index = draw.below(count);
    if (sampled.includes(index)) continue;
    sampled.push(index);
    yield members[index] as AgentRow;
  }
  yield null;
  if (count <= sampleSize) return;
  let stride = 1 + draw.below(count - 1);
  while (greatestCommonDivisor(stride, count) !== 1) stride += 1;
  let index = draw.below(count);
  for (let seen = 0; seen < count; seen += 1) {
    yield members[index] as AgentRow;
    index = (index + stride) % count;
  }
}

/** Up to two candidates of the highest preference among those looked at. */
class Shortlist {
  readonly rows: AgentRow[] = [];
  preference = Number.NEGATIVE_INFINITY;

  offer(row: AgentRow, preference: number): void {
    if (preference > this.preference) {
      this.rows.length = 0;
      this.preference = preference;
    }
    if (preference === this.preference && this.rows.length < 2) this.rows.push(row);
  }
}

function pickFrom(bucket: MatchBucket, { rule, surroundings, draw, isChanging, denying }: PickContext): Picked | undefined {
  const shortlist = new Shortlist();
  const isDecidedByTwo = rule.volatilePreferences.length === 0;
  for (const row of shuffled(bucket.members, draw)) {
    const isEnough = row === null ? shortlist.rows.length > 0 : isDecidedByTwo && shortlist.rows.length === 2;
    if (isEnough) break;
    if (!row?.canTake(isChanging) || denying.has(row.view.id) || volatileFailure(row, rule, surroundings) !== -1) continue;
    shortlist.offer(row, bucket.weight + volatilePreference(row, rule, surroundings));
  }
  const [first, second] = shortlist.rows;
  if (!first) return undefined;
  const isSecondBetter = second !== undefined && scoreOf(second, surroundings) > scoreOf(first, surroundings);
  return { row: isSecondBetter ? second : first, preference: shortlist.preference };
}

/**
 * An agent that matches, is up and has a free slot; undefined when there is none. Preferences come first: the greatest sum of
 * weights wins, exactly for stable preferences, within the sample for volatile ones. Among equals two are drawn, and the one
 * with more room and a shorter way takes the call (power of two choices).
 */
export function pickAgent(context: PickContext): AgentRow | undefined {
  let best: Picked | undefined;
  for (const bucket of context.set.buckets) {
    if (best && bucket.weight + context.rule.volatileGain <= best.preference) break;
    const picked = pickFrom(bucket, context);
    if (picked && (!best || picked.preference > best.preference)) best = picked;
  }
  return best?.row;
}
