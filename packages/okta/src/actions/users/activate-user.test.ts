import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { findSecrets } from "@longarm/spoke";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { activateUser } from "./activate-user.ts";
import { absent, done, forbiddenByStatus, id, read, refused, step, userIn } from "./user.fixture.ts";

const test = suite("okta.user.activate");
const write = step("activate");
const token = { activationUrl: "https://acme.okta.com/tokens/abc/verify", activationToken: "abc" };

function run(answers: Readonly<Record<string, Answer>>, sendEmail = true) {
  const context = fakeContext(answers);
  return { context, output: activateUser.run(context, { user: id, sendEmail }) };
}

test("activates a user by mail, and reads the status", async () => {
  const { context, output } = run({ [read]: userIn("PROVISIONED"), [write]: done });
  assert.deepEqual(await output, { status: "PROVISIONED" });
  assert.deepEqual(context.asked, [read, write, read]);
  assert.deepEqual(context.requests[1]?.query, { sendEmail: "true" });
});

test("gives the link and the token, as secrets, when Okta does not mail them", async () => {
  const { context, output } = run({ [read]: userIn("PROVISIONED"), [write]: { status: 200, body: token } }, false);
  const activated = await output;
  assert.deepEqual(activated, { status: "PROVISIONED", ...token });
  assert.deepEqual(context.requests[1]?.query, { sendEmail: "false" });
  assert.deepEqual(findSecrets(activateUser.output, activated), ["/activationUrl", "/activationToken"]);
});

test("keeps the token when the status cannot be read", async () => {
  for (const answer of [refused(500, "E0000009"), absent, { status: 200, body: "<html>" }]) {
    const { output } = run({ [read]: [userIn("STAGED"), answer], [write]: { status: 200, body: token } }, false);
    assert.deepEqual(await output, { status: null, ...token });
  }
});

test("names the status that forbids an activation", async () => {
  const cases = [
    ["ACTIVE", refused(403, "E0000016")],
    ["SUSPENDED", forbiddenByStatus],
  ] as const;
  for (const [status, refusal] of cases) {
    await assert.rejects(run({ [write]: refusal, [read]: userIn(status) }).output, { code: "invalid_state", message: new RegExp(status) });
  }
});

test("gives Okta's reason for other refusals, and sends nothing twice", async () => {
  await assert.rejects(run({ [write]: refused(403, "E0000006"), [read]: userIn("STAGED") }).output, { code: "permission_missing" });
  await assert.rejects(run({ [read]: userIn("STAGED"), [write]: refused(409, "E0000112") }).output, {
    code: "invalid_state",
    retryable: true,
  });
  const unknown = new LongarmError("outcome_unknown");
  const { context, output } = run({ [read]: userIn("STAGED"), [write]: unknown });
  await assert.rejects(output, unknown);
  assert.deepEqual(context.asked, [read, write]);
});

test("waits for an activation that Okta takes its time for, and not for ever", async () => {
  const onTheWay = userIn("STAGED", { transitioningToStatus: "PROVISIONED" });
  const { context, output } = run({ [read]: [userIn("STAGED"), onTheWay, onTheWay, userIn("PROVISIONED")], [write]: done });
  assert.deepEqual(await output, { status: "PROVISIONED" });
  assert.deepEqual(
    context.requests.map(({ afterMs }) => afterMs),
    [0, 0, 0, 500, 1_000],
  );
  const slow = run({ [read]: () => onTheWay, [write]: { status: 200, body: token } }, false);
  assert.deepEqual(await slow.output, { status: "STAGED", ...token });
});

test("tells in a dry run what would be other, or that the status forbids it", async () => {
  const dry = (status: string) =>
    activateUser.run(fakeContext({ [read]: userIn(status), [write]: done }, { dryRun: true }), { user: id, sendEmail: true });
  await assert.rejects(dry("ACTIVE"), { code: "invalid_state", message: /ACTIVE; only a user that is STAGED or DEPROVISIONED/ });
  assert.deepEqual(await dry("STAGED"), { status: "STAGED" });
});

test("fails with user_not_found for nobody", async () => {
  await assert.rejects(run({ [write]: absent, [read]: absent }).output, { code: "user_not_found" });
});

test.run();
