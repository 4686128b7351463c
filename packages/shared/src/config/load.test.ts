import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Type from "typebox";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { LongarmError } from "../errors.ts";
import { Secret } from "../secret.ts";
import { durationString, loadConfiguration, secretString, type Environment } from "./index.ts";

const test = suite("the configuration");

const Broker = Type.Object(
  { url: Type.Optional(Type.String({ pattern: "^nats://" })), storeDir: Type.String({ default: "store" }) },
  { default: {} },
);
const Target = Type.Union([
  Type.Object({ kind: Type.Literal("here"), threads: Type.Integer(), pause: durationString({ default: "1s" }) }),
  Type.Object({ kind: Type.Literal("there"), host: Type.String() }),
]);
const schema = Type.Object({
  port: Type.Integer({ default: 7070, minimum: 0, maximum: 65535 }),
  level: Type.Union([Type.Literal("info"), Type.Literal("debug")], { default: "info" }),
  open: Type.Boolean({ default: false }),
  broker: Broker,
  token: Type.Optional(secretString()),
  waitFor: durationString({ default: "10m" }),
  labels: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), { default: {} }),
  names: Type.Array(Type.String(), { default: [] }),
  target: Type.Optional(Target),
});

interface Given {
  readonly text?: string;
  readonly environment?: Environment;
  readonly defaults?: Readonly<Record<string, unknown>>;
}

function load({ text, environment = {}, defaults = {} }: Given) {
  return withTemporaryDirectory((directory) => {
    const file = join(directory, "longarm.yaml");
    if (text !== undefined) writeFileSync(file, text);
    writeFileSync(join(directory, "token.txt"), "from-file\n");
    return loadConfiguration({ schema, environment, defaults, prefix: "LONGARM", ...(text === undefined ? {} : { file }) });
  });
}

async function faultsOf(given: Given): Promise<{ lines: readonly string[]; error: LongarmError }> {
  const error = await load(given).then(() => assert.fail("it was accepted"), LongarmError.from);
  assert.equal(error.code, "invalid_configuration", error.stack);
  return {
    error,
    lines: error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim()),
  };
}

test("is complete without a file, by its defaults alone", async () => {
  const { value } = await load({});
  assert.deepEqual(value, {
    port: 7070,
    level: "info",
    open: false,
    broker: { storeDir: "store" },
    waitFor: 600_000,
    labels: {},
    names: [],
  });
});

test("takes the file over the defaults, and the environment over the file", async () => {
  const defaults = { port: 1, level: "debug", broker: { url: "nats://a", storeDir: "d" } };
  const { value } = await load({
    defaults,
    text: "port: 2\nbroker:\n  storeDir: f\n",
    environment: { LONGARM_PORT: "3", LONGARM_BROKER_STORE_DIR: "" },
  });
  assert.deepEqual([value.port, value.level, value.broker], [3, "debug", { url: "nats://a", storeDir: "f" }]);
});

test("reads every kind of value from the environment", async () => {
  const environment = {
    LONGARM_PORT: "0",
    LONGARM_OPEN: "true",
    LONGARM_BROKER_STORE_DIR: "42",
    LONGARM_NAMES: "a, b",
    LONGARM_LABELS: '{"site":"hq","capabilities":["rest"]}',
    LONGARM_WAIT_FOR: "250ms",
    LONGARM_URL: "of the command line, no key of this schema",
  };
  const { value } = await load({ environment });
  assert.deepEqual([value.port, value.open, value.broker.storeDir, value.names, value.waitFor], [0, true, "42", ["a", "b"], 250]);
  assert.deepEqual(value.labels, { site: "hq", capabilities: ["rest"] });
});

test("reads JSON as well", async () => {
  const { value } = await load({ text: '{\n\t"port": 9,\n\t"target": {"kind": "here", "threads": 2}\n}' });
  assert.deepEqual([value.port, value.target], [9, { kind: "here", threads: 2, pause: 1000 }]);
});

test("keeps secrets as secrets, wherever they come from, and prints stars", async () => {
  const from = [
    { given: { text: "token: plain" }, expected: "plain" },
    { given: { text: 'token: "${env:TOKEN}"', environment: { TOKEN: "from-env" } }, expected: "from-env" },
    { given: { text: 'token: "${file:token.txt}"' }, expected: "from-file" },
    { given: { environment: { LONGARM_TOKEN: "direct" } }, expected: "direct" },
  ];
  for (const { given, expected } of from) {
    const { value, printable } = await load(given);
    assert.ok(value.token instanceof Secret);
    assert.equal(value.token.reveal(), expected);
    assert.equal(printable["token"], "***");
    assert.ok(!JSON.stringify({ value, printable }).includes(expected));
  }
});

test("prints durations as they were written", async () => {
  const { value, printable } = await load({ text: "waitFor: 1h30m" });
  assert.deepEqual([value.waitFor, printable["waitFor"], printable["port"]], [5_400_000, "1h30m", 7070]);
});

test("names every fault at once, each with its key and line", async () => {
  const text = [
    "prot: 1",
    "port: many",
    "level: loud",
    "broker:",
    "  url: http://x",
    "  storDir: y",
    "waitFor: soon",
    "names: [1, ok]",
    "open: 3",
  ].join("\n");
  const { lines } = await faultsOf({ text });
  assert.deepEqual(lines, [
    'line 1, prot: is not known here; did you mean "port"?',
    'line 2, port: must be an integer (it is "many")',
    'line 3, level: must be one of "info", "debug" (it is "loud")',
    'line 5, broker.url: must be of the form ^nats:// (it is "http://x")',
    'line 6, broker.storDir: is not known here; did you mean "storeDir"?',
    'line 7, waitFor: must be a duration such as "250ms", "10m" or "1h30m" (it is "soon")',
    "line 8, names[0]: must be a string (it is 1)",
    "line 9, open: must be true or false (it is 3)",
  ]);
});

test("names more than a handful of faults", async () => {
  const text = `names: [${Array.from({ length: 30 }, (_, n) => n).join(", ")}]`;
  assert.equal((await faultsOf({ text })).lines.length, 30);
});

test("explains a union by the variant that was meant", async () => {
  assert.deepEqual((await faultsOf({ text: "target:\n  kind: there\n" })).lines, ["line 1, target.host: is required and absent"]);
  assert.deepEqual((await faultsOf({ text: "target:\n  kind: here\n  threads: x\n" })).lines, [
    'line 3, target.threads: must be an integer (it is "x")',
  ]);
});

test("complains only of the kind when no kind of that name is known", async () => {
  assert.deepEqual((await faultsOf({ text: "target:\n  kind: heer\n  threads: 1\n" })).lines, [
    'line 2, target.kind: must be one of "here", "there" (it is "heer")',
  ]);
});

test("refuses a key that only another variant knows", async () => {
  assert.deepEqual((await faultsOf({ text: "target:\n  kind: there\n  host: h\n  threads: 1\n" })).lines, [
    "line 4, target.threads: is not known here; known are kind, host",
  ]);
  const closed = Type.Union([
    Type.Object({ kind: Type.Literal("a") }, { additionalProperties: false }),
    Type.Object({ kind: Type.Literal("b") }),
  ]);
  const loadClosed = () =>
    loadConfiguration({ schema: Type.Object({ it: closed }), environment: {}, prefix: "X", defaults: { it: { kind: "a", b: 1 } } });
  assert.throws(loadClosed, { message: "The configuration has one fault:\n  it.b: is not known here; known are kind" });
});

test("fills in the defaults of the variant that is named, or of the default one when none is", async () => {
  assert.deepEqual((await load({ text: "target: {kind: here, threads: 1}" })).value.target, { kind: "here", threads: 1, pause: 1000 });
  const withDefault = Type.Object({ target: { ...Target, default: { kind: "here", threads: 2 } } });
  const { value } = loadConfiguration({ schema: withDefault, environment: { X_TARGET_THREADS: "3" }, prefix: "X" });
  assert.deepEqual(value.target, { kind: "here", threads: 3, pause: 1000 });
  const { value: other } = loadConfiguration({
    schema: withDefault,
    environment: { X_TARGET_KIND: "there", X_TARGET_HOST: "h" },
    prefix: "X",
  });
  assert.deepEqual(other.target, { kind: "there", host: "h" });
});

test("names the environment variable that holds a wrong value", async () => {
  const { lines } = await faultsOf({ text: "port: 1", environment: { LONGARM_PORT: "x" } });
  assert.deepEqual(lines, ['port, from LONGARM_PORT: must be an integer (it is "x")']);
});

test("shows no secret in a fault", async () => {
  const wrong = await faultsOf({ text: "token: [hunter2]\ntokne: hunter2\nbroker: hunter2\n", environment: {} });
  assert.ok(!JSON.stringify(wrong.error.toBody()).includes("hunter2"), wrong.error.message);
  const unset = await faultsOf({ text: 'token: "${env:NOT_SET}"\n' });
  assert.deepEqual(unset.lines, ["line 1, token: the environment variable NOT_SET is not set"]);
  const absent = await faultsOf({ text: "token: ${file:/nowhere/at-all}\n" });
  assert.deepEqual(absent.lines, ["line 1, token: the file /nowhere/at-all cannot be read (ENOENT)"]);
});

test("refuses a reference where no secret stands, since it would be shown", async () => {
  const { lines } = await faultsOf({ text: "broker:\n  storeDir: ${env:HOME}\n", environment: { HOME: "/root" } });
  assert.match(lines[0] ?? "", /^line 2, broker.storeDir: only secrets may be references/);
});

test("says where a file stops being YAML, or that it is absent", async () => {
  assert.match((await faultsOf({ text: "port: 1\nport: 2\n" })).lines[0] ?? "", /^line 2: .*unique/);
  assert.match((await faultsOf({ text: "port: [1\n" })).lines[0] ?? "", /^line \d: /);
  assert.match((await faultsOf({ text: "- 1\n" })).lines[0] ?? "", /keys and values were expected/);
  assert.throws(() => loadConfiguration({ schema, environment: {}, prefix: "LONGARM", file: "/nowhere/longarm.yaml" }), /no such file/);
});

test("takes an empty file for an empty one", async () => {
  assert.equal((await load({ text: "# nothing yet\n" })).value.port, 7070);
});

test.run();
