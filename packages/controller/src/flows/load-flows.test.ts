import assert from "node:assert/strict";
import { Value } from "typebox/value";
import { type LongarmError, secretKeyword } from "@longarm/shared";
import { createCatalogue } from "@longarm/spoke";
import { suite } from "../../../../test/support/suite.ts";
import { thingSpoke } from "../run/thing-spoke.fixture.ts";
import { type Files, flowFile, withFolder } from "./flow-folder.fixture.ts";
import { isFlowFile } from "./flow-files.ts";

const test = suite("loading flows of one's own");

const fine = (name: string, version = 1): string => flowFile(name, "return null;", { version });

async function refusal(files: Files): Promise<LongarmError> {
  return withFolder(files, async () => undefined).then(
    () => assert.fail("they were loaded"),
    (reason: LongarmError) => reason,
  );
}

test("takes TypeScript and JavaScript that stand directly in the folder, and no tests, declarations or what begins with a dot or a low line", () => {
  const yes = ["a.ts", "a.mts", "a.mjs", "a.js"];
  const no = ["a.test.ts", "a.d.ts", "a.d.mts", "_a.ts", ".a.ts", "a.json", "README.md", "package.json"];
  assert.deepEqual(
    [...yes, ...no].filter((name) => isFlowFile(name)),
    yes,
  );
});

test("finds the kit without node_modules, each flow once, and files that share another one", () =>
  withFolder(
    {
      "one.ts": `${fine("acme.user.one")}\nexport default made;\nexport const other = { ...made, version: 2 };`,
      "two.mjs": fine("acme.user.two"),
      "lib/shared.ts": `import { tryFlow } from "@longarm/spoke/testing"; export const shared: string = typeof tryFlow;`,
      "three.ts": flowFile("acme.user.three", "return shared;", { before: `import { shared } from "./lib/shared.ts";` }),
      "three.test.ts": "throw new Error();",
    },
    async ({ own }) => {
      const found = own.flows.map(({ name, version }) => `${name} ${version}`).toSorted();
      assert.deepEqual(found, ["acme.user.one 1", "acme.user.one 2", "acme.user.three 1", "acme.user.two 1"]);
    },
  ));

test("checks input by schemas that have crossed from the thread, with their defaults and secrets", () =>
  withFolder(
    {
      "one.ts": `import { flow, secretKeyword } from "@longarm/spoke";
        import Type from "typebox";
        export const one = flow({
          name: "acme.user.one", title: "One", summary: "One.", version: 1,
          input: Type.Object({
            color: Type.Union([Type.Literal("red"), Type.Null()], { default: "red" }),
            pin: Type.Optional(Type.String({ [secretKeyword]: true })),
          }, { additionalProperties: false }),
          output: Type.Null(), run: async () => null,
        });`,
    },
    async ({ own }) => {
      const catalogue = createCatalogue([thingSpoke], own.flows);
      const [one = assert.fail()] = own.flows;
      assert.deepEqual(catalogue.checkInput(one, {}), { color: "red" });
      assert.throws(() => catalogue.checkInput(one, { color: "blue", size: 1 }), { code: "invalid_request" });
      const schema = one.input as { readonly properties: { readonly pin: object } };
      assert.deepEqual(JSON.parse(JSON.stringify(schema.properties.pin)), { type: "string", [secretKeyword]: true });
      assert.ok(Value.Check(one.output, null));
    },
  ));

test("names every fault of every file at once, and what to do", async () => {
  const { code, message, details } = await refusal({
    "broken.ts": "export const a = ;",
    "enum.ts": `enum Color { Red }\n${fine("acme.user.enum")}`,
    "helper.ts": "export const a = 1;",
    "name.ts": fine("acme.user.ok").replace(`"acme.user.ok"`, `"Wrong"`),
    "plain.ts": `export const a = { kind: "flow", name: "acme.user.plain" };`,
    "spoke.ts": fine("test.thing.mine"),
    "taken.ts": fine("acme.user.same"),
    "taken2.ts": fine("acme.user.same"),
    "throws.ts": `${fine("acme.user.throws")}\nthrow new TypeError("boom");`,
    "absent.ts": `import "./nowhere.ts";`,
    "fine.ts": fine("acme.user.fine"),
  });
  assert.equal(code, "invalid_configuration");
  const faults = (details["faults"] as readonly { readonly file: string; readonly problem: string }[]).map(
    ({ file, problem }) => `${file}: ${problem}`,
  );
  const expected = [
    /^absent\.ts: .*nowhere\.ts/,
    /^broken\.ts: SyntaxError/,
    /^enum\.ts: SyntaxError: .*enum/,
    /^helper\.ts: it exports no flow; export what flow\(\)/,
    /^name\.ts: LongarmError: .*"Wrong".*its name must be of the form/,
    /^plain\.ts: acme\.user\.plain: it must have a title$/,
    /^spoke\.ts: test\.thing\.mine: names that begin with "test\." belong to the spoke; begin it otherwise, such as acme\.thing\.mine$/,
    /^taken2\.ts: acme\.user\.same is there in version 1 already, in taken\.ts; raise the version/,
    /^throws\.ts: TypeError: boom \(throws\.ts:\d+:\d+\)$/,
  ];
  for (const pattern of expected)
    assert.ok(
      faults.some((fault) => pattern.test(fault)),
      `${pattern}\n${faults.join("\n")}`,
    );
  assert.ok(!faults.some((fault) => fault.startsWith("fine.ts")));
  for (const fault of faults) assert.ok(message.includes(fault));
  assert.match(message, /Correct them, then start the controller again\.$/);
});

test("refuses a schema that holds code, and a folder that is not there", async () => {
  const refined = `Type.Refine(Type.String(), () => true)`;
  const { message } = await refusal({ "code.ts": flowFile("acme.user.code", "return '';", { output: refined }) });
  assert.match(message, /code\.ts: .*its schema holds code/);
  await assert.rejects(
    withFolder({}, async () => undefined, { directory: "/nowhere" } as object),
    { message: /\/nowhere is no directory/ },
  );
});

test("names the file that does not come to an end, or ends the process", async () => {
  const { code, message } = await refusal({ "exit.ts": "process.exit(4);" });
  assert.deepEqual(
    [code, message],
    ["invalid_configuration", "exit.ts ended the thread (exit code 4); a file of flows only declares them."],
  );
});

test.run();
