import assert from "node:assert/strict";
import { secretKeyword, type LongarmError } from "@longarm/shared";
import Type, { type TSchema } from "typebox";
import { suite } from "../../../test/support/suite.ts";
import { createCatalogue } from "./catalogue.ts";
import { action, type AnyDefinition, stream } from "./definition.ts";
import { streamMembers } from "./stream-input.ts";

const test = suite("the catalogue");

const input = Type.Object(
  {
    user: Type.String({ minLength: 1 }),
    mode: Type.Enum(["fail", "return"], { default: "fail" }),
    times: Type.Optional(Type.Integer({ minimum: 1, default: 3 })),
    profile: Type.Optional(Type.Object({ email: Type.String() }, { additionalProperties: Type.Unknown() })),
    groups: Type.Optional(Type.Array(Type.String(), { maxItems: 2 })),
    when: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  },
  { additionalProperties: false },
);

function define(changes: Readonly<Record<string, unknown>> = {}): AnyDefinition {
  const definition = {
    name: "org.user.find",
    title: "Find User",
    summary: "Finds a user.",
    category: "Users",
    docs: "https://example.com/find",
    version: 1,
    scopes: ["users.read"],
    effect: "read" as const,
    destructive: false,
    input,
    output: Type.Object({ id: Type.String() }, { additionalProperties: false }),
    examples: [{ title: "One", input: { user: "ada", mode: "fail" as const } }],
    run: () => Promise.resolve({ id: "1" }),
  };
  return action({ ...definition, ...changes });
}

function catalogueOf(...definitions: readonly AnyDefinition[]) {
  const explain = (): LongarmError => assert.fail("not asked for");
  return createCatalogue([{ name: "org", definitions, explain, probe: { path: ["users"] } }]);
}

const find = define();

test("wants the action that a dynamic input names to be there, and to tell what is asked of it", () => {
  const asking = (keyword: string, name: string) =>
    define({
      input: Type.Object({ user: Type.String({ [keyword]: name }) }, { additionalProperties: false }),
      examples: [{ title: "One", input: { user: "ada" } }],
    });
  const teller = define({
    name: "org.user.choices",
    output: Type.Object({ choices: Type.Array(Type.String()) }, { additionalProperties: false }),
    run: () => Promise.resolve({ choices: [] }),
  });
  assert.ok(catalogueOf(asking("x-choices", "org.user.choices"), teller));
  for (const [keyword, name] of [
    ["x-choices", "org.user.nowhere"],
    ["x-fields", "org.user.choices"],
    ["x-choices", "org.user.find"],
  ] as const)
    assert.throws(() => catalogueOf(asking(keyword, name), teller), { code: "internal", message: /"user" of org\.user\.find/ });
});
const catalogue = catalogueOf(find, define({ name: "org.group.find" }));

function faultsOf(value: unknown): unknown {
  try {
    catalogue.checkInput(find, value);
  } catch (reason) {
    const { code, details } = reason as LongarmError;
    assert.equal(code, "invalid_request");
    return details["faults"];
  }
  return assert.fail("the input passed");
}

test("finds definitions by name and lists them in order", () => {
  assert.equal(catalogue.get("org.user.find"), find);
  assert.equal(catalogue.get("org.user.toString"), undefined);
  assert.deepEqual(
    catalogue.list().map(({ name }) => name),
    ["org.group.find", "org.user.find"],
  );
  assert.equal(catalogue.spokeOf("org.user.find").name, "org");
  assert.throws(() => catalogue.spokeOf("org.nothing"), { code: "unknown_action" });
});

test("shows schemas as plain JSON Schema", () => {
  const shown = JSON.parse(JSON.stringify(find.input)) as { properties: { user: unknown }; additionalProperties: unknown };
  assert.deepEqual([shown.properties.user, shown.additionalProperties], [{ type: "string", minLength: 1 }, false]);
});

test("fills in defaults and leaves the given value as it was", () => {
  const given = { user: "ada", profile: { email: "a@b.c", city: "x" } };
  assert.deepEqual(catalogue.checkInput(find, given), { ...given, mode: "fail", times: 3 });
  assert.deepEqual(Object.keys(given), ["user", "profile"]);
});

test("names every fault of an input at once, each with its place", () => {
  const faults = faultsOf({ mode: "x", times: 0, profile: {}, groups: ["a", 1], when: 5, usr: 1, "a/b~c": 2 });
  assert.deepEqual(
    faults,
    [
      ["/user", "is required and absent"],
      ["/usr", 'is not known here; did you mean "user"?'],
      ["/a~1b~0c", "is not known here; known are user, mode, times, profile, groups, when"],
      ["/mode", 'must be one of "fail", "return"'],
      ["/times", "must be at least 1"],
      ["/profile/email", "is required and absent"],
      ["/groups/1", "must be a string"],
      ["/when", "must be a string or null"],
    ].map(([pointer, problem]) => ({ in: "input", pointer, problem })),
  );
});

test("names more faults than the schema library lists by itself", () => {
  const unknown = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`member${index}x`, index]));
  assert.equal((faultsOf({ user: "ada", ...unknown }) as unknown[]).length, 40);
});

for (const value of [null, undefined, "text", 5, []]) {
  test(`refuses ${JSON.stringify(value)} as an input`, () =>
    assert.deepEqual(faultsOf(value), [{ in: "input", pointer: "", problem: "must be an object" }]));
}

test("does not take inherited names for members", () => {
  assert.deepEqual(
    (faultsOf(JSON.parse('{"user":"ada","__proto__":{"x":1},"constructor":1}')) as { pointer: string }[]).map(({ pointer }) => pointer),
    ["/__proto__", "/constructor"],
  );
});

test("calls an output that its own schema forbids a fault of the action, without quoting it", () => {
  assert.deepEqual(catalogue.checkOutput(find as never, { id: "1" }), { id: "1" });
  assert.throws(
    () => catalogue.checkOutput(find as never, { id: 5, token: "canary" }),
    (reason: LongarmError) => reason.code === "action_contract_broken" && !JSON.stringify(reason.toBody()).includes("canary"),
  );
});

test("refuses two definitions of one name, and one in the wrong spoke", () => {
  assert.throws(() => catalogueOf(find, define()), { code: "internal", message: /Two definitions/ });
  assert.throws(() => catalogueOf(define({ name: "other.user.find" })), { code: "internal", message: /must begin with "org\."/ });
});

const open = Type.Object({ user: Type.String(), mode: Type.String() });
const closedWith = (members: Record<string, TSchema>) => Type.Object({ ...input.properties, ...members }, { additionalProperties: false });
const malformed: readonly (readonly [what: string, changes: Readonly<Record<string, unknown>>, message: RegExp])[] = [
  ["a name of another form", { name: "Org.user" }, /its name must be/],
  ["an open input", { input: open }, /additionalProperties: false/],
  ["an input that is no object", { input: Type.String() }, /additionalProperties: false/],
  ["a member that belongs to the run", { input: closedWith({ connection: Type.Optional(Type.String()) }) }, /"connection"/],
  ["a secret that is no string", { input: closedWith({ key: Type.Optional(Type.Number({ [secretKeyword]: true })) }) }, /only on a string/],
  ["a secret with a default", { input: closedWith({ key: Type.String({ [secretKeyword]: true, default: "x" }) }) }, /no default/],
  ["an example that its schema refuses", { examples: [{ title: "Bad", input: { usr: 1 } }] }, /"Bad" does not pass/],
  ["no example", { examples: [] }, /needs an example/],
  ["no scopes", { scopes: [] }, /scopes/],
  ["a version of 0", { version: 0 }, /version/],
];
for (const [what, changes, message] of malformed) {
  test(`refuses a definition with ${what} where it is declared`, () => assert.throws(() => define(changes), { code: "internal", message }));
}

test("refuses a stream without the members that every stream takes", () => {
  const declare = (members: Record<string, TSchema>) => () =>
    stream({
      name: "org.user.stream",
      title: "Users",
      summary: "Yields users.",
      category: "Users",
      docs: "https://example.com",
      version: 1,
      scopes: ["r"],
      input: Type.Object(members, { additionalProperties: false }),
      item: Type.Object({ id: Type.String() }),
      examples: [{ title: "All", input: {} }],
      start: () => ({ method: "GET", path: ["users"] }),
      page: () => ({ items: [] }),
      identify: () => "",
      limit: () => undefined,
    });
  assert.doesNotThrow(declare(streamMembers));
  assert.throws(declare({}), { code: "internal", message: /"maxItems".*"pageSize"/ });
});

test.run();
