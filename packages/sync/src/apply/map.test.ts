import assert from "node:assert/strict";
import { loadConfiguration } from "@longarm/shared/config";
import { suite } from "../../../../test/support/suite.ts";
import { compileMap } from "./compile.ts";
import { type ApplyMap, applyMapSchema } from "./map-schema.ts";
import { readRow } from "./read-row.ts";

const test = suite("maps of columns to profiles");

function read(text: string): ApplyMap {
  return loadConfiguration({ schema: applyMapSchema, text, environment: {}, prefix: "LONGARM" }).value;
}

const whole = `
key: login
profile:
  login: mail
  email: mail
  firstName: first
  lastName: last
  displayName: {cel: "row.first + ' ' + row.last"}
status: {column: state, values: {active: [A, B], deactivated: [X, ""]}}
memberships: {column: groups, owns: [Eng, Ops]}
scope: profile.source == 'hr'
absent: suspend
thresholds: {maxDeactivate: 2%, maxSuspend: {count: 5, percent: 1}}
`;
const header = ["mail", "first", "last", "state", "groups"];

test("are read with what they leave out", () => {
  const map = read(whole);
  assert.deepEqual([map.create, map.absent, map.memberships?.separator, map.csv.delimiter], ["active", "suspend", ";", ","]);
});

const faulty: readonly (readonly [what: string, text: string, faults: readonly RegExp[]])[] = [
  [
    "an expression",
    whole.replace("row.first +", "rwo.first +"),
    [/line 8, profile\.displayName\.cel: is no expression: unknown variable `rwo`/],
  ],
  ["a scope", whole.replace("profile.source ==", "profile.source ="), [/line 11, scope: is no expression: .*write `==` to compare/]],
  [
    "a threshold and an unknown one",
    whole.replace("2%", "2 of 100").replace("maxSuspend", "maxSupsend"),
    [
      /thresholds\.maxDeactivate: must be a number such as 50, a share/,
      /thresholds\.maxSupsend: is not known here; did you mean "maxSuspend"/,
    ],
  ],
  ["an absence", whole.replace("suspend\n", "delete\n"), [/absent: must be one of "ignore", "suspend", "deactivate"/]],
  ["an absence without a scope", whole.replace(/scope.*\n/, ""), [/absent: suspend needs a scope/]],
  ["a key that is no field", whole.replace("key: login", "key: mail"), [/its key "mail" must be a field of its profile/]],
  ["a profile that makes no user", whole.replace("  lastName: last\n", ""), [/its profile lacks lastName/]],
  ["a member", `${whole}\nmaxDeactivate: 3`, [/maxDeactivate: is not known here/]],
];
for (const [what, text, faults] of faulty) {
  test(`name every fault with its place: ${what}`, () => {
    for (const message of faults) assert.throws(() => read(text), { code: "invalid_configuration", message });
  });
}

test("say where they do not fit the columns of a source", () => {
  const compiled = compileMap(read(whole), ["mail", "first", "state"]);
  assert.ok("misfits" in compiled);
  assert.deepEqual(
    compiled.misfits.map(({ place }) => place),
    ["profile.lastName", "profile.displayName", "memberships.column"],
  );
  assert.match(compiled.misfits[1]?.problem ?? "", /`row` has no member `last`/);
});

const good = { mail: " ada@example.com", first: "Ada", last: "Lovelace", state: "a", groups: "Ops;;Eng ;Ops" };

function rowOf(cells: Readonly<Record<string, unknown>>) {
  const compiled = compileMap(read(whole), header);
  assert.ok("map" in compiled);
  return readRow(compiled.map, { row: 2, cells: { ...good, ...cells } });
}

test("make a user of a row", () => {
  assert.deepEqual(rowOf({}).desired, {
    row: 2,
    profile: { login: "ada@example.com", email: "ada@example.com", firstName: "Ada", lastName: "Lovelace", displayName: "Ada Lovelace" },
    status: "active",
    groups: ["Eng", "Ops"],
  });
  assert.equal(rowOf({ state: null }).desired?.status, "deactivated");
  assert.deepEqual(rowOf({ groups: ["Eng"] }).desired?.groups, ["Eng"]);
});

const wrong: readonly (readonly [what: string, cells: Readonly<Record<string, unknown>>, faults: readonly RegExp[]])[] = [
  ["no key", { mail: " " }, [/^login is empty/, /^email is empty/, /^it has no key: login is empty/]],
  ["a name that is too long", { first: "x".repeat(51) }, [/^firstName has 51 characters; Okta takes 1 to 50/]],
  ["an object", { last: { a: 1 } }, [/column "last" holds an object/, /displayName has no value/]],
  ["an unknown status", { state: "Q" }, [/^its status "q" means nothing; the map knows "a", "b", "x", ""/]],
  ["a group of others", { groups: "Eng;Everyone;Staff" }, [/^it names "Everyone", "Staff", which the source does not own/]],
];
for (const [what, cells, faults] of wrong) {
  test(`say everything that is wrong with a row: ${what}`, () => {
    const read_ = rowOf(cells);
    assert.equal(read_.desired, null);
    assert.equal(read_.faults.length, faults.length, read_.faults.join("\n"));
    faults.forEach((fault, at) => assert.match(read_.faults[at] ?? "", fault));
  });
}

test("miss a column that a row of JSON lacks", () => {
  const compiled = compileMap(read(whole), null);
  assert.ok("map" in compiled);
  const { mail: _, ...cells } = good;
  assert.match(readRow(compiled.map, { row: 9, cells }).faults[0] ?? "", /^it has no column "mail"; write null/);
});

test.run();
