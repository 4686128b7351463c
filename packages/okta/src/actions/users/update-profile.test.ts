import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { updateProfile } from "./update-profile.ts";
import { absent, id, read, refused, userIn } from "./user.fixture.ts";

const test = suite("okta.user.updateProfile");
const write = `POST /api/v1/users/${id}`;
const login = "ada@example.com";
const stale = refused(412, "E0000231");

function holding(profile: Readonly<Record<string, unknown>>, status = "ACTIVE") {
  return userIn(status, { profile: { login, ...profile } });
}

type Wish = Omit<Parameters<typeof updateProfile.run>[1], "user">;

function run(wish: Wish, answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: updateProfile.run(context, { user: id, ...wish }) };
}

test("sends what is set, null for what is cleared, and nothing else", async () => {
  const after = { status: 200, headers: { etag: 'W/"2"' }, body: { id, profile: { login, title: "" } } };
  const before = holding({ title: "Miss", nickName: "A", city: "London" });
  const { context, output } = run({ set: { title: "", badges: [1] }, clear: ["nickName"] }, { [read]: before, [write]: after });
  assert.deepEqual(await output, { profile: { login, title: "" }, etag: 'W/"2"', changed: true });
  assert.deepEqual(context.requests[1]?.body, { profile: { title: "", badges: [1], nickName: null } });
  assert.deepEqual([context.asked, context.requests[1]?.headers], [[read, write], {}]);
});

test("reads the user again for the etag that Okta's answer lacks", async () => {
  const bare = { status: 200, body: { id } };
  const { context, output } = run({ set: { title: "x" } }, { [read]: [holding({}), holding({ title: "x" })], [write]: bare });
  assert.deepEqual(await output, { profile: { login, title: "x" }, etag: 'W/"1"', changed: true });
  assert.deepEqual(context.asked, [read, write, read]);
});

const kept: readonly (readonly [what: string, profile: Readonly<Record<string, unknown>>, wish: Wish])[] = [
  ["holds the same", { title: "x", badges: [1, 2] }, { set: { badges: [1, 2], title: "x" } }],
  ["holds the empty text that it shall hold", { title: "" }, { set: { title: "" } }],
  ["lacks what is cleared", {}, { clear: ["title"] }],
  ["shows null for what is cleared", { title: null }, { clear: ["title"], ifMatch: 'W/"0"' }],
];
for (const [what, profile, wish] of kept) {
  test(`writes nothing when the user ${what}`, async () => {
    const { context, output } = run(wish, { [read]: holding(profile) });
    assert.deepEqual(await output, { profile: { login, ...profile }, etag: 'W/"1"', changed: false });
    assert.deepEqual(context.asked, [read]);
  });
}

const sent: readonly (readonly [what: string, profile: Readonly<Record<string, unknown>>, wish: Wish])[] = [
  ["clears the empty text", { title: "" }, { clear: ["title"] }],
  ["sets the empty text where there is nothing", {}, { set: { title: "" } }],
  ["tells false, 0 and the texts of them apart", { on: "false" }, { set: { on: false } }],
];
for (const [what, profile, wish] of sent) {
  test(what, async () => {
    const { context, output } = run(wish, { [read]: holding(profile), [write]: holding({}) });
    assert.equal((await output).changed, true);
    assert.deepEqual(context.asked, [read, write]);
  });
}

test("changes only the version that the caller has read", async () => {
  const { context, output } = run({ set: { title: "x" }, ifMatch: 'W/"7"' }, { [read]: holding({}), [write]: stale });
  await assert.rejects(output, { code: "conflict" });
  assert.deepEqual(context.requests[1]?.headers, { "if-match": 'W/"7"' });
  const malformed = refused(400, "E0000242");
  await assert.rejects(run({ set: { title: "x" }, ifMatch: "7" }, { [read]: holding({}), [write]: malformed }).output, {
    code: "invalid_request",
  });
});

test("takes a 412 as its own earlier try when the user holds our values", async () => {
  const reads = [holding({}), holding({ title: "x" })];
  const { output } = run({ set: { title: "x" }, ifMatch: 'W/"0"' }, { [read]: reads, [write]: stale });
  assert.deepEqual(await output, { profile: { login, title: "x" }, etag: 'W/"1"', changed: true });
});

test("names the status of a user that cannot be edited, gives Okta's reason for the rest, and knows nobody", async () => {
  const wish = { set: { title: "x" } };
  await assert.rejects(run(wish, { [read]: holding({}, "DEPROVISIONED"), [write]: absent }).output, {
    code: "invalid_state",
    message: /DEPROVISIONED/,
  });
  await assert.rejects(run(wish, { [read]: holding({}), [write]: refused(400, "E0000001", "title: too long") }).output, {
    code: "call_rejected",
    message: /too long/,
  });
  await assert.rejects(run(wish, { [read]: holding({}), [write]: refused(403, "E0000023") }).output, { code: "call_rejected" });
  await assert.rejects(run(wish, { [read]: holding({}), [write]: refused(409, "E0000112") }).output, { retryable: true });
  await assert.rejects(run(wish, { [read]: absent }).output, { code: "user_not_found" });
});

const wrong: readonly (readonly [what: string, wish: Wish, at: string])[] = [
  ["no field at all", {}, ""],
  ["null as a value", { set: { title: null } }, "/set/title"],
  ["a field both set and cleared", { set: { title: "x" }, clear: ["nickName", "title"] }, "/clear/1"],
];
for (const [what, wish, at] of wrong) {
  test(`refuses ${what}, and asks nothing`, async () => {
    const { context, output } = run(wish, {});
    await assert.rejects(output, (reason: { code?: string; details?: { faults?: { pointer: string }[] } }) => {
      assert.deepEqual([reason.code, reason.details?.faults?.map((fault) => fault.pointer)], ["invalid_request", [at]]);
      return true;
    });
    assert.deepEqual(context.asked, []);
  });
}

test.run();
