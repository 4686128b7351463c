import { type Grant } from "@longarm/shared";
import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { excessOf, isRestricted, matchesGlob, mayEverything, maySeeRun, mayScope, mayTake, mayUse } from "./access.ts";

const test = suite("what is granted");
const letters = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 8 });
const globs = fc.string({ unit: fc.constantFrom("a", "b", "-", "*"), maxLength: 6 });

test("a pattern means the names that its regular expression would", () => {
  fc.assert(
    fc.property(globs, letters, (pattern, name) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name);
      equal(matchesGlob(pattern, name), expected, `${pattern} ${name}`);
    }),
    { numRuns: 5_000 },
  );
});

test("a pattern that is granted by another one means no name that the other does not", () => {
  fc.assert(
    fc.property(globs, globs, letters, (wish, maker, name) => {
      const isWithin = excessOf({ scopes: [], connections: [wish] }, { scopes: [], connections: [maker] }).length === 0;
      if (isWithin && matchesGlob(wish, name)) equal(matchesGlob(maker, name), true, `${wish} within ${maker}: ${name}`);
    }),
    { numRuns: 5_000 },
  );
});

test("a scope that is not named is denied", () => {
  equal(mayScope({ scopes: [] }, "runs:read"), false);
  equal(mayScope({ scopes: ["runs:read"] }, "runs:submit"), false);
  equal(mayScope({ scopes: ["runs:read"] }, "runs:read"), true);
  equal(mayScope({ scopes: ["*"] }, "whatever:comes"), true);
});

test("nobody grants more than they have, of any kind", () => {
  const maker: Grant = { scopes: ["runs:read"], connections: ["acme-*"], lanes: ["bulk"], ownRuns: true, expiresAt: 1_000 };
  const within: Grant = { scopes: ["runs:read"], connections: ["acme-eu"], lanes: ["bulk"], ownRuns: true, expiresAt: 900 };
  deepEqual(excessOf(within, maker), []);
  const { connections: _connections, ...anywhere } = within;
  const { lanes: _lanes, ...anyLane } = within;
  const { ownRuns: _own, ...anyRun } = within;
  const { expiresAt: _expires, ...forever } = within;
  const beyond: Grant[] = [
    ...[anywhere, anyLane, anyRun, forever],
    { ...within, scopes: ["runs:read", "*"] },
    { ...within, connections: ["acme-eu", "acme*"] },
    { ...within, lanes: ["bulk", "interactive"] },
    { ...within, expiresAt: 1_001 },
  ];
  for (const wish of beyond) equal(excessOf(wish, maker).length, 1, JSON.stringify(wish));
  deepEqual(excessOf({ scopes: ["*"] }, { scopes: ["*"] }), []);
});

test("who has only logged in for a while makes keys that live longer, and nothing else more", () => {
  const session: Grant = { scopes: ["runs:read"], expiresAt: 1_000, isSession: true };
  deepEqual(excessOf({ scopes: ["runs:read"] }, session), []);
  equal(excessOf({ scopes: ["runs:submit"] }, session).length, 1);
});

test("everything is granted by `*` without a restriction alone", () => {
  equal(mayEverything({ scopes: ["*"] }), true);
  for (const less of [{ scopes: ["runs:read"] }, { scopes: ["*"], connections: ["*"] }, { scopes: ["*"], ownRuns: true }] as Grant[])
    equal(mayEverything(less), false);
});

test("runs of other connections, without one, or of others are not seen", () => {
  const restricted = { name: "ci", connections: ["acme*"] };
  equal(maySeeRun(restricted, { connection: "acme-eu", principal: "ada" }), true);
  equal(maySeeRun(restricted, { connection: "other", principal: "ci" }), false);
  equal(maySeeRun(restricted, { connection: null, principal: "ci" }), false);
  equal(maySeeRun({ name: "ci", ownRuns: true }, { connection: "acme", principal: "ada" }), false);
  equal(maySeeRun({ name: "ci", ownRuns: true }, { connection: "acme", principal: "ci" }), true);
  equal(maySeeRun({ name: "ci", ownRuns: true }, { connection: "acme", principal: null }), false);
  deepEqual([isRestricted(restricted), isRestricted({ ownRuns: true }), isRestricted({})], [true, true, false]);
});

test("what is not restricted is allowed by it", () => {
  deepEqual(
    [mayUse({}, "any"), mayTake({}, "bulk"), mayTake({ lanes: ["bulk"] }, "interactive"), mayUse({ connections: [] }, "any")],
    [true, true, false, false],
  );
});

test.run();
