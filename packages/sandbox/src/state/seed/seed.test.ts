import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../../test/support/suite.ts";
import { IdSpace } from "./id-space.ts";
import { mix, unmix } from "./mix.ts";
import { SeededPeople, seededIndexOf, seededLogin } from "./people.ts";
import { shortNameOf } from "../users/user.ts";

const test = suite("the seed");

const index = fc.integer({ min: 0, max: 0xffffffff });

test("scrambling loses nothing", () => {
  fc.assert(fc.property(index, (value) => unmix(mix(value)) === value));
});

test("an id leads back to its index, and no other text does", () => {
  const ids = new IdSpace("00u", 7);
  fc.assert(
    fc.property(index, fc.nat(16), (value, place) => {
      const id = ids.idOf(value);
      assert.match(id, /^00u[0-9A-Za-z]{17}$/);
      assert.equal(ids.indexOf(id), value);
      const changed = id.slice(0, 3 + place) + (id[3 + place] === "0" ? "1" : "0") + id.slice(4 + place);
      assert.equal(ids.indexOf(changed), undefined);
      assert.equal(new IdSpace("00u", 8).indexOf(id), undefined);
    }),
  );
});

test("a login leads back to its index", () => {
  fc.assert(fc.property(fc.nat(9_999_999_999), (value) => seededIndexOf(shortNameOf(seededLogin(value))) === value));
  for (const other of ["user42", "user0000042", "xuser000042", "user00004x"]) assert.equal(seededIndexOf(other), undefined);
});

test("the same seed gives the same users, another seed others", () => {
  const people = (seed: number) => new SeededPeople({ seed, ids: new IdSpace("00u", seed), typeId: "oty", statuses: "mixed" });
  assert.deepEqual(people(3).at(41), people(3).at(41));
  assert.notDeepEqual(people(3).at(41).profile, people(4).at(41).profile);
});

test("the quick way to write a profile writes what JSON.stringify does", () => {
  const people = new SeededPeople({ seed: 5, ids: new IdSpace("00u", 5), typeId: "oty", statuses: "active" });
  fc.assert(fc.property(fc.nat(2_000_000), (at) => people.profileJson(at) === JSON.stringify(people.at(at).profile)));
});

test("the quick way to write a time writes what toISOString does", () => {
  const people = new SeededPeople({ seed: 5, ids: new IdSpace("00u", 5), typeId: "oty", statuses: "active" });
  fc.assert(fc.property(fc.nat(2_000_000), (at) => people.at(at).created === new Date(people.at(at).created).toISOString()));
});

test.run();
