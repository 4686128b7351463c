import { parseSelector, type Selector, type SelectorVariables, splitSelector } from "@longarm/shared/selector";
import { targetOf } from "../../decide/place-target.ts";
import type { AgentSelection } from "../../ports/selection.ts";

/** What a choice asks for, as it stands in a connection or a run. */
export type RuleSource = Parameters<AgentSelection["choose"]>[0];

/** What selectors see beside the agent. */
export type Surroundings = Pick<SelectorVariables, "connection" | "target">;

/** A preference, parsed. */
export interface Preference {
  readonly selector: Selector;
  readonly weight: number;
}

/** A rule, parsed, and parted into what the index keeps and what is asked at each choice. */
export interface SelectionRule {
  /** Two rules with the same key share their match set. */
  readonly stableKey: string;
  /** The whole requirement as CEL, or that there is none. */
  readonly why: string;
  readonly preferences: readonly Preference[];
  readonly stable: Selector;
  readonly volatile: Selector;
  readonly stablePreferences: readonly Preference[];
  readonly volatilePreferences: readonly Preference[];
  /** Does the stable part read the connection or the target? Then each connection has a match set of its own. */
  readonly dependsOnConnection: boolean;
  /** The most that volatile preferences can add. */
  readonly volatileGain: number;
}

/** Two rules that ask for the same have the same key, and no others: each part carries its length. */
export function ruleKey(rule: RuleSource): string {
  let key = rule.require === undefined ? "-" : `${rule.require.length}:${rule.require}`;
  for (const { when, weight } of rule.prefer ?? []) key += `|${weight}|${when.length}:${when}`;
  return key;
}

const isVolatile = (selector: Selector): boolean => selector.terms.some((term) => term.volatile);

function readsConnection(selector: Selector): boolean {
  return selector.terms.some((term) => [...term.uses].some((path) => path.startsWith("connection.") || path.startsWith("target.")));
}

/** Parses a rule; throws `invalid_selector`. */
export function parseRule(rule: RuleSource): SelectionRule {
  const why = rule.require ?? "any agent";
  const { stable, volatile } = splitSelector(parseSelector(rule.require ?? "true"));
  const preferences = (rule.prefer ?? []).map(({ when, weight }) => ({ selector: parseSelector(when), weight }));
  const stablePreferences = preferences.filter(({ selector }) => !isVolatile(selector));
  const volatilePreferences = preferences.filter(({ selector }) => isVolatile(selector));
  const volatileGain = volatilePreferences.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
  const dependsOnConnection = [stable, ...stablePreferences.map(({ selector }) => selector)].some(readsConnection);
  const stableKey = ruleKey({
    require: stable.source,
    prefer: stablePreferences.map(({ selector, weight }) => ({ when: selector.source, weight })),
  });
  return { stableKey, why, preferences, stable, volatile, stablePreferences, volatilePreferences, dependsOnConnection, volatileGain };
}

/** What selectors see beside the agent when a call of this connection is placed; without one, nothing. */
export function surroundingsOf(connection: { readonly name: string; readonly baseUrl: string } | undefined): Surroundings {
  return connection ? { connection: { name: connection.name }, target: targetOf(connection.baseUrl) } : {};
}
