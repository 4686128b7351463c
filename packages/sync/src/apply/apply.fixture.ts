import assert from "node:assert/strict";
import { compileMap, type CompiledMap } from "./compile.ts";
import type { ApplyMap } from "./map-schema.ts";
import type { CurrentUser, SourceRow } from "./people.ts";
import { plan, type Plan } from "./planner.ts";
import type { Step } from "./steps.ts";

const basics = { create: "active", absent: "ignore", csv: { delimiter: "," }, thresholds: {} } as const;
const columns = { login: "mail", email: "mail", firstName: "first", lastName: "last" } as const;

/** Members of a map; they stand in a test as somebody would write them. */
export type MapWish = { readonly [member in keyof ApplyMap]?: unknown };

/** A map over the columns mail, first, last, title, state and groups; `wish` takes the place of members. */
export function mapOf(wish: MapWish = {}): CompiledMap {
  const compiled = compileMap({ key: "login", profile: columns, ...basics, ...wish } as unknown as ApplyMap, null);
  assert.ok("map" in compiled);
  return compiled.map;
}

/** Memberships by the column groups. */
export const ownsTwo = { column: "groups", separator: ";", owns: ["Eng", "Ops"], others: "fault" } as const;

/** A user of the org. */
export function userOf(name: string, more: Partial<CurrentUser> = {}): CurrentUser {
  const login = `${name}@example.com`;
  const profile = { login, email: login, firstName: name, lastName: "Doe", ...more.profile };
  return { id: `00u-${name}`, status: "ACTIVE", groups: [], ...more, profile };
}

/** The row that asks for what `userOf` is. */
export function rowOf(name: string, row = 2, more: Readonly<Record<string, unknown>> = {}): SourceRow {
  return { row, cells: { mail: `${name}@example.com`, first: name, last: "Doe", title: "", state: "active", groups: "", ...more } };
}

export const groupIds = new Map([
  ["Eng", "00g-eng"],
  ["Ops", "00g-ops"],
  ["Staff", "00g-staff"],
]);

/** A plan over the fixture's groups. */
export function planOf(map: CompiledMap, current: readonly CurrentUser[], desired: readonly SourceRow[]): Plan {
  return plan({ map, groupIds, current, desired });
}

/** Steps in short: `suspend ada@example.com`. */
export function brief(steps: readonly Step[]): readonly string[] {
  return steps.map(({ action, user, group }) => [action.split(".").at(-1), user.split("@")[0], group].filter(Boolean).join(" "));
}

const names = new Map([...groupIds].map(([name, id]) => [id, name]));

interface StepInput {
  readonly user?: string;
  readonly group?: string;
  readonly profile?: CurrentUser["profile"];
  readonly activate?: boolean;
  readonly set?: CurrentUser["profile"];
  readonly clear?: readonly string[];
}

/** An org as the steps of a plan leave it, by Okta's rules; a step that Okta would refuse throws. */
export function carryOut(org: readonly CurrentUser[], steps: readonly Step[]): readonly CurrentUser[] {
  const users = new Map(org.map((user) => [user.id, user]));
  for (const { action, input } of steps) {
    const { user: named = "", group = "", profile = {}, activate, set, clear = [] } = input as StepInput;
    if (action === "okta.user.create") {
      const id = `00u-new-${users.size}`;
      users.set(id, { id, status: activate ? "PROVISIONED" : "STAGED", profile, groups: [] });
      continue;
    }
    const user = users.get(named) ?? [...users.values()].find((one) => one.profile["login"] === named);
    assert.ok(user, `${action} of a user that is not there`);
    const after = (more: Partial<CurrentUser>) => users.set(user.id, { ...user, ...more });
    const lead = (to: string, ...from: string[]) => {
      assert.ok(from.includes(user.status), `${action} of a user that is ${user.status}`);
      after({ status: to });
    };
    const name = names.get(group) ?? "";
    if (action === "okta.group.addUser") after({ groups: [...user.groups, name] });
    else if (action === "okta.group.removeUser") after({ groups: user.groups.filter((one) => one !== name) });
    else if (action === "okta.user.deactivate") after({ status: "DEPROVISIONED" });
    else if (action === "okta.user.suspend") lead("SUSPENDED", "ACTIVE");
    else if (action === "okta.user.unsuspend") lead("ACTIVE", "SUSPENDED");
    else if (action === "okta.user.activate") lead("PROVISIONED", "STAGED", "DEPROVISIONED");
    else {
      assert.notEqual(user.status, "DEPROVISIONED");
      const cleared = Object.fromEntries(clear.map((field) => [field, null]));
      after({ profile: { ...user.profile, ...set, ...cleared } });
    }
  }
  return [...users.values()];
}
