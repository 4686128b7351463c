import assert from "node:assert/strict";
import { createCatalogue, findSecrets } from "@longarm/spoke";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { okta } from "../../index.ts";
import { createUser } from "./create-user.ts";

const test = suite("okta.user.create");
const profile = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };
const write = "POST /api/v1/users";
const read = "GET /api/v1/users/ada%40example.com";
const user = { id: "00u1", status: "PROVISIONED", profile: { ...profile, locale: null } };
const taken = {
  status: 400,
  body: { errorCode: "E0000001", errorSummary: "Api validation failed: login", errorCauses: [{ errorSummary: "login: taken" }] },
};
const absent = { status: 404, body: { errorCode: "E0000007" } };
const catalogue = createCatalogue([okta]);

type Wish = Parameters<typeof createUser.run>[1];

function create(wish: Readonly<Record<string, unknown>>, answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: createUser.run(context, catalogue.checkInput(createUser, { profile, ...wish }) as Wish) };
}

test("creates a user with one call, activated unless told otherwise", async () => {
  const { context, output } = create({}, { [write]: { status: 200, body: user } });
  assert.deepEqual(await output, { id: "00u1", created: true, status: "PROVISIONED", profile: user.profile });
  assert.deepEqual(
    context.requests.map(({ query, body, effect }) => [query, body, effect]),
    [[{ activate: "true" }, { profile }, "change"]],
  );
});

test("puts each wish where Okta takes it, and keeps further profile fields", async () => {
  const wish = {
    profile: { ...profile, department: "R&D", costCenter: 7 },
    password: "s3cret",
    recoveryQuestion: { question: "why", answer: "42" },
    groups: ["00g1234567890ABCDEFG"],
    activate: false,
    nextLogin: "changePassword",
    userType: "oty1",
    provider: { type: "LDAP", name: "corp" },
  };
  const { context, output } = create(wish, { [write]: { status: 200, body: user } });
  await output;
  assert.deepEqual(context.requests[0]?.query, { activate: "false", nextLogin: "changePassword", provider: "true" });
  assert.deepEqual(context.requests[0]?.body, {
    profile: wish.profile,
    credentials: {
      password: { value: "s3cret" },
      recovery_question: { question: "why", answer: "42" },
      provider: { type: "LDAP", name: "corp" },
    },
    groupIds: wish.groups,
    type: { id: "oty1" },
  });
  assert.deepEqual(findSecrets(createUser.input, wish), ["/password", "/recoveryQuestion/answer"]);
});

test("fails with already_exists and the id when the login is taken", async () => {
  const { output } = create({}, { [write]: taken, [read]: { status: 200, body: user } });
  await assert.rejects(output, { code: "already_exists", details: { id: "00u1", login: "ada@example.com", status: "PROVISIONED" } });
});

test("returns the user that has the login, when that is asked for", async () => {
  const { output } = create({ ifExists: "return" }, { [write]: taken, [read]: { status: 200, body: user } });
  assert.deepEqual(await output, { id: "00u1", created: false, status: "PROVISIONED", profile: user.profile });
});

test("gives Okta's reasons when nobody has the login, or only somebody with another whole login", async () => {
  await assert.rejects(create({ ifExists: "return" }, { [write]: taken, [read]: absent }).output, {
    code: "call_rejected",
    message: /login: taken/,
  });
  const short = { ...profile, login: "ada.l" };
  const other = { status: 200, body: { id: "00u2", profile: { login: "ada.l@example.com" } } };
  await assert.rejects(create({ profile: short, ifExists: "return" }, { [write]: taken, "GET /api/v1/users/ada.l": other }).output, {
    code: "call_rejected",
  });
});

test("asks nothing further after a refusal that has nothing to do with the login", async () => {
  const { context, output } = create({}, { [write]: { status: 403, body: { errorCode: "E0000006" } } });
  await assert.rejects(output, { code: "permission_missing" });
  assert.deepEqual(context.asked, [write]);
});

const wrong: readonly (readonly [what: string, wish: Readonly<Record<string, unknown>>, at: string])[] = [
  ["no login", { profile: { ...profile, login: undefined } }, "/profile/login"],
  ["a password in the profile, where it would be shown", { profile: { ...profile, password: "s3cret" } }, "/profile/password"],
  ["21 groups", { groups: Array.from({ length: 21 }, (_, index) => `00g000000000000000${String(index).padStart(2, "0")}`) }, "/groups"],
  ["a group by name", { groups: ["name:Ops"] }, "/groups/0"],
  ["a member of the run", { connection: "acme" }, "/connection"],
  ["another ifExists", { ifExists: "ignore" }, "/ifExists"],
];
for (const [what, wish, at] of wrong) {
  test(`refuses an input with ${what}`, () => {
    assert.throws(
      () => catalogue.checkInput(createUser, { profile, ...wish }),
      (reason: { code?: string; details?: { faults?: { pointer: string }[] } }) =>
        reason.code === "invalid_request" && reason.details?.faults?.some((fault) => fault.pointer === at) === true,
    );
  });
}

test.run();
