import assert from "node:assert/strict";
import { derivedId } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { hears, kindsFor, type LiveFilter, liveKinds, type LiveSubject } from "./live.ts";

const test = suite("who hears what happens");

const everything: LiveFilter = { kinds: new Set(liveKinds) };
const [one, other] = [1, 2].map((n) => derivedId("run", Buffer.alloc(16, n)));
const all = { name: "ada", scopes: ["*"] };

function run(over: { id?: typeof one; connection?: string | null; principal?: string; status?: string } = {}): LiveSubject {
  const { id = one, connection = "acme", principal = "ci", status = "running" } = over;
  return { kind: "run", connection, run: { id: id as never, principal, lane: "standard", status } };
}

test("everybody hears the kinds that their scopes name, and no other", () => {
  assert.deepEqual(kindsFor({ scopes: ["*"] }), ["run", "progress", "agent", "budget", "hook"]);
  assert.deepEqual(kindsFor({ scopes: ["agents:read", "runs:submit"] }), ["agent"]);
  const reader = { name: "reader", scopes: ["runs:read"] };
  assert.ok(hears({ grant: reader, filter: everything }, run()));
  assert.ok(!hears({ grant: reader, filter: everything }, { kind: "agent" }));
  assert.ok(!hears({ grant: reader, filter: everything }, { kind: "budget", connection: "acme" }));
});

test("runs and budgets of connections that are not granted are not heard of, nor runs of others where only one's own are", () => {
  const bound = { name: "ci", scopes: ["*"], connections: ["acme*"] };
  const heard = [run(), run({ connection: "other" }), run({ connection: null })].map((subject) =>
    hears({ grant: bound, filter: everything }, subject),
  );
  assert.deepEqual(heard, [true, false, false]);
  assert.ok(!hears({ grant: bound, filter: everything }, { kind: "budget", connection: "other" }));
  const own = { name: "ci", scopes: ["*"], ownRuns: true };
  assert.ok(hears({ grant: own, filter: everything }, run()));
  assert.ok(!hears({ grant: own, filter: everything }, run({ principal: "ada" })));
});

test("a filter narrows by kind, connection, run, status and lane", () => {
  const heard = (filter: Partial<LiveFilter>, subject: LiveSubject) => hears({ grant: all, filter: { ...everything, ...filter } }, subject);
  assert.ok(!heard({ kinds: new Set(["agent"]) }, run()));
  assert.ok(!heard({ connections: new Set(["other"]) }, run()));
  assert.ok(heard({ connections: new Set(["acme"]) }, run()));
  assert.ok(!heard({ connections: new Set(["acme"]) }, run({ connection: null })));
  assert.ok(!heard({ runs: new Set([other as never]) }, run()));
  assert.ok(heard({ runs: new Set([one as never]) }, run()));
  assert.ok(!heard({ statuses: new Set(["failed"]) }, run()));
  assert.ok(!heard({ lanes: new Set(["bulk"]) }, run()));
  assert.ok(heard({ connections: new Set(["acme"]) }, { kind: "agent" }));
});

test.run();
