import assert from "node:assert/strict";
import { createCatalogue, findSecrets } from "@longarm/spoke";
import { fakeContext, type Answer, type FakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { okta } from "../../index.ts";
import { createHook } from "./create-hook.ts";
import { answerHook, hookId, listAll, oktaHook, readOne, refusedHook, sentHook, verifyOne } from "./hook.fixture.ts";

const test = suite("okta.eventHook.create");
const catalogue = createCatalogue([okta]);
const write = "POST /api/v1/eventHooks";
const none = { status: 200, body: [] };
const wish = {
  name: "Applications",
  events: ["user.lifecycle.create", "application.lifecycle.activate"],
  uri: "https://longarm.example.com/hooks/okta/acme",
  authValue: "open-sesame",
};

function create(more: Readonly<Record<string, unknown>>, answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  const input = catalogue.checkInput(createHook, { ...wish, ...more }) as Parameters<typeof createHook.run>[1];
  return { context, output: createHook.run(context, input) };
}

function channelOf({ requests }: FakeContext): { readonly config: Readonly<Record<string, unknown>> } {
  const written = requests.find(({ method }) => method === "POST");
  assert.ok(written);
  return (written.body as { channel: { config: Record<string, unknown> } }).channel;
}

const unverified = answerHook({ verificationStatus: "UNVERIFIED" });
const made = { id: hookId, created: true, status: "ACTIVE", verificationStatus: "VERIFIED", verificationProblem: null };

test("creates a hook that is not there yet, and has it verified", async () => {
  const { context, output } = create({}, { [listAll]: none, [write]: unverified, [verifyOne]: answerHook() });
  assert.deepEqual(await output, made);
  assert.deepEqual(context.asked, [listAll, write, verifyOne]);
  assert.deepEqual(context.requests[1]?.body, {
    name: "Applications",
    events: { type: "EVENT_TYPE", items: wish.events },
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: { uri: wish.uri, headers: [], authScheme: { type: "HEADER", key: "Authorization", value: "open-sesame" } },
    },
  });
});

test("sends headers, filter and the name of the auth header as they are wished", async () => {
  const filter = [{ event: "user.lifecycle.create", expression: "event.target.size() > 0" }];
  const more = { authKey: "x-secret", headers: [{ key: "x-site", value: "hq" }], filter, verify: false };
  const { context, output } = create(more, { [listAll]: none, [write]: unverified });
  assert.deepEqual(await output, { ...made, verificationStatus: "UNVERIFIED" });
  const { events, channel } = sentHook(context);
  const condition = { expression: "event.target.size() > 0" };
  assert.deepEqual(events.filter, { type: "EXPRESSION_LANGUAGE", eventFilterMap: [{ event: "user.lifecycle.create", condition }] });
  assert.deepEqual(channel.config["headers"], more.headers);
  assert.deepEqual(channel.config["authScheme"], { type: "HEADER", key: "x-secret", value: "open-sesame" });
});

test("tells that the endpoint did not prove itself, since the hook is there all the same", async () => {
  const { output } = create({}, { [listAll]: none, [write]: unverified, [verifyOne]: refusedHook, [readOne]: unverified });
  const { created, verificationStatus, verificationProblem } = await output;
  assert.deepEqual([created, verificationStatus], [true, "UNVERIFIED"]);
  assert.match(String(verificationProblem), /E0000001: Api validation failed: Event hook/);
});

test("fails with already_exists and the id when a hook sends these events to this uri", async () => {
  const { context, output } = create({}, { [listAll]: { status: 200, body: [oktaHook({ name: "Another" })] } });
  await assert.rejects(output, {
    code: "already_exists",
    details: { id: hookId, name: "Another", status: "ACTIVE", verificationStatus: "VERIFIED" },
  });
  assert.deepEqual(context.asked, [listAll]);
});

test("returns that hook when that is asked for, and verifies it where it is not", async () => {
  const found = { status: 200, body: [oktaHook({ verificationStatus: "UNVERIFIED" })] };
  const { context, output } = create({ ifExists: "return" }, { [listAll]: found, [verifyOne]: answerHook() });
  assert.deepEqual(await output, { ...made, created: false });
  assert.deepEqual(context.asked, [listAll, verifyOne]);
});

test("prefers an active one among several, and does not verify an inactive one", async () => {
  const inactive = { ...oktaHook({ status: "INACTIVE", verificationStatus: "UNVERIFIED" }), id: "who0" };
  const both = create({ ifExists: "return" }, { [listAll]: { status: 200, body: [inactive, oktaHook()] } });
  assert.deepEqual(await both.output, { ...made, created: false });
  const one = await create({ ifExists: "return" }, { [listAll]: { status: 200, body: [inactive] } }).output;
  assert.deepEqual([one.id, one.status, one.verificationStatus, one.verificationProblem], ["who0", "INACTIVE", "UNVERIFIED", null]);
});

for (const [what, other] of [
  ["to another uri", oktaHook({ config: { uri: "https://other.example.com" } })],
  ["with fewer events", oktaHook({ events: { items: ["user.lifecycle.create"] } })],
  ["with more events", oktaHook({ events: { items: [...wish.events, "user.lifecycle.delete.initiated"] } })],
] as const) {
  test(`takes no hook ${what} for the same`, async () => {
    const { output } = create({ verify: false }, { [listAll]: { status: 200, body: [other] }, [write]: answerHook() });
    assert.equal((await output).created, true);
  });
}

test("gives Okta's reason when it does not take the hook", async () => {
  await assert.rejects(create({}, { [listAll]: none, [write]: refusedHook }).output, { code: "call_rejected" });
});

test("leads to this controller where no uri is given, and says what is missing for that", async () => {
  const { uri: _, ...rest } = wish;
  const answers = { [listAll]: none, [write]: answerHook() };
  const make = (publicUrl?: string, more: object = {}) => {
    const context = fakeContext(answers, publicUrl === undefined ? {} : { publicUrl });
    const input = catalogue.checkInput(createHook, { ...rest, ...more }) as Parameters<typeof createHook.run>[1];
    return { context, output: createHook.run(context, input) };
  };
  const { context, output } = make("https://longarm.example.com/base");
  await output;
  assert.equal(channelOf(context).config["uri"], "https://longarm.example.com/base/hooks/okta/acme");
  await assert.rejects(make().output, { code: "public_url_missing" });
  await assert.rejects(make("https://longarm.example.com", { authValue: undefined }).output, { code: "secret_required" });
});

test("gives Okta the secret of the connection's hook where none is given, and only for this controller's address", async () => {
  const { authValue: _, ...rest } = wish;
  const answers = { [listAll]: none, [write]: answerHook() };
  const secretFor = async (uri: string): Promise<unknown> => {
    const context = fakeContext(answers, { publicUrl: "https://longarm.example.com", hookSecret: "lwh_registered" });
    await createHook.run(context, catalogue.checkInput(createHook, { ...rest, uri }) as Parameters<typeof createHook.run>[1]);
    return channelOf(context).config["authScheme"];
  };
  assert.deepEqual(await secretFor("https://longarm.example.com/hooks/okta/acme"), {
    ...{ type: "HEADER", key: "Authorization", value: "lwh_registered" },
  });
  assert.equal(await secretFor("https://longarm.example.com.evil.example/hooks/okta/acme"), undefined);
  assert.equal(await secretFor("https://longarm.example.com/hooks/okta/other"), undefined);
});

test("asks for no auth header where an endpoint of somebody else wants none", async () => {
  const { context, output } = create({ authValue: undefined }, { [listAll]: none, [write]: answerHook() });
  await output;
  assert.deepEqual(channelOf(context).config, { uri: wish.uri, headers: [] });
});

test("keeps the value of the auth header secret", () => {
  assert.deepEqual(findSecrets(createHook.input, wish), ["/authValue"]);
});

for (const [what, more, at] of [
  ["a header's name of two lines", { authKey: "X\r\nEvil: 1" }, "/authKey"],
  ["a secret of two lines", { authValue: "a\r\nb" }, "/authValue"],
  ["no events", { events: [] }, "/events"],
  ["what is no event type", { events: ["everything"] }, "/events/0"],
  ["what is no address", { uri: "ftp://example.com" }, "/uri"],
] as const) {
  test(`refuses an input with ${what}`, () => {
    assert.throws(
      () => catalogue.checkInput(createHook, { ...wish, ...more }),
      (reason: { details?: { faults?: { pointer: string }[] } }) => reason.details?.faults?.some(({ pointer }) => pointer === at) === true,
    );
  });
}

test.run();
