import type { AgentId, Clock } from "@longarm/shared";
import { evaluate, firstFailure, parseSelector, type Selector, splitSelector } from "@longarm/shared/selector";
import { deniedByPolicy, journalCondition, noFreeSlot, noneSentence, orderConditions, stateCondition } from "../decide/place-reasons.ts";
import { seededDraw } from "../decide/place-seed.ts";
import type { AgentView } from "../ports/agent-directory.ts";
import type { Connection } from "../ports/connection-store.ts";
import type { AgentVerdict, Choice, Occasion, SelectorExplanation, SlotSelection } from "../ports/selection.ts";
import { AgentRow } from "./selection/agent-row.ts";
import { BoundedMap } from "./selection/bounded-map.ts";
import { MatchSet } from "./selection/match-set.ts";
import { OfferQueue } from "./selection/offer-queue.ts";
import { type PickContext, pickAgent, scoreOf, volatileFailure } from "./selection/pick-agent.ts";
import { parseRule, type RuleSource, ruleKey, type SelectionRule, type Surroundings, surroundingsOf } from "./selection/selection-rule.ts";

/** How many rules, match sets and targets are remembered; the least recently used is forgotten and costs one pass when it comes back. */
export const rememberedRules = 1000;

const offerAgainMs = 1_000;
const nobody: ReadonlySet<AgentId> = new Set();

/**
 * Chooses agents over an index. Each rule keeps the set of agents that satisfy its labels and stable facts; a beat touches no
 * set, a change of labels touches each set once, and a choice looks at a few drawn candidates. The directory tells it of every
 * change by `upsert` and `remove`.
 */
export class IndexedAgentSelection implements SlotSelection {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #rows = new Map<AgentId, AgentRow>();
  readonly #freePlaces: number[] = [];
  #sortedRows: readonly AgentRow[] | null = null;
  readonly #rules = new BoundedMap<string, SelectionRule>(rememberedRules);
  readonly #sets = new BoundedMap<string, MatchSet>(rememberedRules);
  readonly #offers = new OfferQueue();
  #offeredAtMs = -Infinity;
  readonly #surroundings = new BoundedMap<string, Surroundings>(rememberedRules);

  constructor(deps: { readonly clock: Pick<Clock, "monotonicMs"> }) {
    this.#clock = deps.clock;
  }

  /** Takes in an agent that is new, changed, or has sent a beat. A view with another `lastBeatAt` counts as a beat. */
  upsert(view: AgentView): void {
    const known = this.#rows.get(view.id);
    const wasFull = known?.slots.free === 0;
    const isChanged = !known || known.update(view, this.#clock.monotonicMs());
    if (isChanged) this.#changed(view, known);
    this.#offerAfterBeat(view, isChanged || wasFull);
  }

  /** What was offered may not have been taken in the end, so that every now and then it is offered again. */
  #offerAfterBeat(view: AgentView, isNews: boolean): void {
    if (this.#offers.isEmpty || view.state !== "up") return;
    const nowMs = this.#clock.monotonicMs();
    if (!isNews && nowMs - this.#offeredAtMs < offerAgainMs) return;
    this.#offeredAtMs = nowMs;
    this.#offers.offer(this.#rows.get(view.id)?.slots.free ?? 0);
  }

  #changed(view: AgentView, known: AgentRow | undefined): void {
    const row = known ?? new AgentRow(view, this.#freePlaces.pop() ?? this.#rows.size);
    if (!known) this.#sortedRows = null;
    this.#rows.set(view.id, row);
    for (const set of this.#sets.values()) set.update(row);
  }

  /** Forgets an agent. */
  remove(id: AgentId): void {
    const row = this.#rows.get(id);
    if (!row) return;
    for (const set of this.#sets.values()) set.remove(row);
    this.#rows.delete(id);
    this.#sortedRows = null;
    this.#freePlaces.push(row.place);
  }

  /** Counts one slot of the agent as taken from now on; the function gives it back, once. See `SlotCount`. */
  take(id: AgentId): () => void {
    const row = this.#rows.get(id);
    if (!row) return () => undefined;
    const giveBack = row.slots.take(this.#clock.monotonicMs());
    return () => {
      giveBack();
      this.#offers.offer(Math.min(1, row.slots.free));
    };
  }

  onFree(offer: () => boolean, group?: string): () => void {
    return this.#offers.add(offer, group);
  }

  choose(source: RuleSource, at: Occasion): Choice {
    const surroundings = this.#surroundingsOf(at.connection);
    const rule = this.#rules.get(ruleKey(source), () => parseRule(source));
    const set = this.#setOf(rule, surroundings);
    const { isChanging = false, denying = nobody } = at;
    const row = pickAgent({ rule, set, surroundings, draw: seededDraw(at.seed), isChanging, denying });
    if (row) return { kind: "chosen", agent: row.view, why: reasonFor(row, rule, surroundings) };
    return this.#none({ rule, set, surroundings, isChanging, denying });
  }

  explain(source: string, connection: Connection | undefined): SelectorExplanation {
    const selector = parseSelector(source);
    const surroundings = surroundingsOf(connection);
    const rows = [...this.#rows.values()].toSorted((left, right) => (left.view.name < right.view.name ? -1 : 1));
    const agents = rows.map((row) => verdictOn(row, selector, surroundings));
    return { selector: selector.source, matched: agents.filter(({ matched }) => matched).length, total: agents.length, agents };
  }

  #surroundingsOf(connection: Connection): Surroundings {
    return this.#surroundings.get(`${connection.name}\u0000${connection.baseUrl}`, () => surroundingsOf(connection));
  }

  #setOf(rule: SelectionRule, surroundings: Surroundings): MatchSet {
    const key = rule.dependsOnConnection
      ? `${rule.stableKey}\u0001${surroundings.connection?.name}\u0001${surroundings.target?.host}`
      : rule.stableKey;
    return this.#sets.get(key, () => new MatchSet(rule, rule.dependsOnConnection ? surroundings : {}, this.#inOrder()));
  }

  #inOrder(): readonly AgentRow[] {
    this.#sortedRows ??= [...this.#rows.values()].toSorted((left, right) => (left.view.id < right.view.id ? -1 : 1));
    return this.#sortedRows;
  }

  #none(of: Omit<PickContext, "draw">): Choice {
    const { set } = of;
    const counts = new Map<string, number>();
    const count = (condition: string, by = 1): unknown => counts.set(condition, (counts.get(condition) ?? 0) + by);
    for (const [source, failures] of set.failures()) count(source, failures);
    for (const { members } of set.buckets) {
      for (const row of members) count(missing(row, of));
    }
    const failed = orderConditions(counts);
    const busy = counts.has(noFreeSlot);
    return { kind: "none", sentence: noneSentence(this.#rows.size, failed), failed, busy };
  }
}

/** The requirement, and which preferences were met. */
function reasonFor(row: AgentRow, rule: SelectionRule, surroundings: Surroundings): string {
  if (rule.preferences.length === 0) return rule.why;
  const variables = row.variables(surroundings);
  const met = rule.preferences.filter(({ selector }) => firstFailure(selector, variables) === -1);
  return [rule.why, ...met.map(({ selector, weight }) => `preferred by ${selector.source} (${weight})`)].join("; ");
}

/** What an agent that satisfies the stable part of a rule, and was not chosen, lacks. */
function missing(row: AgentRow, { rule, surroundings, isChanging, denying }: Omit<PickContext, "draw">): string {
  if (row.view.state !== "up") return stateCondition(row.view.state);
  if (denying.has(row.view.id)) return deniedByPolicy;
  if (isChanging && row.closedJournal !== undefined) return journalCondition(row.closedJournal);
  return rule.volatile.terms[volatileFailure(row, rule, surroundings)]?.source ?? noFreeSlot;
}

/** In the order in which a choice counts: labels and stable facts, state, volatile facts, slots. */
function verdictOn(row: AgentRow, selector: Selector, surroundings: Surroundings): AgentVerdict {
  const { id, name, state } = row.view;
  const agent = { id, name, state };
  const refused = (failed: string, because: string): AgentVerdict => ({ agent, matched: false, failed, because, score: null });
  const { stable, volatile } = splitSelector(selector);
  const variables = row.variables(surroundings);
  const first = evaluate(stable, variables);
  if (!first.matched) return refused(first.failed, first.because);
  if (state !== "up") return refused(stateCondition(state), `the agent is ${state}`);
  const second = evaluate(volatile, variables);
  if (!second.matched) return refused(second.failed, second.because);
  if (row.slots.free === 0) return refused(noFreeSlot, `all ${row.slots.total} slots are in use`);
  return { agent, matched: true, failed: null, because: null, score: Math.round(scoreOf(row, surroundings) * 1000) / 1000 };
}
