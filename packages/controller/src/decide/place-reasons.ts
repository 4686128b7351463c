/** How many agents failed at one condition: CEL source, a state as `state == "paused"`, or `no free slot`. */
export interface FailedCondition {
  readonly condition: string;
  readonly count: number;
}

export const noFreeSlot = "no free slot";

/** The condition under which an agent in this state is counted. */
export function stateCondition(state: string): string {
  return `state == "${state}"`;
}

/** The condition under which an agent is counted whose journal takes no call that changes something. */
export function journalCondition(state: string): string {
  return `journal == "${state}"`;
}

/** The condition under which an agent is counted whose site's policy has denied the call. */
export const deniedByPolicy = "denied by its site's policy";

const journalPattern = /^journal == "(\w+)"$/;
const statePattern = /^state == "(\w+)"$/;
const shownCharacters = 120;

function phrase({ condition, count }: FailedCondition): string {
  if (condition === noFreeSlot) return `${count} ${count === 1 ? "has" : "have"} no free slot`;
  if (condition === deniedByPolicy)
    return `${count} ${count === 1 ? "is" : "are"} denied it by the policy of ${count === 1 ? "its site" : "their sites"}`;
  const state = statePattern.exec(condition)?.[1];
  if (state) return `${count} ${count === 1 ? "is" : "are"} ${state}`;
  const journal = journalPattern.exec(condition)?.[1];
  if (journal) return `${count} ${count === 1 ? "has a journal that is" : "have journals that are"} ${journal}`;
  const text = condition.replaceAll(/\s+/g, " ");
  const shown = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
  return `${count} ${count === 1 ? "fails" : "fail"} ${shown}`;
}

/**
 * Why no agent can be had now, as a sentence without its full stop: `0 of 3 agents match: 2 fail labels.site == 'hq', 1 is
 * paused`. When some agent lacks only a slot, the question is who is free: `0 of 3 agents are free: …`.
 */
export function noneSentence(total: number, failed: readonly FailedCondition[]): string {
  if (total === 0) return "0 of 0 agents match: none has joined yet";
  const busy = failed.some(({ condition }) => condition === noFreeSlot);
  return `0 of ${total} agents ${busy ? "are free" : "match"}: ${failed.map(phrase).join(", ")}`;
}

/** The counts, greatest first. */
export function orderConditions(counts: ReadonlyMap<string, number>): readonly FailedCondition[] {
  const conditions = [...counts].filter(([, count]) => count > 0).map(([condition, count]) => ({ condition, count }));
  return conditions.toSorted((left, right) => right.count - left.count || (left.condition < right.condition ? -1 : 1));
}
