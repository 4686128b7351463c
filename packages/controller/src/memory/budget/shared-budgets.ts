import type { Clock, ControllerId } from "@longarm/shared";
import type { HttpMethod } from "@longarm/shared/rest";
import type { MatchedBucket } from "../../decide/budget/match-bucket.ts";
import type { BudgetAsk, BudgetGrant, Budgets, BudgetView } from "../../ports/budgets.ts";
import type { TargetWord } from "@longarm/shared/wire";
import { silentMs, TargetBudget } from "./target-budget.ts";

/** The budgets of every target that this controller knows of, by origin. */
export class SharedBudgets implements Budgets {
  readonly #deps: { readonly bucketOf: (method: HttpMethod, path: string) => MatchedBucket; readonly clock: Clock };
  readonly #targets = new Map<string, TargetBudget>();
  readonly #heardMs = new Map<ControllerId, number>();
  // Connections are few, their calls many.
  readonly #byUrl = new Map<string, TargetBudget>();

  constructor(deps: { readonly bucketOf: (method: HttpMethod, path: string) => MatchedBucket; readonly clock: Clock }) {
    this.#deps = deps;
  }

  tryTake(ask: BudgetAsk): BudgetGrant | undefined {
    return this.#targetOf(ask.baseUrl).tryTake(ask);
  }

  take(ask: BudgetAsk, signal: AbortSignal): Promise<BudgetGrant> {
    return this.#targetOf(ask.baseUrl).take(ask, signal);
  }

  explain(ask: BudgetAsk): string {
    return this.#targetOf(ask.baseUrl).explain(ask);
  }

  view({ baseUrl, terms }: Pick<BudgetAsk, "baseUrl" | "terms">): BudgetView {
    return this.#targetOf(baseUrl).view(terms);
  }

  /** Takes in what another controller knows, which may be nothing; of targets that were never asked from here nothing is kept. */
  told(from: ControllerId, words: readonly TargetWord[]): void {
    this.#heardMs.set(from, this.#deps.clock.monotonicMs());
    const byTarget = new Map(words.map((word) => [word.target, word]));
    for (const [name, target] of this.#targets) target.told(from, byTarget.get(name));
  }

  /** What the other controllers are to know. */
  words(): readonly TargetWord[] {
    return [...this.#targets.values()].flatMap((target) => target.word() ?? []);
  }

  #controllers(): number {
    const sinceMs = this.#deps.clock.monotonicMs() - silentMs;
    for (const [id, heardMs] of this.#heardMs) if (heardMs < sinceMs) this.#heardMs.delete(id);
    return 1 + this.#heardMs.size;
  }

  #targetOf(baseUrl: string): TargetBudget {
    const known = this.#byUrl.get(baseUrl);
    if (known) return known;
    const { origin } = new URL(baseUrl);
    const target = this.#targets.get(origin) ?? new TargetBudget({ target: origin, controllers: () => this.#controllers(), ...this.#deps });
    this.#targets.set(origin, target);
    this.#byUrl.set(baseUrl, target);
    return target;
  }
}
