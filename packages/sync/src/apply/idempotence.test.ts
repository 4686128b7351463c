import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { carryOut, mapOf, type MapWish, ownsTwo, planOf, userOf } from "./apply.fixture.ts";
import type { CurrentUser, SourceRow } from "./people.ts";
import { applyActions } from "./steps.ts";

const test = suite("plans of any file for any org");

const people = ["ada", "bob", "cyd", "dee", "eve", "fay"];
const statuses = ["ACTIVE", "PROVISIONED", "STAGED", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED"];
const columns = { login: "mail", email: "mail", firstName: "first", lastName: "last", title: "title", employeeNumber: "number" };

const title = fc.constantFrom("", "Dr", "dr", " Dr ", "Countess");
const number = fc.constantFrom("", "1", "2", "3");
const groups = fc.uniqueArray(fc.constantFrom("Eng", "Ops", "Staff"));

const map: fc.Arbitrary<MapWish> = fc.record(
  {
    key: fc.constantFrom<unknown>("login", ["employeeNumber", "login"]),
    status: fc.constantFrom<unknown>("active", { column: "state" }),
    memberships: fc.constantFrom(ownsTwo, { ...ownsTwo, others: "ignore" as const }),
    create: fc.constantFrom("active", "staged", "none"),
    absent: fc.constantFrom("ignore", "suspend", "deactivate"),
    scope: fc.constantFrom<unknown>(
      "true",
      "profile.title == 'Dr'",
      "status == 'ACTIVE'",
      { members: ["Eng"] },
      { members: ["Staff"], users: "profile.firstName != 'x'" },
    ),
  },
  { requiredKeys: ["key"] },
);

const user: fc.Arbitrary<CurrentUser> = fc
  .record({ name: fc.constantFrom(...people), status: fc.constantFrom(...statuses), title, employeeNumber: number, groups })
  .map(({ name, status, groups: in_, ...profile }) => userOf(name, { status, groups: in_, profile }));
const org = fc.uniqueArray(user, { selector: ({ id }) => id, maxLength: 6 });

const row = fc.record({
  mail: fc.constantFrom("", ...people.map((name) => `${name}@example.com`), "Ada@Example.com"),
  first: fc.constantFrom("x", "Ada", ...people),
  last: fc.constantFrom("Doe", "Roe", ""),
  title,
  number,
  state: fc.constantFrom("active", "suspended", "deactivated", "unheard of"),
  groups: fc.constantFrom("", "Eng", "Ops;Eng", "Ops; ;Ops", "Staff"),
});
const source: fc.Arbitrary<readonly SourceRow[]> = fc
  .array(row, { maxLength: 7 })
  .map((rows) => rows.map((cells, at) => ({ row: at + 2, cells })));

const worlds = fc.record({ map, org, source });
const runs = { numRuns: 3_000 };

function compiled(wish: MapWish) {
  return mapOf({ profile: columns, ...wish });
}

test("leave nothing to do once they were carried out", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const ready = compiled(world.map);
      const first = planOf(ready, world.org, world.source);
      const after = carryOut(world.org, first.steps);
      assert.deepEqual(planOf(ready, after, world.source).steps, []);
    }),
    runs,
  );
});

test("touch nobody outside of the scope, and no group that the source does not own", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const ready = compiled(world.map);
      const { steps } = planOf(ready, world.org, world.source);
      const after = new Map(carryOut(world.org, steps).map((one) => [one.id, one]));
      for (const before of world.org.filter((one) => !ready.isInScope(one))) assert.deepEqual(after.get(before.id), before);
      const touched = new Set(steps.flatMap(({ user }) => user.toLowerCase()));
      const staying = [...after.values()].filter((one) => one.status !== "DEPROVISIONED" && touched.has(String(one.profile["login"])));
      const statusFree = (one: CurrentUser) => ready.isInScope({ ...one, status: "ACTIVE" });
      assert.deepEqual(
        staying.filter((one) => !statusFree(one)).map(({ id }) => id),
        [],
      );
      const strangers = (one: CurrentUser | undefined) => one?.groups.includes("Staff");
      for (const before of world.org) assert.equal(strangers(after.get(before.id)), strangers(before));
    }),
    runs,
  );
});

test("are the same whatever the order in which the org lists its users", () => {
  const shuffled = worlds.chain((world) =>
    fc.shuffledSubarray(world.org, { minLength: world.org.length }).map((other) => ({ ...world, other })),
  );
  const rows = ({ steps, faults }: ReturnType<typeof planOf>) => ({
    steps: steps.filter((one) => one.row !== null).map((one) => ({ ...one, step: 0, needs: one.needs !== undefined })),
    faults: faults.filter((one) => one.row !== null).map((one) => one.row),
  });
  fc.assert(
    fc.property(shuffled, (world) => {
      const ready = compiled(world.map);
      assert.deepEqual(rows(planOf(ready, world.other, world.source)), rows(planOf(ready, world.org, world.source)));
    }),
    { numRuns: 1_000 },
  );
});

test("do no step before the one that it needs", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { steps } = planOf(compiled(world.map), world.org, world.source);
      const made = new Map(steps.filter(({ action }) => action === "okta.user.create").map(({ user, step }) => [user, step]));
      steps.forEach(({ step, needs, action, user }, at) => {
        assert.equal(step, at + 1);
        if (made.has(user) && made.get(user) !== step) assert.equal(needs, made.get(user));
        assert.ok(needs === undefined || needs < step);
        assert.ok(applyActions.includes(action));
      });
    }),
    runs,
  );
});

test.run();
