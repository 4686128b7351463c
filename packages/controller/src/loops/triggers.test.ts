import { deepEqual, equal, match } from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";
import { longestChain } from "../decide/trigger/trigger.ts";
import { withTriggers, type TriggerWorld } from "./triggers.fixture.ts";

const test = suite("the loop of triggers");

const users = ({ runs }: TriggerWorld): readonly string[] => runs.made.map(({ input }) => String((input as { user: unknown }).user));

test("starts a run by the trigger's name, with who had a hand in it, and says so of the event", () =>
  withTriggers(async (world) => {
    await world.define({ concurrency: { key: "event.subject", limit: 2 } });
    world.start();
    await world.post({ depth: 2 });
    deepEqual(await world.outcomes("hr-1"), ["greet started"]);
    await until("it is counted", () => world.counted.length === 2);
    deepEqual(world.counted, ["greet started", "event"]);
    const [{ action, connection, input, lane, principal, connections, chain, terms } = {}] = world.runs.made;
    deepEqual(
      { action, connection, input, lane, principal, connections, chain, terms },
      {
        ...{ action: "okta.flow.greet", connection: "acme", input: { user: "ada" }, lane: "standard", principal: "trigger:greet" },
        ...{ connections: ["acme"], chain: { depth: 3, behind: ["ada", "hr"] }, terms: { concurrencyKey: "ada", concurrencyLimit: 2 } },
      },
    );
  }));

test("starts nothing by drafts, echoes, filters that do not hold, and chains that are too long, and says why", () =>
  withTriggers(async (world) => {
    await world.define({ name: "draft", state: "draft" });
    await world.define({ name: "swedes", on: { source: "event", type: "user.*", filter: "event.data.country == 'SE'" } });
    world.start();
    await world.post();
    deepEqual((await world.outcomes("hr-1")).toSorted(), ["draft draft", "swedes filter"]);
    await world.post({ id: "echo", isEcho: true });
    deepEqual((await world.outcomes("echo")).toSorted(), ["draft echo", "swedes echo"]);
    await world.post({ id: "long", depth: longestChain });
    deepEqual((await world.outcomes("long")).toSorted(), ["draft chain_too_long", "swedes chain_too_long"]);
    equal(world.runs.made.length, 0);
  }));

test("makes one run though its answer is lost, though the controller dies, and though the trigger is changed meanwhile", () =>
  withTriggers(async (world) => {
    await world.define();
    world.runs.fault = { error: new LongarmError("broker_unavailable", undefined, { retryable: true }), after: true };
    const die = world.start();
    await world.post();
    await until("the run is made", () => world.runs.made.length === 1);
    await die();
    await world.define({ input: { user: "'somebody else'" } });
    world.runs.fault = undefined;
    world.start();
    deepEqual(await world.outcomes("hr-1"), ["greet started"]);
    deepEqual(users(world), ["ada"]);
  }));

test("keeps the order of events while one cannot be submitted, and starts all of them then", () =>
  withTriggers(async (world) => {
    await world.define();
    world.runs.fault = { error: new LongarmError("storage_full", undefined, { retryable: true }) };
    world.start();
    for (const n of [1, 2, 3]) await world.post({ id: `e${n}`, subject: `user-${n}` });
    await until("it was tried twice", () => world.runs.tries >= 2);
    equal(world.runs.made.length, 0);
    world.runs.fault = undefined;
    await world.outcomes("e3");
    deepEqual(users(world), ["user-1", "user-2", "user-3"]);
  }));

test("notes on the trigger what is refused or has no input, and goes on", () =>
  withTriggers(async (world) => {
    await world.define();
    await world.define({ name: "lacking", input: { user: "event.data.login" } });
    await world.define({ name: "odd", on: { source: "event", type: "user.created", filter: "event.data.n % 2 == 0" } });
    await world.define({ name: "absent", on: { source: "event", type: "user.created", filter: "event.data.no.where" } });
    world.runs.fault = { error: new LongarmError("unknown_connection", "No connection is named acme.") };
    world.start();
    await world.post({ data: { n: 4 } });
    await world.post({ id: "hr-2", type: "other" });
    deepEqual((await world.outcomes("hr-1")).toSorted(), ["absent filter", "greet refused", "lacking no_input", "odd filter"]);
    const noted = async (name: string) => (await world.triggers.states.get(name))?.value;
    await until("all are noted", async () => (await noted("lacking")) && (await noted("greet")) && (await noted("odd")));
    match((await noted("odd"))?.last?.problem ?? "", /^\/on\/filter: no such overload.*int\(…\)/);
    equal(await noted("absent"), undefined);
    deepEqual([(await noted("greet"))?.faults, (await noted("greet"))?.last?.problem], [1, "No connection is named acme."]);
  }));

test("submits nothing in the name of somebody who has left, until somebody else enables the trigger", () =>
  withTriggers(async (world) => {
    await world.define();
    world.left.add("ada");
    world.start();
    await world.post();
    deepEqual(await world.outcomes("hr-1"), ["greet refused"]);
    await world.define({ principal: "bob" });
    await world.post({ id: "hr-2" });
    deepEqual(await world.outcomes("hr-2"), ["greet started"]);
    equal(world.runs.made.length, 1);
  }));

test("starts one run with the last of the events that come within the window, for each key", () =>
  withTriggers(async (world) => {
    await world.define({ debounce: { windowMs: 5_000 }, input: { user: "event.data.v" } });
    const die = world.start();
    for (const [id, subject, v] of [
      ["a1", "a", "1"],
      ["b1", "b", "1"],
      ["a2", "a", "2"],
    ] as const)
      await world.post({ id, subject, data: { v } });
    deepEqual(await world.outcomes("a2"), ["greet gathered"]);
    await world.clock.advance(4_000);
    equal(world.runs.made.length, 0);
    await die();
    world.start();
    world.start();
    await world.clock.advance(2_000);
    await until("both keys have a run", () => world.runs.made.length === 2);
    deepEqual(users(world).toSorted(), ["1", "2"]);
    await until("nothing is gathered any more", async () => (await world.triggers.gathered.list()).length === 0);
    await world.post({ id: "a3", subject: "a", data: { v: "3" } });
    await world.outcomes("a3");
    await world.clock.advance(7_000);
    await until("a later one starts one more", () => world.runs.made.length === 3);
  }));

test.run();
