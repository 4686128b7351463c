import type { Facts, SelectorVariables } from "@longarm/shared/selector";
import type { JournalState } from "@longarm/shared/wire";
import type { AgentView } from "../../ports/agent-directory.ts";
import { SlotCount } from "./slot-count.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left === right || (left.length === right.length && left.every((item, index) => item === right[index]));
}

function isSameLabel(left: string | readonly string[] | undefined, right: string | readonly string[] | undefined): boolean {
  return left === right || (Array.isArray(left) && Array.isArray(right) && isSameList(left, right));
}

function isSameLabels(left: AgentView["labels"], right: AgentView["labels"]): boolean {
  if (left === right) return true;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && isSameLabel(left[key], right[key]));
}

function isSameStable(left: AgentView, right: AgentView): boolean {
  const [a, b] = [left.facts, right.facts];
  const scalars = left.name === right.name && a.os === b.os && a.arch === b.arch && a.version === b.version && a.hostname === b.hostname;
  const lists = isSameList(a.addresses, b.addresses) && isSameList(a.credentials ?? [], b.credentials ?? []);
  return scalars && lists && isSameLabels(left.labels, right.labels);
}

/** One agent in the index: its view, what selectors see of it, and its slots as counted here. */
export class AgentRow {
  /** Where the match sets keep their verdict on this agent. */
  readonly place: number;
  readonly slots: SlotCount;
  #view: AgentView;
  #facts: Mutable<Facts>;

  constructor(view: AgentView, place: number) {
    this.place = place;
    this.#view = view;
    this.slots = new SlotCount(view.slots);
    this.#facts = { ...view.facts, freeSlots: this.slots.free };
  }

  get view(): AgentView {
    return this.#view;
  }

  canTake(isChanging: boolean): boolean {
    return this.#view.state === "up" && this.slots.free > 0 && (!isChanging || this.closedJournal === undefined);
  }

  /** The state of its journal when that keeps it from calls that change something. */
  get closedJournal(): JournalState | undefined {
    const state = this.#view.journal?.state;
    return state === "open" ? undefined : state;
  }

  /** What selectors see; `facts.freeSlots` is the count of this moment. */
  variables(rest: Pick<SelectorVariables, "connection" | "target">): SelectorVariables {
    this.#facts.freeSlots = this.slots.free;
    return { agent: this.#view, labels: this.#view.labels, facts: this.#facts, ...rest };
  }

  /** Takes in a newer view; true when something changed that stable terms read. `nowMs` is monotonic. */
  update(view: AgentView, nowMs: number): boolean {
    const before = this.#view;
    this.#view = view;
    if (view.lastBeatAt !== before.lastBeatAt || view.slots.total !== before.slots.total) this.slots.beat(view.slots, nowMs);
    this.#facts = { ...view.facts, freeSlots: this.slots.free };
    return !isSameStable(before, view);
  }
}
