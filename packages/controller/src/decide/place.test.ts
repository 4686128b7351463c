import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { compileShortForm, evaluate, parseSelector, type SelectorVariables } from "@longarm/shared/selector";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import {
  nextPlacementStep,
  type PlacementChoice,
  type PlacementPlan,
  type PlacementSource,
  type PlacementStage,
  resolvePlacement,
} from "./place.ts";

const test = suite("placement");

const hq = "labels.site == 'hq'";

function placement(on: PlacementSource["on"], rest: Partial<PlacementSource> = {}): PlacementSource {
  return { on, whenNone: "wait", ...rest };
}

test("follows the connection when the run does not say where", () => {
  assert.deepEqual(resolvePlacement(placement("local")), { kind: "local" });
  assert.deepEqual(resolvePlacement(placement("either", { require: hq })), { kind: "local" });
  assert.deepEqual(resolvePlacement(placement("agent", { require: hq, waitForMs: 5 })), {
    kind: "agent",
    stages: [{ require: hq, waitForMs: 5 }],
    whenNone: "wait",
  });
});

test("adds the run's selector to the requirement of every stage", () => {
  const source = placement("agent", {
    require: `${hq} || true`,
    whenNone: "next",
    next: [{ prefer: [{ when: hq, weight: 1 }] }, { require: "facts.load < 0.5", waitForMs: 9 }],
  });
  assert.deepEqual(resolvePlacement(source, { pool: "p" }), {
    kind: "agent",
    whenNone: "next",
    stages: [
      { require: `(${hq} || true) && labels.pool == 'p'` },
      { require: "labels.pool == 'p'", prefer: [{ when: hq, weight: 1 }] },
      { require: "facts.load < 0.5 && labels.pool == 'p'", waitForMs: 9 },
    ],
  });
});

test("sends a run with a selector through an agent where either is allowed", () => {
  assert.deepEqual(resolvePlacement(placement("either"), hq), { kind: "agent", stages: [{ require: hq }], whenNone: "wait" });
  assert.deepEqual(resolvePlacement(placement("either"), "local"), { kind: "local" });
});

test("refuses whatever would widen the connection's placement", () => {
  const refused: readonly (readonly [PlacementSource, string])[] = [
    [placement("agent"), "local"],
    [placement("agent", { whenNone: "local" }), "local"],
    [placement("local"), hq],
    [placement("local"), "true"],
    [placement("agent"), "either"],
    [placement("either"), "agent"],
  ];
  for (const [source, on] of refused) assert.throws(() => resolvePlacement(source, on), { code: "placement_not_allowed" });
});

test("refuses selectors that do not parse, and those that try to break out of the conjunction", () => {
  for (const on of ["labels.site =", "true) || (true", "", "labels.site == 'hq' ||"]) {
    assert.throws(() => resolvePlacement(placement("agent", { require: hq }), on), { code: "invalid_selector" });
  }
  assert.throws(() => resolvePlacement(placement("agent", { require: "labels.site = 'hq'" })), { code: "invalid_selector" });
});

const chosen: PlacementChoice<string> = { kind: "chosen", agent: "hq-1", why: hq };
const none: PlacementChoice<string> = { kind: "none", sentence: "0 of 0 agents match: none has joined yet", failed: [], busy: false };
const busy: PlacementChoice<string> = { ...none, sentence: "0 of 1 agents are free: 1 has no free slot", busy: true };

type Row = readonly [
  whenNone: PlacementSource["whenNone"],
  stages: readonly PlacementStage[],
  position: { stage: number; waitedMs: number },
  none: string,
  busy: string,
];

const limited = [{ waitForMs: 100 }];
const table: readonly Row[] = [
  ["wait", [{}], { stage: 0, waitedMs: 1e9 }, "wait null", "wait null"],
  ["wait", limited, { stage: 0, waitedMs: 0 }, "wait 100", "wait 100"],
  ["wait", limited, { stage: 0, waitedMs: 99 }, "wait 100", "wait 100"],
  ["wait", limited, { stage: 0, waitedMs: 100 }, "fail", "fail"],
  ["fail", [{}], { stage: 0, waitedMs: 0 }, "fail", "wait null"],
  ["fail", limited, { stage: 0, waitedMs: 0 }, "fail", "wait 100"],
  ["fail", limited, { stage: 0, waitedMs: 100 }, "fail", "fail"],
  ["local", [{}], { stage: 0, waitedMs: 0 }, "local", "local"],
  ["local", limited, { stage: 0, waitedMs: 0 }, "local", "wait 100"],
  ["local", limited, { stage: 0, waitedMs: 100 }, "local", "local"],
  ["next", [{}, {}], { stage: 0, waitedMs: 0 }, "next 1", "next 1"],
  ["next", [{ waitForMs: 100 }, {}], { stage: 0, waitedMs: 50 }, "wait 100", "wait 100"],
  ["next", [{ waitForMs: 100 }, {}], { stage: 0, waitedMs: 100 }, "next 1", "next 1"],
  ["next", [{}, {}], { stage: 1, waitedMs: 0 }, "fail", "wait null"],
  ["next", [{}, { waitForMs: 100 }], { stage: 1, waitedMs: 100 }, "fail", "fail"],
  ["next", [{}], { stage: 0, waitedMs: 0 }, "fail", "wait null"],
];

function briefly(plan: PlacementPlan, position: { stage: number; waitedMs: number; choice: PlacementChoice<string> }): string {
  const step = nextPlacementStep(plan, position);
  if (step.kind === "wait") return `wait ${step.untilMs}`;
  return step.kind === "next" ? `next ${step.stage}` : step.kind;
}

for (const [whenNone, stages, position, ifNone, ifBusy] of table) {
  test(`whenNone ${whenNone}, ${JSON.stringify(stages)}, at ${JSON.stringify(position)}: ${ifNone}, and ${ifBusy} when busy`, () => {
    const plan: PlacementPlan = { kind: "agent", stages, whenNone };
    assert.equal(briefly(plan, { ...position, choice: none }), ifNone);
    assert.equal(briefly(plan, { ...position, choice: busy }), ifBusy);
    assert.deepEqual(nextPlacementStep(plan, { ...position, choice: chosen }), { kind: "place", agent: "hq-1", why: hq });
  });
}

test("says in the error what was missing and for how long it was waited", () => {
  const plan: PlacementPlan = { kind: "agent", stages: limited, whenNone: "wait" };
  const failed = [{ condition: hq, count: 2 }];
  const sentence = `0 of 2 agents match: 2 fail ${hq}`;
  const step = nextPlacementStep(plan, { stage: 0, waitedMs: 120, choice: { kind: "none", sentence, failed, busy: false } });
  assert.ok(step.kind === "fail" && step.error instanceof LongarmError);
  assert.equal(step.error.code, "no_agent_matches");
  assert.equal(step.error.message, `No agent can take the call after a wait of 120 ms: ${sentence}.`);
  assert.deepEqual(step.error.details["failed"], failed);
});

const require = fc.constantFrom(
  undefined,
  "true",
  hq,
  `${hq} || labels.tier == 'prod'`,
  "'okta' in labels.caps && facts.load < 0.5",
  "labels.tier == 'x' ? true : false // end",
);
const stage = fc.record({ require }, { requiredKeys: [] }).map(({ require: source }) => (source === undefined ? {} : { require: source }));
const selector = fc.oneof(
  fc.constantFrom(hq, "labels.tier == 'test' || true", "true // end", "!('okta' in labels.caps)"),
  fc.constantFrom({ pool: "' || true || '" }, { attributes: { tier: ["prod", "test"] } }),
);
const agents: fc.Arbitrary<SelectorVariables> = fc
  .record({
    site: fc.constantFrom("hq", "branch"),
    tier: fc.constantFrom("prod", "test"),
    caps: fc.subarray(["okta", "rest"]),
    load: fc.constantFrom(0.1, 0.9),
  })
  .map(({ load, ...labels }) => ({
    agent: { id: "agt_0", name: "a" },
    labels,
    facts: { os: "linux", arch: "x64", version: "1.0.0", hostname: "h", addresses: [], freeSlots: 1, load, reach: {} },
  }));

const matches = (source: string | undefined, agent: SelectorVariables): boolean =>
  source === undefined || evaluate(parseSelector(source), agent).matched;

test("lets no agent through in any stage that the stage's requirement or the run's selector does not match", () => {
  fc.assert(
    fc.property(
      fc.tuple(stage, fc.array(stage, { maxLength: 3 })),
      fc.option(selector, { nil: undefined }),
      agents,
      ([first, next], on, agent) => {
        const plan = resolvePlacement({ on: "agent", whenNone: "next", next, ...first }, on);
        assert.ok(plan.kind === "agent");
        for (const [index, source] of [first, ...next].entries()) {
          const wanted = matches(source.require, agent) && (on === undefined || matches(compileShortForm(on), agent));
          assert.equal(matches(plan.stages[index]?.require, agent), wanted);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("comes to an end: placed, local or failed, whatever the choices are, once every limited wait is over", () => {
  const stages = fc.array(fc.constantFrom<PlacementStage>({ waitForMs: 0 }, { waitForMs: 50 }), { minLength: 1, maxLength: 4 });
  const whenNone = fc.constantFrom("wait", "fail", "local", "next" as const);
  fc.assert(
    fc.property(stages, whenNone, fc.infiniteStream(fc.constantFrom(none, busy)), (list, rule, choices) => {
      let position = { stage: 0, waitedMs: 0 };
      for (let steps = 0; steps < 10; steps += 1) {
        const step = nextPlacementStep(
          { kind: "agent", stages: list, whenNone: rule },
          { ...position, choice: choices.next().value ?? none },
        );
        if (step.kind === "local") return assert.equal(rule, "local");
        if (step.kind === "fail") return assert.notEqual(rule, "local");
        assert.notEqual(step.kind, "place");
        position =
          step.kind === "next"
            ? { stage: step.stage, waitedMs: 0 }
            : { ...position, waitedMs: step.kind === "wait" ? (step.untilMs ?? 0) : 0 };
      }
      assert.fail("it went on for ever");
    }),
  );
});

test.run();
