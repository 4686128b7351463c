import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { planPlacement } from "./place-reference.ts";

const test = suite("the place of a call whose credential is a reference");

const reference = "okta-prod";
const knows = "'okta-prod' in facts.credentials";

test("is an agent that reports the reference, at every stage", () => {
  const placement = { on: "agent", whenNone: "next", require: "labels.site == 'hq'", next: [{ waitForMs: 5 }] } as const;
  const plan = planPlacement(placement, { reference });
  assert.equal(plan.kind, "agent");
  const requires = plan.kind === "agent" ? plan.stages.map(({ require }) => require) : [];
  assert.match(requires[0] ?? "", /labels\.site == 'hq'.*&&.*'okta-prod' in facts\.credentials/);
  assert.equal(requires[1], knows);
});

test("is an agent where the connection allows either", () => {
  const plan = planPlacement({ on: "either", whenNone: "wait" }, { reference });
  assert.deepEqual(plan, { kind: "agent", whenNone: "wait", stages: [{ require: knows }] });
});

test("is never the controller, also when no agent is there", () => {
  const plan = planPlacement({ on: "agent", whenNone: "local" }, { reference });
  assert.equal(plan.kind === "agent" && plan.whenNone, "fail");
});

test("is nowhere when only local calls are left", () => {
  const only = { code: "placement_not_allowed", details: { reference } };
  assert.throws(() => planPlacement({ on: "local", whenNone: "fail" }, { reference }), only);
  assert.throws(() => planPlacement({ on: "either", whenNone: "wait" }, { on: "local", reference }), only);
});

test("hangs on nothing more when the credential is held by the controller", () => {
  assert.deepEqual(planPlacement({ on: "either", whenNone: "wait" }, {}), { kind: "local" });
});

test.run();
