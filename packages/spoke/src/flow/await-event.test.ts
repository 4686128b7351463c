import assert from "node:assert/strict";
import { Type } from "typebox";
import { suite } from "../../../../test/support/suite.ts";
import { tryFlow, type FakeEvent } from "../testing/index.ts";
import type { EventWish } from "./await-event.ts";
import { flow, type Flow } from "./flow.ts";
import type { FlowContext } from "./flow-context.ts";

const test = suite("a flow that waits for events");

const closed = { additionalProperties: false } as const;

function flowThat(run: (context: FlowContext) => Promise<unknown>): Flow {
  const form = { title: "Test", summary: "A test.", version: 1, input: Type.Object({}, closed), output: Type.Unknown() };
  return flow({ name: "test.flow.waits", ...form, run });
}

const approved: FakeEvent = { type: "user.approved", subject: "ada", data: { by: "bob", level: 2 } };

async function given(wish: EventWish, events: readonly FakeEvent[], type = "user.approved"): Promise<unknown> {
  const tried = await tryFlow(
    flowThat(async (ctx) => (await ctx.waitForEvent(type, wish))?.id ?? null),
    {},
    { events },
  );
  assert.equal(tried.error, undefined, tried.error?.message);
  return tried.output;
}

test("is given the first event of the type that is wished", async () => {
  const events = [{ type: "user.created" }, { ...approved, subject: "eve" }, approved];
  assert.equal(await given({ subject: "ada" }, events), "event-3");
  assert.equal(await given({ where: "event.data.level >= 2 && event.data.by == values.by", values: { by: "bob" } }, events), "event-2");
  assert.equal(await given({}, events, "user.*"), "event-1");
  const byOthers = { where: "event.by != values.submitter", values: { submitter: "ada" } };
  assert.equal(
    await given(byOthers, [
      { ...approved, by: "ada" },
      { ...approved, by: "bob" },
    ]),
    "event-2",
  );
  assert.equal(await given({ where: "event.data.nothing == 1", timeout: "1h" }, events), null);
});

test("is not given what somebody else brings under the same type, nor what happened in another org", async () => {
  const activated = { type: "okta.application.lifecycle.activate" };
  const timeout = "1h";
  assert.equal(await given({ timeout }, [{ ...activated, source: "event" }], activated.type), null);
  assert.equal(await given({ timeout }, [{ ...activated, connection: "other" }], activated.type), null);
  assert.equal(await given({ timeout, connection: "other" }, [{ ...activated, connection: "other" }], activated.type), "event-1");
  assert.equal(await given({ timeout, source: "event" }, [{ ...activated, source: "event" }], activated.type), "event-1");
});

test("is given nothing when the time has passed, which its clock then tells", async () => {
  const waits = flowThat(async (ctx) => {
    const begun = ctx.now();
    const event = await ctx.waitForEvent("user.approved", { timeout: "2d" });
    return { event: event?.data as unknown, days: (ctx.now() - begun) / 86_400_000 };
  });
  const late = await tryFlow(waits, {}, { events: [{ ...approved, after: "3d" }] });
  assert.deepEqual(late.output, { event: undefined, days: 2 });
  const early = await tryFlow(waits, {}, { events: [{ ...approved, after: "1d" }] });
  assert.deepEqual(early.output, { event: approved.data, days: 1 });
});

test("is given the same event in waits that begin together, and the next one in a wait behind", async () => {
  const tried = await tryFlow(
    flowThat(async (ctx) => {
      const together = [ctx.waitForEvent("user.approved"), ctx.waitForEvent("user.*")];
      const ids = (await Promise.all(together)).map((event) => event?.id);
      return [...ids, (await ctx.waitForEvent("user.approved"))?.id];
    }),
    {},
    { events: [approved, approved] },
  );
  assert.deepEqual([tried.output, tried.asked], [["event-1", "event-1", "event-2"], []]);
});

test("is told what is wrong with a wish, and a test what it lacks", async () => {
  const wrong: readonly (readonly [type: string, wish: object, problem: RegExp])[] = [
    ["user approved", {}, /the type "user approved"; a type is letters/],
    ["*", {}, /the type "\*"/],
    ["a", { where: "event.data ==" }, /a `where` that is no condition: .*line 1, column/],
    ["a", { where: "event.kind == 'a'" }, /has no member `kind`/],
    ["a", { where: "values.nobody == 1", values: { by: 1 } }, /has no member `nobody`/],
    ["a", { timeout: "soon" }, /The timeout of ctx\.waitForEvent was given "soon"/],
    ["a", { source: "mail" }, /the source "mail"; there are event, hook, flow/],
    ["a", { filter: "true" }, /"filter", which it does not know; it knows where, /],
  ];
  for (const [type, wish, problem] of wrong) {
    const { error } = await tryFlow(
      flowThat((ctx) => ctx.waitForEvent(type, wish)),
      {},
    );
    assert.equal(error?.code, "invalid_request", type);
    assert.match(error.message, problem);
  }
  const { error } = await tryFlow(
    flowThat((ctx) => ctx.waitForEvent("user.approved")),
    {},
    { events: [{ type: "user.created" }] },
  );
  assert.match(error?.message ?? "", /would wait for ever for the event user\.approved; of the events of the test \(user\.created\) none/);
});

test.run();
