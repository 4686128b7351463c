import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { deactivateUser } from "./deactivate-user.ts";
import { absent, done, id, noContent, read, refused, step, userIn } from "./user.fixture.ts";

const test = suite("okta.user.deactivate");
const write = step("deactivate");
const gone = userIn("DEPROVISIONED");
const onTheWay = userIn("ACTIVE", { transitioningToStatus: "DEPROVISIONED" });

function run(answers: Readonly<Record<string, Answer>>, wish: { sendEmail?: boolean; wait?: boolean } = {}) {
  const context = fakeContext(answers);
  return { context, output: deactivateUser.run(context, { user: id, sendEmail: false, wait: true, ...wish }) };
}

for (const status of ["STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED"]) {
  test(`deactivates a user that is ${status}, and sees it`, async () => {
    const { context, output } = run({ [read]: [userIn(status), gone], [write]: done });
    assert.deepEqual(await output, { status: "DEPROVISIONED", changed: true });
    assert.deepEqual(context.asked, [read, write, read]);
    assert.deepEqual([context.requests[1]?.query, context.requests[1]?.headers], [{ sendEmail: "false" }, {}]);
  });
}

test("leaves a DEPROVISIONED user alone", async () => {
  const { context, output } = run({ [read]: gone });
  assert.deepEqual(await output, { status: "DEPROVISIONED", changed: false });
  assert.deepEqual(context.asked, [read]);
});

test("asks Okta not to wait, and gives the status as it is, when the caller does not wait", async () => {
  const { context, output } = run({ [read]: [userIn("ACTIVE"), onTheWay], [write]: noContent }, { wait: false, sendEmail: true });
  assert.deepEqual(await output, { status: "ACTIVE", changed: true });
  assert.deepEqual([context.requests[1]?.query, context.requests[1]?.headers], [{ sendEmail: "true" }, { prefer: "respond-async" }]);
});

test("waits for a deactivation that somebody else has begun, and sends none", async () => {
  const { context, output } = run({ [read]: [onTheWay, onTheWay, onTheWay, gone] });
  assert.deepEqual(await output, { status: "DEPROVISIONED", changed: false });
  assert.deepEqual(context.asked, [read, read, read, read]);
  assert.deepEqual(
    context.requests.map(({ afterMs }) => afterMs),
    [0, 0, 500, 1_000],
  );
});

test("says that one may look again when the user stays on its way", async () => {
  const { output } = run({ [read]: () => onTheWay });
  await assert.rejects(output, { code: "invalid_state", retryable: true, message: /ACTIVE/ });
});

test("finds by reading that somebody else has done it, and claims no change", async () => {
  assert.deepEqual(await run({ [read]: [userIn("ACTIVE"), gone, gone], [write]: absent }).output, {
    status: "DEPROVISIONED",
    changed: false,
  });
  assert.deepEqual(await run({ [read]: [userIn("ACTIVE"), onTheWay, gone], [write]: absent }).output, {
    status: "DEPROVISIONED",
    changed: false,
  });
});

test("gives Okta's reason when the user stands as it did, and user_not_found when it has gone", async () => {
  const answers = { [read]: userIn("ACTIVE"), [write]: refused(403, "E0000006") };
  await assert.rejects(run(answers).output, { code: "permission_missing" });
  await assert.rejects(run({ ...answers, [write]: refused(409, "E0000112") }).output, { code: "invalid_state", retryable: true });
  await assert.rejects(run({ ...answers, [read]: [userIn("ACTIVE"), absent] }).output, { code: "user_not_found" });
  await assert.rejects(run({ [read]: absent }).output, { code: "user_not_found" });
});

test.run();
