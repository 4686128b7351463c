import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { Type } from "typebox";
import { suite } from "../../../../test/support/suite.ts";
import { tryFlow } from "../testing/index.ts";
import { flow, type Flow } from "./flow.ts";
import type { FlowContext } from "./flow-context.ts";

const test = suite("flows");

const closed = { additionalProperties: false } as const;

function flowThat(run: (context: FlowContext) => Promise<unknown>): Flow {
  const form = { title: "Test", summary: "A test.", version: 1, input: Type.Object({}, closed), output: Type.Unknown() };
  return flow({ name: "test.flow.one", ...form, run });
}

test("gives every step a place that tells its branch", async () => {
  const tried = await tryFlow(
    flowThat(async (ctx) => {
      await ctx.run("a", {});
      const doubled = await ctx.all([1, 2], async (n) => {
        await ctx.run("b", { n });
        return (await ctx.run("c", { n })) as number;
      });
      await ctx.call("d", {});
      return doubled;
    }),
    {},
    { answers: { a: null, b: null, c: ({ n }: { n: number }) => n * 2, d: null } },
  );
  assert.deepEqual(tried.output, [2, 4]);
  const places = tried.steps.map(({ path, name }) => `${path} ${name}`).toSorted();
  assert.deepEqual(places, ["0 a", "1.0/0 b", "1.0/1 c", "1.1/0 b", "1.1/1 c", "2 d"]);
});

test("tries every item whatever becomes of the others, so many at once, and throws the first failure in their order", async () => {
  let [under, most] = [0, 0];
  const done: number[] = [];
  const tried = await tryFlow(
    flowThat((ctx) =>
      ctx.all(
        [0, 1, 2, 3, 4],
        async (n) => {
          most = Math.max(most, (under += 1));
          await ctx.sleep(1);
          under -= 1;
          done.push(n);
          if (n % 2 === 1) throw new LongarmError("conflict", `Item ${n}.`);
        },
        { atOnce: 2 },
      ),
    ),
    {},
    {},
  );
  assert.equal(tried.error?.message, "Item 1.");
  assert.deepEqual([most, done.toSorted((a, b) => a - b)], [2, [0, 1, 2, 3, 4]]);
});

test("has one clock, which its steps move on, and the same chance each time", async () => {
  const one = flowThat(async (ctx) => {
    const before = ctx.now();
    await ctx.sleep("30d");
    return { days: (ctx.now() - before) / 86_400_000, chances: [ctx.random(), ctx.random()] };
  });
  const [first, second] = [await tryFlow(one, {}, {}), await tryFlow(one, {}, {})];
  assert.deepEqual(first.output, second.output);
  const { days, chances } = first.output as { readonly days: number; readonly chances: readonly number[] };
  assert.equal(days, 30);
  assert.equal(new Set(chances).size, 2);
});

test("undoes what it undertook to undo when it fails, the last one first, and tells what could not be undone", async () => {
  const tried = await tryFlow(
    flowThat(async (ctx) => {
      ctx.onFailure(() => ctx.run("undoFirst", {}));
      ctx.onFailure(() => ctx.run("undoSecond", {}));
      throw new TypeError("boom");
    }),
    {},
    { answers: { undoFirst: null, undoSecond: new LongarmError("conflict", "It is in use.") } },
  );
  assert.deepEqual(tried.asked, ["undoSecond", "undoFirst"]);
  assert.equal(tried.error?.code, "flow_failed");
  assert.match(tried.error.message, /TypeError: boom.*1 of 2 compensations failed: It is in use\./);
});

test("undoes nothing when it succeeds", async () => {
  const tried = await tryFlow(
    flowThat(async (ctx) => ctx.onFailure(() => ctx.run("undo", {}))),
    {},
    { answers: { undo: null } },
  );
  assert.deepEqual([tried.asked, tried.error], [[], undefined]);
});

test("yields what a stream kept, and tells lines that were logged", async () => {
  const tried = await tryFlow(
    flowThat(async (ctx) => {
      let sum = 0;
      for await (const { n } of ctx.stream("numbers", {})) sum += n as number;
      await ctx.log(`The sum is ${sum}.`);
      return sum;
    }),
    {},
    { answers: { numbers: [{ n: 1 }, { n: 2 }] } },
  );
  assert.deepEqual([tried.output, tried.lines], [3, ["The sum is 3."]]);
});

test("refuses a sleep that is neither a length nor a time, and a number at once that is none", async () => {
  for (const wrong of ["soon", -1, Number.NaN, { until: "tomorrow" }]) {
    const tried = await tryFlow(
      flowThat((ctx) => ctx.sleep(wrong)),
      {},
      {},
    );
    assert.equal(tried.error?.code, "invalid_request", JSON.stringify(wrong));
  }
  const tried = await tryFlow(
    flowThat((ctx) => ctx.all([1], async () => 1, { atOnce: 0 })),
    {},
    {},
  );
  assert.equal(tried.error?.code, "invalid_request");
});

test("names all that is wrong with the form of a flow at once", () => {
  const wrong = { name: "Onboard", title: "", summary: "x", version: 0, input: Type.Object({}), output: Type.Null() };
  assert.throws(() => flow({ ...wrong, run: async () => null }), {
    code: "invalid_flow",
    message: /name must be.*must have a title.*version must be.*additionalProperties: false/,
  });
});

test.run();
