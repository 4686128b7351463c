import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { brief, mapOf, type MapWish, ownsTwo, planOf, rowOf, userOf } from "./apply.fixture.ts";
import type { CurrentUser } from "./people.ts";

const test = suite("planning what a file asks of an org");

const titled = { login: "mail", email: "mail", firstName: "first", lastName: "last", title: "title" };
const withStates = { status: { column: "state" } };

test("sets and clears only the fields that differ, and tells their old values", () => {
  const map = mapOf({ profile: { ...titled, nickName: { cel: "row.title == '' ? row.first : null" } } });
  const ada = userOf("ada", { profile: { title: "Dr", lastName: "Byron", nickName: null, city: "London" } });
  const [step, ...others] = planOf(map, [ada], [rowOf("ada", 7)]).steps;
  assert.deepEqual(others, []);
  assert.deepEqual(step, {
    ...{ step: 1, row: 7, user: "ada@example.com", action: "okta.user.updateProfile" },
    input: { user: "00u-ada", set: { lastName: "Doe", nickName: "ada" }, clear: ["title"] },
    before: { lastName: "Byron", title: "Dr", nickName: null },
  });
});

test("creates who is not there, and then adds to groups by their ids", () => {
  const { steps, counts } = planOf(mapOf({ memberships: ownsTwo }), [], [rowOf("ada", 2, { groups: "Ops; Eng" })]);
  const profile = { login: "ada@example.com", email: "ada@example.com", firstName: "ada", lastName: "Doe" };
  assert.deepEqual(steps[0]?.input, { profile, activate: true });
  assert.deepEqual(
    steps.slice(1).map(({ input, needs, group }) => [input, needs, group]),
    [
      [{ group: "00g-eng", user: "ada@example.com" }, 1, "Eng"],
      [{ group: "00g-ops", user: "ada@example.com" }, 1, "Ops"],
    ],
  );
  assert.deepEqual([counts.create, counts.add, counts.changed], [1, 2, 0]);
});

const ways: readonly (readonly [status: string, state: string, more: MapWish, expected: readonly string[] | RegExp])[] = [
  ["ACTIVE", "active", {}, []],
  ["PROVISIONED", "active", {}, []],
  ["LOCKED_OUT", "active", {}, []],
  ["STAGED", "active", {}, ["activate ada"]],
  ["STAGED", "active", { create: "staged" }, []],
  ["SUSPENDED", "active", {}, ["unsuspend ada"]],
  ["DEPROVISIONED", "active", {}, ["activate ada"]],
  ["ACTIVE", "suspended", {}, ["suspend ada"]],
  ["SUSPENDED", "suspended", {}, []],
  ["PROVISIONED", "suspended", {}, /is PROVISIONED; Okta suspends users that are ACTIVE alone/],
  ["DEPROVISIONED", "suspended", {}, /is deactivated in the org/],
  ["RECOVERY", "deactivated", {}, ["deactivate ada"]],
  ["DEPROVISIONED", "deactivated", {}, []],
  ["SUSPENDED", "active", { status: undefined }, []],
  ["DEPROVISIONED", "active", { status: undefined }, /is deactivated in the org/],
  ["SUSPENDED", "suspended", { status: "active" }, ["unsuspend ada"]],
];
for (const [status, state, more, expected] of ways) {
  const said = Object.keys(more).length === 0 ? "" : `, under ${JSON.stringify(more)}`;
  test(`leads ${status} to ${state}${said}`, () => {
    const map = mapOf({ ...withStates, ...more });
    const { steps, faults } = planOf(map, [userOf("ada", { status })], [rowOf("ada", 2, { state })]);
    if (expected instanceof RegExp) assert.match(faults[0]?.message ?? "", expected);
    else assert.deepEqual([brief(steps), faults], [expected, []]);
  });
}

test("leaves those staged that it would make staged, whatever else it changes", () => {
  const map = mapOf({ ...withStates, create: "staged" });
  const { steps } = planOf(map, [userOf("ada", { status: "STAGED" })], [rowOf("ada", 2, { last: "Roe" })]);
  assert.deepEqual(brief(steps), ["updateProfile ada"]);
});

test("brings a user back before it changes anything else of it, and suspends it last", () => {
  const map = mapOf({ profile: titled, memberships: ownsTwo, ...withStates });
  const changed = { title: "Dr", groups: "Eng" };
  const gone = userOf("ada", { status: "DEPROVISIONED", groups: ["Ops"] });
  const back = planOf(map, [gone], [rowOf("ada", 2, changed)]).steps;
  assert.deepEqual(brief(back), ["activate ada", "updateProfile ada", "addUser ada Eng", "removeUser ada Ops"]);
  assert.deepEqual(
    back.map(({ needs }) => needs),
    [undefined, 1, 1, 1],
  );
  const leave = planOf(map, [userOf("ada")], [rowOf("ada", 2, { ...changed, state: "suspended" })]).steps;
  assert.deepEqual(brief(leave), ["updateProfile ada", "addUser ada Eng", "suspend ada"]);
  const left = planOf(map, [userOf("ada")], [rowOf("ada", 2, { ...changed, state: "deactivated" })]).steps;
  assert.deepEqual(brief(left), ["deactivate ada"]);
});

test("knows a login and an address whatever their case", () => {
  const ada = userOf("ada", { profile: { login: "Ada@Example.com", email: "ADA@example.com" } });
  assert.deepEqual([planOf(mapOf(), [ada], [rowOf("ada")]).steps, planOf(mapOf(), [ada], [rowOf("ada")]).unchanged], [[], 1]);
});

const absences: readonly (readonly [absent: string, status: string, expected: readonly string[] | RegExp])[] = [
  ["ignore", "ACTIVE", []],
  ["suspend", "ACTIVE", ["suspend bob"]],
  ["suspend", "SUSPENDED", []],
  ["suspend", "STAGED", /bob@example\.com is STAGED/],
  ["deactivate", "STAGED", ["deactivate bob"]],
  ["deactivate", "SUSPENDED", ["deactivate bob"]],
  ["deactivate", "DEPROVISIONED", []],
];
for (const [absent, status, expected] of absences) {
  test(`means ${absent} for a user that is gone from the file and ${status}, within the scope`, () => {
    const scope = "profile.source == 'hr'";
    const ofHr = { source: "hr" };
    const profile = { ...titled, source: { cel: "'hr'" } };
    const org = [userOf("ada", { profile: ofHr }), userOf("bob", { status, profile: ofHr }), userOf("cyd", { profile: { source: "crm" } })];
    const { steps, faults, scopeUsers } = planOf(mapOf({ absent, scope, profile }), org, [rowOf("ada")]);
    assert.equal(scopeUsers, status === "DEPROVISIONED" ? 1 : 2);
    if (expected instanceof RegExp) assert.match(faults[0]?.message ?? "", expected);
    else assert.deepEqual([brief(steps), faults], [expected, []]);
  });
}

test("takes nobody for absent whose row is wrong, or stands twice", () => {
  const map = mapOf({ absent: "deactivate", scope: "true", ...withStates });
  const rows = [rowOf("ada", 2, { state: "?" }), rowOf("bob", 3), rowOf("bob", 4, { last: "Roe" }), rowOf("cyd", 5)];
  const { steps, faults } = planOf(
    map,
    ["ada", "bob", "cyd"].map((name) => userOf(name)),
    rows,
  );
  assert.deepEqual(steps, []);
  assert.deepEqual(
    faults.map(({ row, user, code }) => [row, user, code]),
    [
      [2, "ada@example.com", "invalid_request"],
      [3, "bob@example.com", "conflict"],
      [4, "bob@example.com", "conflict"],
    ],
  );
  assert.match(faults[1]?.message ?? "", /stands in several rows: login=bob@example\.com in lines 3 and 4\.$/);
});

test("counts rows without a key, since any absent user may be meant by them", () => {
  const rows = [rowOf("ada"), rowOf("x", 3, { mail: " " }), { row: 4, fault: "it has 2 cells" }];
  const of = (more: MapWish) => planOf(mapOf(more), [userOf("ada")], rows).thresholds.filter(({ exceeded }) => exceeded);
  assert.deepEqual(of({}), []);
  assert.deepEqual(of({ absent: "suspend", scope: "true" }), [{ name: "maxRowsWithoutKey", planned: 2, count: 0, exceeded: true }]);
});

const byNumber: MapWish = {
  key: ["employeeNumber", "login"],
  profile: { ...titled, employeeNumber: "number" },
};

test("finds users by the first key that finds one, and renames them", () => {
  const ada = userOf("ada", { profile: { employeeNumber: "1", title: null } });
  const bob = userOf("bob");
  const rows = [rowOf("ada", 2, { number: "1", mail: "lovelace@example.com" }), rowOf("bob", 3, { number: "2" })];
  const { steps, faults } = planOf(mapOf(byNumber), [ada, bob], rows);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    steps.map(({ input }) => input),
    [
      { user: "00u-ada", set: { login: "lovelace@example.com", email: "lovelace@example.com" } },
      { user: "00u-bob", set: { employeeNumber: "2" } },
    ],
  );
});

test("leaves alone whom several rows, or one row that stands for several users, may mean", () => {
  const org: CurrentUser[] = [userOf("ada", { profile: { employeeNumber: "1" } }), userOf("bob", { profile: { employeeNumber: "2" } })];
  const crossed = planOf(mapOf(byNumber), org, [rowOf("bob", 2, { number: "1" })]);
  assert.match(
    crossed.faults[0]?.message ?? "",
    /stands for more than one user of the org, among them ada@example\.com and bob@example\.com/,
  );
  const doubled = planOf(mapOf(byNumber), org, [rowOf("ada", 2, { number: "7" }), rowOf("cyd", 3, { number: "1" })]);
  assert.match(doubled.faults[0]?.message ?? "", /is one user, ada@example\.com, in several rows: lines 3 and 2/);
  assert.deepEqual([crossed.steps, doubled.steps, doubled.faults.length], [[], [], 2]);
});

test("makes nobody outside of the scope, lets nobody out of it, and touches nobody beyond it", () => {
  const map = mapOf({ profile: titled, memberships: ownsTwo, scope: { members: ["Eng"], users: "profile.title != 'CEO'" } });
  const org = [
    ["bob", "Eng"],
    ["cyd", "Eng"],
    ["dee", "Ops"],
  ].map(([name = "", group = ""]) => userOf(name, { groups: [group], profile: { title: "Dr" } }));
  const rows = [
    rowOf("ada", 2, { groups: "Ops", title: "Dr" }),
    rowOf("bob", 3, { groups: "Ops", title: "Dr" }),
    rowOf("cyd", 4, { groups: "Eng", title: "CEO" }),
    rowOf("dee", 5, { groups: "Eng" }),
    rowOf("eve", 6, { groups: "Eng", title: "Dr" }),
  ];
  const { steps, faults } = planOf(map, org, rows);
  assert.deepEqual(brief(steps), ["create eve", "addUser eve Eng"]);
  assert.deepEqual(
    faults.map(({ row, code, message }) => [row, code, /made outside|would leave|is outside/.exec(message)?.[0]]),
    [
      [2, "not_allowed", "made outside"],
      [3, "not_allowed", "would leave"],
      [4, "not_allowed", "would leave"],
      [5, "not_allowed", "is outside"],
    ],
  );
});

test("makes nobody where the map says so, nor who is to be deactivated anyway; to be suspended is a fault", () => {
  const rows = [rowOf("ada", 2, { state: "deactivated" }), rowOf("bob", 3, { state: "suspended" })];
  const { steps, faults } = planOf(mapOf(withStates), [], rows);
  assert.deepEqual([steps, faults.map(({ row, code }) => [row, code])], [[], [[3, "invalid_state"]]]);
  assert.deepEqual(planOf(mapOf({ create: "none" }), [], [rowOf("ada")]).steps, []);
});

test.run();
