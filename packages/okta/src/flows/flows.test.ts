import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { tryFlow, type FakeFlowWorld } from "@longarm/spoke/testing";
import { suite } from "../../../../test/support/suite.ts";
import { checkActivationHook, inboundIntegration } from "./activation-hook.ts";
import { addUserToGroup } from "./add-user-to-group.ts";
import { onboardUser } from "./onboard-user.ts";
import { removeMembershipsOnDeactivation } from "./remove-memberships.ts";
import { upsertGroup } from "./upsert-group.ts";

const test = suite("the spoke's flows");

const profile = { login: "ada@example.com", email: "ada@example.com", firstName: "Ada", lastName: "Byron" };
const made = { id: "00u1", created: true, status: "STAGED", profile };
const onboard = (input: object, answers: NonNullable<FakeFlowWorld["answers"]>) =>
  tryFlow(onboardUser, { profile, sendEmail: true, ...input }, { answers });

test("onboards a user: creates it, not active, and activates it then", async () => {
  const answers = {
    "okta.user.findId": { found: false, id: null },
    "okta.user.create": made,
    "okta.user.activate": { status: "PROVISIONED" },
  };
  const tried = await onboard({ groups: ["00g1"] }, answers);
  assert.deepEqual(tried.output, { skipped: null, id: "00u1", status: "PROVISIONED" });
  assert.deepEqual(tried.steps[1]?.input, { profile, activate: false, groups: ["00g1"] });
});

test("does not answer an echo of Okta's own", async () => {
  const tried = await onboard({ origin: "Okta" }, {});
  assert.deepEqual([tried.output, tried.asked], [{ skipped: "echo", id: null, status: null }, []]);
});

test("leaves a user alone that is there, also when it came between the look and the creation", async () => {
  const there = await onboard({}, { "okta.user.findId": { found: true, id: "00u9" } });
  assert.deepEqual(there.output, { skipped: "exists", id: "00u9", status: null });
  const between = { "okta.user.findId": { found: false, id: null }, "okta.user.create": new LongarmError("already_exists") };
  assert.deepEqual((await onboard({}, between)).output, { skipped: "exists", id: null, status: null });
});

test("adds a user to a group by both names, and says which group is not there", async () => {
  const answers = { "okta.user.get": { id: "00u1" }, "okta.group.addUser": { changed: true } };
  const input = { user: "ada", groupName: "Engineering" };
  const added = await tryFlow(addUserToGroup, input, { answers: { ...answers, "okta.group.findIdByName": { found: true, id: "00g1" } } });
  assert.deepEqual(added.output, { userId: "00u1", groupId: "00g1", changed: true });
  const absent = await tryFlow(addUserToGroup, input, { answers: { ...answers, "okta.group.findIdByName": { found: false, id: null } } });
  assert.equal(absent.error?.code, "group_not_found");
  assert.match(absent.error?.message ?? "", /"Engineering"/);
});

test("updates a group that is there, though no search shows it yet, and creates one that is not", async () => {
  const input = { name: "Navigators", description: "They find the way" };
  const there = { "okta.group.findIdByName": { id: "00g1" }, "okta.group.update": { changed: false } };
  assert.deepEqual((await tryFlow(upsertGroup, input, { answers: there })).output, { id: "00g1", created: false, changed: false });
  const unseen = {
    "okta.group.findIdByName": { id: null },
    "okta.group.create": { id: "00g3", created: false },
    "okta.group.update": { changed: true },
  };
  assert.deepEqual((await tryFlow(upsertGroup, input, { answers: unseen })).output, { id: "00g3", created: false, changed: true });
  const absent = { "okta.group.findIdByName": { id: null }, "okta.group.create": { id: "00g2", created: true } };
  assert.deepEqual((await tryFlow(upsertGroup, input, { answers: absent })).output, { id: "00g2", created: true, changed: true });
});

test("removes a user from the org's own groups, and tells of the others why the user stays", async () => {
  const group = (id: string, type: string) => ({ id, name: id, type });
  const answers = {
    "okta.user.streamGroups": [group("g1", "OKTA_GROUP"), group("g2", "BUILT_IN"), group("g3", "APP_GROUP"), group("g4", "OKTA_GROUP")],
    "okta.group.removeUser": ({ group: id }: { readonly group: string }) =>
      id === "g4" ? { changed: false, skipped: "rule" } : { changed: true },
  };
  const tried = await tryFlow(removeMembershipsOnDeactivation, { user: "ada", ruleManaged: "skip" }, { answers });
  const skipped = [
    { id: "g2", name: "g2", why: "built_in" },
    { id: "g3", name: "g3", why: "application" },
    { id: "g4", name: "g4", why: "rule" },
  ];
  assert.deepEqual(tried.output, { removed: [{ id: "g1", name: "g1" }], skipped });
  assert.deepEqual(tried.steps.at(-1)?.input, { group: "g4", user: "ada", ruleManaged: "skip" });
});

const uri = "https://longarm.example/hooks/okta/acme";
const hook = { id: "who1", uri, events: ["application.lifecycle.activate"], status: "ACTIVE", verificationStatus: "VERIFIED" };
const world = { publicUrl: "https://longarm.example" };

test("takes an active hook that is not verified for one that does not work", async () => {
  const check = (hooks: readonly object[]) => tryFlow(checkActivationHook, {}, { ...world, answers: { "okta.eventHook.list": { hooks } } });
  assert.equal((await check([hook])).output === undefined, false);
  const works = async (hooks: readonly object[]) => ((await check(hooks)).output as { readonly works: boolean }).works;
  assert.deepEqual(
    [
      await works([hook]),
      await works([{ ...hook, verificationStatus: "UNVERIFIED" }]),
      await works([{ ...hook, uri: "https://other.example" }]),
      await works([{ ...hook, events: ["user.lifecycle.create"] }]),
      await works([{ ...hook, verificationStatus: "UNVERIFIED" }, hook]),
    ],
    [true, false, false, false, true],
  );
});

test("installs the hook once: verifies one that is there, and asks for a secret where it must be created to somebody else's address", async () => {
  const state = (works: boolean, id: string | null) => ({
    works,
    id,
    status: id && "ACTIVE",
    verificationStatus: works ? "VERIFIED" : null,
    uri,
  });
  const checks = (...states: readonly object[]) => {
    const left = [...states];
    return () => left.shift();
  };
  const verified = { "okta.flow.checkActivationHook": checks(state(false, "who1"), state(true, "who1")), "okta.eventHook.verify": {} };
  const tried = await tryFlow(inboundIntegration, {}, { ...world, answers: verified });
  assert.deepEqual(tried.output, { ...state(true, "who1"), created: false });
  assert.equal(tried.asked[1], "okta.eventHook.verify");
  const absent = { "okta.flow.checkActivationHook": checks(state(false, null), state(true, "who2")), "okta.eventHook.create": {} };
  const elsewhere = await tryFlow(inboundIntegration, { uri: "https://other.example/" }, { ...world, answers: absent });
  assert.equal(elsewhere.error?.code, "secret_required");
});

test.run();
