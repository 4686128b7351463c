import assert from "node:assert/strict";
import { createCatalogue, findSecrets } from "@longarm/spoke";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { okta } from "../../index.ts";
import { absentHook, answerHook, hookId, readOne, refusedHook, sentHook, verifyOne, writeOne } from "./hook.fixture.ts";
import { updateHook } from "./update-hook.ts";

const test = suite("okta.eventHook.update");
const catalogue = createCatalogue([okta]);
const authValue = "open-sesame";
const unverified = answerHook({ verificationStatus: "UNVERIFIED" });

function update(wish: Readonly<Record<string, unknown>>, answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  const input = catalogue.checkInput(updateHook, { hook: hookId, ...wish }) as Parameters<typeof updateHook.run>[1];
  return { context, output: updateHook.run(context, input) };
}

test("writes what is given over what is there, with the secret", async () => {
  const { context, output } = update({ name: "Apps", authValue }, { [readOne]: answerHook(), [writeOne]: answerHook({ name: "Apps" }) });
  const { hook, status, verificationStatus, verificationProblem, changed } = await output;
  assert.deepEqual([hook.name, status, verificationStatus, verificationProblem, changed], ["Apps", "ACTIVE", "VERIFIED", null, true]);
  assert.deepEqual(context.asked, [readOne, writeOne]);
  assert.deepEqual(context.requests[1]?.body, {
    name: "Apps",
    events: { type: "EVENT_TYPE", items: ["application.lifecycle.activate", "user.lifecycle.create"] },
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: {
        uri: "https://longarm.example.com/hooks/okta/acme",
        headers: [{ key: "x-site", value: "hq" }],
        authScheme: { type: "HEADER", key: "Authorization", value: authValue },
      },
    },
  });
});

test("sends nothing without the secret when the hook has one", async () => {
  const { context, output } = update({ name: "Apps" }, { [readOne]: answerHook() });
  await assert.rejects(output, { code: "secret_required", details: { hook: hookId, authKey: "Authorization" } });
  assert.deepEqual(context.asked, [readOne]);
});

test("sends the secret of the connection's hook again to this controller's own address, and to no other", async () => {
  const asked = async (more: object): Promise<unknown> => {
    const answers = { [readOne]: answerHook(), [writeOne]: answerHook({ name: "Apps" }) };
    const context = fakeContext(answers, { publicUrl: "https://longarm.example.com", hookSecret: "lwh_registered" });
    const input = catalogue.checkInput(updateHook, { hook: hookId, verify: false, ...more }) as Parameters<typeof updateHook.run>[1];
    await updateHook.run(context, input);
    return sentHook(context).channel.config["authScheme"];
  };
  assert.deepEqual(await asked({ name: "Apps" }), { type: "HEADER", key: "Authorization", value: "lwh_registered" });
  for (const more of [{ uri: "https://evil.example/hooks/okta/acme" }, { authKey: "x-other" }])
    await assert.rejects(asked(more), { code: "secret_required" });
});

test("needs the secret for an auth header that the hook did not have", async () => {
  const bare = answerHook({ config: { authScheme: null } });
  await assert.rejects(update({ authKey: "x-secret" }, { [readOne]: bare }).output, { code: "secret_required" });
  const { context, output } = update({ authValue, verify: false }, { [readOne]: bare, [writeOne]: unverified });
  await output;
  const { channel } = sentHook(context);
  assert.deepEqual(channel.config["authScheme"], { type: "HEADER", key: "Authorization", value: authValue });
});

test("needs no secret for a hook that has none", async () => {
  const bare = answerHook({ config: { authScheme: null } });
  const { context, output } = update({ name: "Apps" }, { [readOne]: bare, [writeOne]: bare });
  assert.equal((await output).changed, true);
  const { channel } = sentHook(context);
  assert.equal("authScheme" in channel.config, false);
});

test("writes nothing when the hook is as wished, in whatever order its events stand", async () => {
  const wish = { name: "Applications", events: ["user.lifecycle.create", "application.lifecycle.activate"], authKey: "Authorization" };
  const { context, output } = update(wish, { [readOne]: answerHook() });
  assert.equal((await output).changed, false);
  assert.deepEqual(context.asked, [readOne]);
});

test("verifies a hook again whose channel changed", async () => {
  const answers = { [readOne]: answerHook(), [writeOne]: unverified, [verifyOne]: answerHook() };
  const { context, output } = update({ uri: "https://other.example.com", authValue }, answers);
  const { verificationStatus, changed } = await output;
  assert.deepEqual([verificationStatus, changed], ["VERIFIED", true]);
  assert.deepEqual(context.asked, [readOne, writeOne, verifyOne]);
});

test("verifies a hook that an earlier try had changed and left unverified", async () => {
  const { context, output } = update({ name: "Applications" }, { [readOne]: unverified, [verifyOne]: answerHook() });
  assert.equal((await output).changed, true);
  assert.deepEqual(context.asked, [readOne, verifyOne]);
});

test("tells that the endpoint did not prove itself", async () => {
  const answers = { [readOne]: [answerHook(), unverified], [writeOne]: unverified, [verifyOne]: refusedHook };
  const { verificationStatus, verificationProblem } = await update({ uri: "https://other.example.com", authValue }, answers).output;
  assert.equal(verificationStatus, "UNVERIFIED");
  assert.match(String(verificationProblem), /E0000001/);
});

test("verifies neither an inactive hook nor one that shall not be", async () => {
  const inactive = answerHook({ status: "INACTIVE", verificationStatus: "UNVERIFIED" });
  assert.equal((await update({ name: "Apps", authValue }, { [readOne]: inactive, [writeOne]: inactive }).output).status, "INACTIVE");
  const wish = { name: "Apps", authValue, verify: false };
  assert.equal((await update(wish, { [readOne]: unverified, [writeOne]: unverified }).output).verificationStatus, "UNVERIFIED");
});

const condition = { version: null, expression: "true" };
const filtered = (...events: string[]) => ({
  events: {
    items: ["application.lifecycle.activate", "user.lifecycle.create"],
    filter: { eventFilterMap: events.map((event) => ({ event, condition })) },
  },
});

test("keeps the conditions on events that stay, and drops those on events that go", async () => {
  const before = answerHook(filtered("application.lifecycle.activate", "user.lifecycle.create"));
  const { context, output } = update({ events: ["user.lifecycle.create"], authValue }, { [readOne]: before, [writeOne]: answerHook() });
  await output;
  const { events } = sentHook(context);
  assert.deepEqual(
    events.filter?.eventFilterMap.map(({ event }) => event),
    ["user.lifecycle.create"],
  );
});

test("removes all conditions when the filter is given empty", async () => {
  const before = answerHook(filtered("user.lifecycle.create"));
  const { context, output } = update({ filter: [], authValue }, { [readOne]: before, [writeOne]: answerHook() });
  await output;
  assert.equal("filter" in sentHook(context).events, false);
});

test("fails with hook_not_found when nothing has the id, or no longer", async () => {
  await assert.rejects(update({ name: "Apps", authValue }, { [readOne]: absentHook }).output, { code: "hook_not_found" });
  await assert.rejects(update({ name: "Apps", authValue }, { [readOne]: answerHook(), [writeOne]: absentHook }).output, {
    code: "hook_not_found",
  });
});

test("gives Okta's reason when it does not take the change", async () => {
  await assert.rejects(update({ name: "Apps", authValue }, { [readOne]: answerHook(), [writeOne]: refusedHook }).output, {
    code: "call_rejected",
  });
});

test("keeps the value of the auth header secret", () => {
  assert.deepEqual(findSecrets(updateHook.input, { hook: hookId, authValue }), ["/authValue"]);
});

test.run();
