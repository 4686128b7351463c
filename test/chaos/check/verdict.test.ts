import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import type { Case } from "./evidence.ts";
import { caseOf, effect, evidenceOf, fault, found, logOf, record } from "./evidence.fixture.ts";
import { judge } from "./verdict.ts";

const test = suite("the verdict on a chaos run");

const sortsOf = (one: Case, faults: Parameters<typeof evidenceOf>[1] = []): readonly string[] =>
  judge(evidenceOf([one], faults)).map(({ sort }) => sort);

const unanswered = { kind: "unanswered", key: "k-0", tries: 3, firstMs: 0, lastMs: 0, reason: "no answer" } as const;
const reset = fault("orgLink.reset", "home link", [50, 900]);
const once = [effect];
const twice = [effect, { ...effect, sequence: 2 }];

test("finds nothing wrong with a run that succeeded and was applied once", () => {
  assert.deepEqual(sortsOf(caseOf()), []);
});

test("calls an accepted run lost that nobody knows, that stands twice, or in whose place another stands", () => {
  assert.deepEqual(sortsOf(caseOf({ run: undefined })), ["lost"]);
  assert.deepEqual(sortsOf(caseOf({ runIds: ["run-1", "run-2"] })), ["lost"]);
  assert.deepEqual(sortsOf(caseOf({ run: found("succeeded", { action: "okta.user.get" }) })), ["lost"]);
});

test("takes a submission without an answer for accepted only when its key was found", () => {
  const lost = { submitted: unanswered, run: undefined, effects: [] };
  assert.deepEqual(sortsOf(caseOf({ ...lost, runIds: ["run-1"] })), ["lost"]);
  assert.deepEqual(sortsOf(caseOf({ ...lost, runIds: [] })), []);
});

test("calls it misreported when a submission that was not accepted was applied", () => {
  assert.deepEqual(sortsOf(caseOf({ submitted: { ...unanswered, kind: "refused" }, runIds: [], run: undefined, effects: once })), [
    "misreported",
  ]);
});

test("calls a run stuck that has no final status", () => {
  assert.deepEqual(sortsOf(caseOf({ run: found("running") })), ["stuck"]);
  assert.deepEqual(sortsOf(caseOf({ run: found("waiting") })), ["stuck"]);
});

test("counts a second effect of a create or once, and allows it of a converge", () => {
  assert.deepEqual(sortsOf(caseOf({ effects: twice })), ["duplicate"]);
  assert.deepEqual(sortsOf(caseOf({ effects: twice, plan: { effect: "once" } })), ["duplicate"]);
  assert.deepEqual(sortsOf(caseOf({ effects: twice, plan: { effect: "converge" } })), []);
});

test("finds what was sent again blindly, whether or not it was doubled", () => {
  const intent = (attempt: number) => record("intent", attempt * 100, { facts: { callId: "call-1", attempt } });
  const outcome = (attempt: number, facts: object) => record("outcome", attempt * 100 + 50, { facts: { id: "call-1", attempt, ...facts } });
  const [unknown, rejected] = [
    { outcome: "unknown", effect: "create" },
    { outcome: "rejected", effect: "create" },
  ];
  const sortsWith = (between: readonly ReturnType<typeof record>[], first: object, effectClass: "create" | "once" | "converge") => {
    const log = [intent(1), outcome(1, first), ...between, intent(2), outcome(2, { outcome: "applied" }), ...logOf("succeeded").slice(-1)];
    return sortsOf(caseOf({ run: found("succeeded", { log }), plan: { effect: effectClass } }));
  };
  const look = record("outcome", 160, { facts: { id: "call-2", attempt: 1, outcome: "rejected", effect: "read" } });
  assert.deepEqual(sortsWith([], unknown, "create"), ["blind"]);
  assert.deepEqual(sortsWith([], unknown, "converge"), []);
  assert.deepEqual(sortsWith([], rejected, "once"), []);
  assert.deepEqual([sortsWith([look], unknown, "create"), sortsWith([look], unknown, "once")], [[], ["blind"]]);
});

test("calls it misreported when a run succeeded unapplied, or failed applied", () => {
  assert.deepEqual(sortsOf(caseOf({ effects: [] })), ["misreported"]);
  assert.deepEqual(sortsOf(caseOf({ run: found("failed"), effects: once }), [reset]), ["misreported"]);
});

test("asks nothing of the org about a run that only reads", () => {
  assert.deepEqual(sortsOf(caseOf({ plan: { effect: "read", expected: null }, effects: [] })), []);
});

test("wants a fault behind every unknown outcome, on the way of the call and at its time", () => {
  const unknown = caseOf({ run: found("outcome_unknown") });
  assert.deepEqual(sortsOf(unknown), ["unexplained"]);
  assert.deepEqual(sortsOf(unknown, [fault("org.cutAfterApply", "org", [150, 900])]), []);
  assert.deepEqual(sortsOf(unknown, [fault("orgLink.reset", "home link", [150, 900])]), []);
  assert.deepEqual(sortsOf(unknown, [fault("controller.kill", "controller-1", [150, 900])]), []);
  assert.deepEqual(sortsOf(unknown, [fault("orgLink.reset", "site link", [150, 900])]), ["unexplained"]);
  assert.deepEqual(sortsOf(unknown, [fault("agent.kill", "agent-1", [150, 900])]), ["unexplained"]);
  assert.deepEqual(sortsOf(unknown, [fault("controller.kill", "controller-2", [150, 900])]), ["unexplained"]);
  assert.deepEqual(sortsOf(unknown, [fault("org.cutAfterApply", "org", [400, 900])]), ["unexplained"]);
});

test("excuses no read that ends unknown, whatever struck it", () => {
  const read = caseOf({ run: found("outcome_unknown"), plan: { effect: "read", expected: null }, effects: [] });
  assert.deepEqual(sortsOf(read, [reset, fault("controller.kill", "controller-1", [150, 900])]), ["unexplained"]);
});

test("lets the broker's faults excuse a once, and nothing whose state can be read back", () => {
  const died = [fault("broker.kill", "broker", [150, 900])];
  const unknown = { run: found("outcome_unknown") };
  assert.deepEqual(sortsOf(caseOf(unknown), died), ["unexplained"]);
  assert.deepEqual(sortsOf(caseOf({ ...unknown, plan: { effect: "converge" } }), died), ["unexplained"]);
  assert.deepEqual(sortsOf(caseOf({ ...unknown, plan: { effect: "once" } }), died), []);
});

test("looks at the calls that change something only, where a fault is to excuse what is unknown", () => {
  const [claimed, intent, outcome, completed] = logOf("outcome_unknown");
  const read = record("outcome", 700, { facts: { effect: "read", executor: { kind: "local" } } });
  const late = { ...completed!, time: read.time, sequence: 701 };
  const run = found("outcome_unknown", { log: [claimed!, intent!, outcome!, read, late] });
  assert.deepEqual(sortsOf(caseOf({ run }), [fault("orgLink.reset", "home link", [400, 600])]), ["unexplained"]);
  assert.deepEqual(sortsOf(caseOf({ run }), [fault("orgLink.reset", "home link", [100, 600])]), []);
});

test("wants a reason behind every failure: a fault that leads to its code, on its way and while it was open", () => {
  const failed = caseOf({ run: found("failed"), effects: [] });
  assert.deepEqual(sortsOf(failed), ["unfounded"]);
  assert.deepEqual(sortsOf(failed, [reset]), []);
  assert.deepEqual(sortsOf(failed, [fault("org.cutBefore", "org", [50, 900])]), []);
  assert.deepEqual(sortsOf(failed, [{ ...fault("org.cutBefore", "org", [50, 900]), met: 0 }]), ["unfounded"]);
  assert.deepEqual(sortsOf(failed, [fault("orgLink.reset", "site link", [50, 900])]), ["unfounded"]);
  assert.deepEqual(sortsOf(failed, [fault("orgLink.reset", "home link", [9_000, 9_900])]), ["unfounded"]);
  assert.deepEqual(sortsOf(failed, [fault("broker.kill", "broker", [50, 900])]), ["unfounded"]);
});

test("takes no fault for the reason of a code that tells of a fault in the product", () => {
  const everywhere = [reset, fault("controller.kill", "controller-1", [0, 900]), fault("broker.kill", "broker", [0, 900])];
  for (const code of ["internal", "conflict", "nondeterministic", "no_agent_matches", "cancelled", "deadline_exceeded"]) {
    const run = found("failed", { error: { code, message: "something" } });
    assert.deepEqual(sortsOf(caseOf({ run, effects: [] }), everywhere), ["unfounded"], code);
  }
});

test("lets a run be cancelled that was to be, and fail of a deadline that it had", () => {
  const late = { error: { code: "deadline_exceeded", message: "something" } };
  const body = { action: "okta.user.create", connection: "home", lane: "standard", input: {}, deadline: "1s" } as const;
  assert.deepEqual(sortsOf(caseOf({ run: found("cancelled"), plan: { cancelAfterMs: 5 }, effects: [] })), []);
  assert.deepEqual(sortsOf(caseOf({ run: found("failed", late), plan: { body }, effects: [] })), []);
  assert.deepEqual(sortsOf(caseOf({ run: found("cancelled"), effects: [] })), ["unfounded"]);
  assert.deepEqual(sortsOf(caseOf({ run: found("failed", late), effects: [] })), ["unfounded"]);
});

test("wants the calls of a cancelled run to tell what was changed, and nothing of it to be unknown", () => {
  const cancelled = (outcome: string, effects: Case["effects"]): readonly string[] => {
    const log = logOf("cancelled").map((one) => (one.kind === "outcome" ? { ...one, facts: { ...one.facts, outcome } } : one));
    return sortsOf(caseOf({ run: found("cancelled", { log }), plan: { cancelAfterMs: 5 }, effects }));
  };
  assert.deepEqual(cancelled("applied", once), []);
  assert.deepEqual(cancelled("rejected", []), []);
  assert.deepEqual(cancelled("rejected", once), ["misreported"]);
  assert.deepEqual(cancelled("applied", []), ["misreported"]);
  assert.deepEqual(cancelled("unknown", []), ["misreported"]);
  const [claimed, intent, , completed] = logOf("cancelled");
  const begun = found("cancelled", { log: [claimed!, intent!, completed!] });
  assert.deepEqual(sortsOf(caseOf({ run: begun, plan: { cancelAfterMs: 5 }, effects: [] })), ["misreported"]);
});

test("lets no pause of two seconds and no 429 explain an unknown outcome", () => {
  const unknown = caseOf({ run: found("outcome_unknown") });
  for (const kind of ["controller.pause", "broker.pause", "org.rateLimited", "store.full"] as const)
    assert.deepEqual(sortsOf(unknown, [fault(kind, "controller-1", [150, 900])]), ["unexplained"]);
});

test("notices a log that ends twice, goes on after its end, or goes back to an older owner", () => {
  const [claimed, intent, outcome, completed] = logOf("succeeded");
  const withLog = (log: readonly (typeof claimed)[]): Case => caseOf({ run: found("succeeded", { log: log.map((one) => one!) }) });
  const late = record("completed", 300, { facts: { status: "succeeded" } });
  assert.deepEqual(sortsOf(withLog([claimed, intent, outcome, completed, late])), ["incoherent"]);
  assert.deepEqual(sortsOf(withLog([claimed, intent, completed, record("outcome", 300)])), ["incoherent"]);
  const overtaken = record("claimed", 30, { epoch: 2, facts: { controllerId: "ctl-b" } });
  const older = { ...outcome!, sequence: 100 };
  assert.ok(sortsOf(withLog([claimed, overtaken, older, { ...completed!, epoch: 2 }])).includes("incoherent"));
});

test("names the run, its key and its action", () => {
  const [finding] = judge(evidenceOf([caseOf({ effects: [] })]));
  assert.deepEqual(finding, {
    ...{ sort: "misreported", key: "k-0", runId: "run-1", action: "okta.user.create" },
    sentence: "it succeeded, and nothing was applied",
  });
});

test.run();
