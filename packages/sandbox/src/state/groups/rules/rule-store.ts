import type { IdSpace } from "../../seed/id-space.ts";
import type { RuleRecord } from "./rule.ts";

/** All group rules of the org, in order of creation, and whom each has put into its groups. */
export class RuleStore {
  readonly #ids: IdSpace;
  readonly #rules = new Map<string, RuleRecord>();
  readonly #granted = new Map<string, Set<number>>();
  #end = 0;

  constructor(ids: IdSpace) {
    this.#ids = ids;
  }

  all(): readonly RuleRecord[] {
    return [...this.#rules.values()];
  }

  byId(id: string): RuleRecord | undefined {
    return this.#rules.get(id);
  }

  /** Where the rule stands in the order; undefined for an id that was never given. */
  indexOfId(id: string): number | undefined {
    const index = this.#ids.indexOf(id);
    return index !== undefined && index < this.#end ? index : undefined;
  }

  /** Adds a rule; its id is given here, and never twice. */
  add(rule: Omit<RuleRecord, "id">): RuleRecord {
    const added = { ...rule, id: this.#ids.idOf(this.#end) };
    this.#end += 1;
    this.#granted.set(added.id, new Set());
    return this.put(added);
  }

  /** Stores the rule in place of the one with its id. */
  put(rule: RuleRecord): RuleRecord {
    this.#rules.set(rule.id, rule);
    return rule;
  }

  remove(rule: RuleRecord): void {
    this.#rules.delete(rule.id);
    this.#granted.delete(rule.id);
  }

  /** Indexes of the users whom the rule has put into its groups; to be changed by those who do so. */
  grantedBy(rule: RuleRecord): Set<number> {
    return this.#granted.get(rule.id) ?? new Set();
  }
}
