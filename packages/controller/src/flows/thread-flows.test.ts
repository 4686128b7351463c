import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import type { RunId } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";
import { type Carrying, carryOn, page } from "../run/carrying.fixture.ts";
import { endOf, flowFile, withFolderCarried } from "./flow-folder.fixture.ts";

const test = suite("flows of one's own in their thread");

async function carried(world: Carrying, name: string, input: unknown = {}) {
  const run = await world.carry(name, input);
  return { run, ...endOf((await world.records(run)).flat()) };
}

/** Begins to carry a run; resolves when its log holds a step in this place. */
async function begun(world: Carrying, name: string, path = "0"): Promise<{ run: RunId; ended: Promise<void> }> {
  const run = await world.submit(name, {});
  const ended = carryOn(world.carrier(), world.log, run);
  while (!(await world.records(run)).flat().some((entry) => entry.kind === "stepBegun" && entry.path === path))
    await new Promise(setImmediate);
  return { run, ended };
}

const reader = flowFile("acme.thing.read", `return await ctx.run("test.thing.read", { name: input.name });`);
const borrower = flowFile("acme.thing.borrow", "return name;", { before: `import { name } from "./lib/name.ts";` });
const sleeper = flowFile(
  "acme.thing.wait",
  `await ctx.run("test.thing.create", { name: "ada" }); await ctx.sleep(1500); return { random: ctx.random(), now: ctx.now() };`,
);

test("run their steps as any flow does", () =>
  withFolderCarried({ "read.ts": reader }, async (world) => {
    const { status, output } = await carried(world, "acme.thing.read", { name: "ada" });
    assert.deepEqual([status, output], ["succeeded", { both: ["1", "1"] }]);
    assert.deepEqual(world.sent, ["GET /first/ada", "GET /second/ada"]);
  }));

test("keep records as any flow does", () => {
  const body = `await ctx.records.upsert("groups", [{ id: "00g1", name: input.name }], { seenAt: 7 }); return ctx.records.mark("groups");`;
  return withFolderCarried({ "keep.ts": flowFile("acme.group.keep", body) }, async (world) => {
    const { status, output } = await carried(world, "acme.group.keep", { name: "ada" });
    assert.deepEqual([status, output], ["succeeded", { watermark: null, sweptAt: null }]);
    const kept = await world.deps.records.store.read({ kind: "groups", connection: "acme", id: "00g1" });
    assert.deepEqual([kept?.object, kept?.syncedAt], [{ id: "00g1", name: "ada" }, 7]);
  });
});

test("that do not let go of it are ended and named, and the others go on without a loss", () =>
  withFolderCarried(
    { "block.ts": flowFile("acme.thing.block", `await ctx.run("test.thing.read", { name: "ada" }); for (;;) {}`), "wait.ts": sleeper },
    async (world) => {
      const waiting = await begun(world, "acme.thing.wait", "1");
      const { run, code, message, details } = await carried(world, "acme.thing.block");
      assert.equal(code, "flow_blocked");
      assert.match(message, new RegExp(`acme\\.thing\\.block \\(version 1\\), ${run}, did not let go of the thread for 0\\.3 s`));
      assert.deepEqual(details, { flow: "acme.thing.block", version: 1, run });
      await waiting.ended;
      const entries = (await world.records(waiting.run)).flat();
      assert.equal(endOf(entries).status, "succeeded");
      assert.deepEqual(
        entries.flatMap((entry) => (entry.kind === "stepBegun" ? [entry.path] : [])),
        ["0", "1"],
      );
      assert.equal(world.sent.filter((line) => line.startsWith("POST")).length, 1);
    },
    { blockedAfterMs: 300 },
  ));

const deaths: readonly (readonly [what: string, body: string, said: RegExp, blockedAfterMs?: number])[] = [
  ["that end the process", "await ctx.sleep(1); process.exit(3);", /ended the thread \(exit code 3\)/],
  [
    "that throw in a timer",
    `setTimeout(() => { throw new TypeError("boom"); }, 1); await ctx.sleep("30d");`,
    /TypeError: boom \(die\.ts:\d+:\d+\)/,
  ],
  ["that await without end and ask for nothing", "await ctx.sleep(1); for (;;) await null;", /did not let go/],
  ["that block in a timer", `setTimeout(() => { for (;;) {} }, 1); await ctx.sleep("30d");`, /did not let go/],
  [
    "that take all memory",
    "await ctx.sleep(1); const all = []; for (;;) all.push(new Array(1e5).fill({}));",
    /more than the 64 MB/,
    20_000,
  ],
];
for (const [what, body, said, blockedAfterMs = 500] of deaths) {
  test(
    `${what} fail by name, and the others are replayed`,
    () =>
      withFolderCarried(
        { "die.ts": flowFile("acme.thing.die", body), "wait.ts": sleeper },
        async (world) => {
          const waiting = await begun(world, "acme.thing.wait", "1");
          const { status, message } = await carried(world, "acme.thing.die");
          assert.equal(status, "failed");
          assert.match(message, /acme\.thing\.die/);
          assert.match(message, said);
          await waiting.ended;
          assert.equal(endOf((await world.records(waiting.run)).flat()).status, "succeeded");
        },
        { blockedAfterMs, memoryMb: 64 },
      ),
    { timeoutMs: 30_000 },
  );
}

test("run in a fresh thread as they were when the controller started, whatever their files hold by then", () =>
  withFolderCarried(
    { "die.ts": flowFile("acme.thing.die", "process.exit(3);"), "lib/name.ts": `export const name = "ada";`, "borrow.ts": borrower },
    async (world) => {
      await rm(world.directory, { recursive: true });
      assert.equal((await carried(world, "acme.thing.die")).status, "failed");
      assert.equal((await carried(world, "acme.thing.borrow")).output, "ada");
    },
  ));

test("that await what never comes fail in a bounded time, and say so", () =>
  withFolderCarried(
    {
      "hang.ts": flowFile("acme.thing.hang", `await ctx.run("test.thing.read", { name: "ada" }); await new Promise(() => {});`),
      "wait.ts": sleeper,
    },
    async (world) => {
      const waiting = await begun(world, "acme.thing.wait", "1");
      const { code, message } = await carried(world, "acme.thing.hang");
      assert.equal(code, "flow_failed");
      assert.match(message, /acme\.thing\.hang \(version 1\) waits for what never comes: for 200ms it had no step under way/);
      await waiting.ended;
      assert.equal(endOf((await world.records(waiting.run)).flat()).status, "succeeded");
    },
    { idleAfterMs: 200 },
  ));

test("that loop over awaits of their own are ended, and so is their code", () =>
  withFolderCarried(
    {
      "loop.ts": flowFile(
        "acme.thing.loop",
        `for (;;) { await new Promise((go) => setImmediate(go)); globalThis.turns = (globalThis.turns ?? 0) + 1; }`,
      ),
      "turns.ts": flowFile("acme.thing.turns", "return globalThis.turns ?? 0;"),
      "wait.ts": sleeper,
    },
    async (world) => {
      const waiting = await begun(world, "acme.thing.wait", "1");
      assert.match((await carried(world, "acme.thing.loop")).message, /waits for what never comes/);
      await until("its code is gone", async () => (await carried(world, "acme.thing.turns")).output === 0);
      await waiting.ended;
      assert.equal(endOf((await world.records(waiting.run)).flat()).status, "succeeded");
    },
    { idleAfterMs: 200 },
  ));

test(
  "that are there whenever code of nobody ends the thread fail at last, instead of being replayed for ever",
  () =>
    withFolderCarried(
      {
        "stray.ts": flowFile("acme.thing.stray", `await ctx.sleep("30d");`, {
          before: `setInterval(() => { throw new Error("stray"); }, 50);`,
        }),
      },
      async (world) => {
        const { code, message } = await carried(world, "acme.thing.stray");
        assert.equal(code, "flow_failed");
        assert.match(
          message,
          /was there each of 5 times in a row .* threw where nobody could catch it: Error: stray \(stray\.ts:\d+:\d+\)/,
        );
      },
    ),
  { timeoutMs: 30_000 },
);

const failures: readonly (readonly [what: string, body: string, code: string, said: RegExp])[] = [
  ["throw", `throw new TypeError("boom");`, "flow_failed", /acme\.thing\.a threw: TypeError: boom \(at 0\.ts:7:\d+\)/],
  ["throw behind a step", `await ctx.sleep(1); throw new TypeError("boom");`, "flow_failed", /\(at 1\.ts:7:\d+\)/],
  ["throw one of the closed codes", `throw new LongarmError("conflict", "Taken.");`, "conflict", /^Taken\.$/],
  ["throw a code of the engine's own", `throw new LongarmError("overtaken", "Ha.");`, "flow_failed", /threw: Ha\./],
  ["return what their schema forbids", "return 7;", "action_contract_broken", /acme\.thing\.e/],
  [
    "return what is no JSON",
    "const a = {}; a.a = a; return a;",
    "flow_failed",
    /cannot be written as JSON: Converting circular structure to JSON\.$/,
  ],
  ["ask for what is not there", `await ctx.run("test.thing.nothing", {});`, "unknown_action", /test\.thing\.nothing/],
  [
    "leave a rejection to nobody",
    `void Promise.reject(new Error("lost")); await ctx.sleep("1d");`,
    "flow_failed",
    /nobody awaited it: Error: lost/,
  ],
];
test("fail with the code that fits, each in its own run", () => {
  // One thread for all: what one of them does is not to touch the others.
  const nameOf = (index: number): string => `acme.thing.${"abcdefghijkl"[index]}`;
  const output = "Type.String()";
  const files = failures.map(([, body], index) => [`${index}.ts`, flowFile(nameOf(index), body, { output })] as const);
  return withFolderCarried(Object.fromEntries(files), async (world) => {
    const ends = await Promise.all(failures.map((_failure, index) => carried(world, nameOf(index))));
    for (const [index, [what, , code, said]] of failures.entries()) {
      assert.deepEqual([ends[index]?.status, ends[index]?.code], ["failed", code], what);
      assert.match(ends[index]?.message ?? "", said, what);
    }
  });
});

test("are given a stream's items in order, and let go of what they do not read", () =>
  withFolderCarried(
    {
      "stream.ts": flowFile(
        "acme.thing.count",
        `const ids = []; for await (const { id } of ctx.stream("test.thing.stream", {})) { ids.push(id); if (ids.length === 2) break; } return ids;`,
      ),
    },
    async (world) => {
      world.pages = async function* () {
        yield page(["a", "b", "c"], null);
      };
      assert.deepEqual((await carried(world, "acme.thing.count")).output, ["a", "b"]);
    },
  ));

test("see nothing of the controller's environment", () =>
  withFolderCarried({ "env.ts": flowFile("acme.thing.env", "return Object.keys(process.env);") }, async (world) => {
    assert.deepEqual((await carried(world, "acme.thing.env")).output, []);
  }));

test("are ended when their run is cancelled", () =>
  withFolderCarried({ "sleep.ts": flowFile("acme.thing.sleep", `await ctx.sleep("30d");`) }, async (world) => {
    const { run, ended } = await begun(world, "acme.thing.sleep");
    await world.deps.children.cancel(run, "ada");
    await ended;
    assert.equal(endOf((await world.records(run)).flat()).status, "cancelled");
  }));

test.run();
