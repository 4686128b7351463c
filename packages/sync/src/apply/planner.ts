import { classOf, printOfCurrent, printOfDesired } from "./compare.ts";
import type { CompiledMap } from "./compile.ts";
import { type CurrentUser, loginOf, type RowFault, type SourceRow } from "./people.ts";
import { type GroupIds, planAbsent, planNewcomer, planUser, type UserPlan, userFault } from "./plan-user.ts";
import { keysOf, readRow } from "./read-row.ts";
import { type Counts, countSteps, type Draft, type Step } from "./steps.ts";
import { type Allowances, judge, type ThresholdVerdict } from "./thresholds.ts";

/** What is to be done, and what stands against it. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly faults: readonly RowFault[];
  readonly counts: Counts;
  /** Rows whose user is as it should be. */
  readonly unchanged: number;
  readonly rows: number;
  /** Live users of the org that may be touched. */
  readonly scopeUsers: number;
  readonly thresholds: readonly ThresholdVerdict[];
}

/**
 * Makes a plan of a source and an org that are each too large to be held: first `note` every row, then `meet` every user, then `settle`
 * every row again, then `conclude`. Between those it holds the keys of the rows, and the users that differ.
 */
export class Planner {
  readonly #map: CompiledMap;
  readonly #groupIds: GroupIds;
  readonly #rowOfKey = new Map<string, number>();
  readonly #prints = new Map<number, number>();
  readonly #found = new Map<number, CurrentUser | "settled">();
  readonly #conflicts = new Map<number, string>();
  readonly #steps: Step[] = [];
  /** Who is gone from the source; what that means comes last, when everybody who is new is there. */
  readonly #departures: { readonly user: CurrentUser; readonly wanted: UserPlan }[] = [];
  readonly #faults: RowFault[] = [];
  #rows = 0;
  #rowsWithoutKey = 0;
  #unchanged = 0;
  #scopeUsers = 0;

  constructor(map: CompiledMap, groupIds: GroupIds) {
    this.#map = map;
    this.#groupIds = groupIds;
  }

  /** Takes note of a row, by its keys alone. */
  note(source: SourceRow): void {
    const { row, keys, desired } = readRow(this.#map, source);
    this.#rows += 1;
    if (keys.length === 0) this.#rowsWithoutKey += 1;
    for (const key of keys) {
      const other = this.#rowOfKey.get(key);
      if (other === undefined) this.#rowOfKey.set(key, row);
      else this.#conflict([other, row], `stands in several rows: ${key} in lines ${other} and ${row}`);
    }
    if (desired) this.#prints.set(row, printOfDesired(this.#map, desired));
  }

  /** Finds the row that stands for a user of the org, or plans what its absence means. */
  meet(user: CurrentUser): void {
    const isInScope = this.#map.isInScope(user);
    if (isInScope && classOf(user.status) !== "deactivated") this.#scopeUsers += 1;
    const keys = keysOf(this.#map.keys, user.profile);
    const rows = [...new Set(keys.flatMap((key) => this.#rowOfKey.get(key) ?? []))];
    const [row] = rows;
    if (row === undefined) {
      const wanted: UserPlan = isInScope ? planAbsent(this.#map, user) : { steps: [] };
      if ("fault" in wanted || wanted.steps.length > 0) this.#departures.push({ user, wanted });
    } else if (rows.length > 1) this.#conflict(rows, `is one user, ${loginOf(user)}, in several rows: lines ${rows.join(" and ")}`);
    else this.#assign(row, user);
  }

  /** Plans for a row, now that its user is known. */
  settle(source: SourceRow): void {
    const { row, name, desired, faults } = readRow(this.#map, source);
    for (const fault of faults) this.#faults.push({ row, user: name, code: "invalid_request", message: `${sentence(fault)}.` });
    if (!desired) return;
    const conflict = this.#conflicts.get(row);
    if (conflict !== undefined) return void this.#faults.push(userFault(row, name, { code: "conflict", message: conflict }));
    const current = this.#found.get(row);
    if (current === "settled") return void (this.#unchanged += 1);
    const of = { map: this.#map, groupIds: this.#groupIds, desired };
    const wanted = current ? planUser({ ...of, current }) : planNewcomer(of);
    if ("steps" in wanted && wanted.steps.length === 0) this.#unchanged += 1;
    this.#take(wanted, { row, user: current ?? name ?? "" });
  }

  /** The plan of everything that was settled; called once. */
  conclude(allowances: Allowances = {}): Plan {
    for (const { user, wanted } of this.#departures) this.#take(wanted, { row: null, user });
    const counts = countSteps(this.#steps);
    const planned = plannedOf(counts, this.#map.absent === "ignore" ? 0 : this.#rowsWithoutKey);
    const thresholds = judge({ planned, users: this.#scopeUsers, bounds: this.#map.bounds, allowances });
    const faults = this.#faults.toSorted((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity) || 0);
    return {
      ...{ steps: this.#steps, faults, counts, thresholds },
      ...{ rows: this.#rows, unchanged: this.#unchanged, scopeUsers: this.#scopeUsers },
    };
  }

  #assign(row: number, user: CurrentUser): void {
    const before = this.#found.get(row);
    if (before !== undefined) {
      const names = before === "settled" ? loginOf(user) : `${loginOf(before)} and ${loginOf(user)}`;
      return this.#conflict([row], `stands for more than one user of the org, among them ${names}`);
    }
    const print = this.#prints.get(row);
    if (print !== undefined) this.#found.set(row, print === printOfCurrent(this.#map, user) ? "settled" : user);
  }

  #conflict(rows: readonly number[], why: string): void {
    for (const row of rows) this.#conflicts.set(row, this.#conflicts.get(row) ?? why);
  }

  #take(wanted: UserPlan, { row, user }: { readonly row: number | null; readonly user: CurrentUser | string }): void {
    if ("fault" in wanted) return void this.#faults.push(userFault(row, user, wanted.fault));
    let ground: number | undefined;
    for (const draft of wanted.steps) {
      const placed = place(draft, { step: this.#steps.length + 1, row, user: typeof user === "string" ? user : loginOf(user), ground });
      this.#steps.push(placed);
      if (draft.isGround) ground = placed.step;
    }
  }
}

/** What each threshold looks at. */
export function plannedOf(counts: Counts, rowsWithoutKey: number) {
  return {
    maxCreate: counts.create,
    maxChange: counts.changed,
    maxSuspend: counts.suspend,
    maxDeactivate: counts.deactivate,
    maxRemove: counts.remove,
    maxRowsWithoutKey: rowsWithoutKey,
  };
}

/** The whole at once, for those who hold both sides. */
export function plan(of: {
  readonly map: CompiledMap;
  readonly groupIds: GroupIds;
  readonly current: readonly CurrentUser[];
  readonly desired: readonly SourceRow[];
  readonly allowances?: Allowances;
}): Plan {
  const planner = new Planner(of.map, of.groupIds);
  for (const row of of.desired) planner.note(row);
  for (const user of of.current) planner.meet(user);
  for (const row of of.desired) planner.settle(row);
  return planner.conclude(of.allowances);
}

function place(
  { action, input, before, group }: Draft,
  at: { readonly step: number; readonly row: number | null; readonly user: string; readonly ground: number | undefined },
): Step {
  const { step, row, user, ground } = at;
  const read = { ...(before && { before }), ...(group !== undefined && { group }) };
  return { step, row, user, action, input, ...read, ...(ground !== undefined && { needs: ground }) };
}

function sentence(fault: string): string {
  return fault.charAt(0).toUpperCase() + fault.slice(1);
}
