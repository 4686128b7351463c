import { firstFailure } from "@longarm/shared/selector";
import type { AgentRow } from "./agent-row.ts";
import type { SelectionRule, Surroundings } from "./selection-rule.ts";

/** The matching agents whose stable preferences add up to one weight, in the order of their ids. */
export interface MatchBucket {
  readonly weight: number;
  readonly members: AgentRow[];
}

/** The part of a rule that a set is made for. */
export type StableRule = Pick<SelectionRule, "stable" | "stablePreferences">;

const unknown = -(2 ** 31);

function placeIn(members: readonly AgentRow[], row: AgentRow): number {
  let [low, high] = [0, members.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((members[middle]?.view.id ?? "") < row.view.id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The agents that satisfy the stable part of one rule, kept up to date row by row. Members stand in the order of their ids, so
 * that a seeded choice depends on which agents there are and not on how they came. For an agent that does not match it
 * remembers the first term that failed.
 */
export class MatchSet {
  readonly #rule: StableRule;
  readonly #surroundings: Surroundings;
  /** Greatest weight first. */
  readonly buckets: MatchBucket[] = [];
  /** By the index of a stable term: how many agents fail first at it. */
  readonly #failures: number[];
  /** By a row's place: the id of its bucket, or −1 − the index of the failed term. */
  #verdicts: Int32Array;
  readonly #bucketsById: MatchBucket[] = [];

  constructor(rule: StableRule, surroundings: Surroundings, rows: readonly AgentRow[]) {
    this.#rule = rule;
    this.#surroundings = surroundings;
    this.#failures = rule.stable.terms.map(() => 0);
    this.#verdicts = new Int32Array(64 + rows.length * 1.25).fill(unknown);
    for (const row of rows) this.#enter(row, this.#judge(row));
  }

  /** Each stable term as CEL, and how many agents fail first at it. */
  failures(): readonly (readonly [source: string, count: number])[] {
    return this.#rule.stable.terms.map((term, index) => [term.source, this.#failures[index] ?? 0]);
  }

  /** Judges a row that is new or has changed. */
  update(row: AgentRow): void {
    const verdict = this.#judge(row);
    if (verdict === this.#verdicts[row.place]) return;
    this.remove(row);
    this.#enter(row, verdict);
  }

  remove(row: AgentRow): void {
    const verdict = this.#verdicts[row.place] ?? unknown;
    if (verdict === unknown) return;
    this.#verdicts[row.place] = unknown;
    if (verdict < 0) return this.#count(verdict, -1);
    const members = this.#bucketsById[verdict]?.members ?? [];
    members.splice(placeIn(members, row), 1);
  }

  #judge(row: AgentRow): number {
    const variables = row.variables(this.#surroundings);
    const failed = firstFailure(this.#rule.stable, variables);
    if (failed !== -1) return -1 - failed;
    let weight = 0;
    for (const preference of this.#rule.stablePreferences)
      if (firstFailure(preference.selector, variables) === -1) weight += preference.weight;
    return this.#bucketId(weight);
  }

  #bucketId(weight: number): number {
    const known = this.#bucketsById.findIndex((bucket) => bucket.weight === weight);
    if (known !== -1) return known;
    const bucket: MatchBucket = { weight, members: [] };
    this.buckets.push(bucket);
    this.buckets.sort((left, right) => right.weight - left.weight);
    return this.#bucketsById.push(bucket) - 1;
  }

  #enter(row: AgentRow, verdict: number): void {
    if (row.place >= this.#verdicts.length) this.#grow(row.place);
    this.#verdicts[row.place] = verdict;
    if (verdict < 0) return this.#count(verdict, 1);
    const members = this.#bucketsById[verdict]?.members ?? [];
    members.splice(placeIn(members, row), 0, row);
  }

  #count(verdict: number, change: number): void {
    const term = -1 - verdict;
    this.#failures[term] = (this.#failures[term] ?? 0) + change;
  }

  #grow(place: number): void {
    const larger = new Int32Array(place * 2 + 64).fill(unknown);
    larger.set(this.#verdicts);
    this.#verdicts = larger;
  }
}
