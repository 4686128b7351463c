import assert from "node:assert/strict";
import { newId, systemClock, type Clock, type LogEntry } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { carryOn, fail, page, respond, withCarrying, type Carrying } from "./carrying.fixture.ts";

const test = suite("carrying a run");
const kinds = (records: readonly (readonly LogEntry[])[]): string[] => records.map((entries) => entries.map(({ kind }) => kind).join("+"));

async function completed(world: Carrying, run: Awaited<ReturnType<Carrying["carry"]>>) {
  const last = (await world.records(run)).at(-1)?.at(-1);
  assert.ok(last?.kind === "completed");
  const output = last.output?.kind === "inline" ? (JSON.parse(Buffer.from(last.output.bytes).toString()) as unknown) : null;
  return { status: last.status, code: last.error?.code, output };
}

/** Carries a run until its first call is open, then lets go of it as a controller that dies does. */
async function abandonAtFirstCall(world: Carrying, name: string, over?: Parameters<Carrying["submit"]>[2]) {
  const answer = world.answer;
  const sent = Promise.withResolvers<void>();
  world.answer = () => {
    sent.resolve();
    return new Promise(() => undefined);
  };
  const run = await world.submit(name, undefined, over);
  void carryOn(world.carrier(), world.log, run);
  await sent.promise;
  world.answer = answer;
  return run;
}

async function takeOver(world: Carrying, run: Awaited<ReturnType<Carrying["carry"]>>): Promise<void> {
  const carrier = world.carrier(newId("controller"));
  const claimed = await carrier.claimAbandoned(run, world.deps.controllerId);
  assert.ok(claimed);
  await carrier.carry(claimed);
}

test("writes an outcome before the next call, and the last one together with the end", () =>
  withCarrying(async (world) => {
    const run = await world.carry("test.thing.read");
    assert.deepEqual(kinds(await world.records(run)), ["claimed", "outcome", "outcome+completed"]);
    assert.deepEqual((await completed(world, run)).output, { both: ["1", "1"] });
  }));

test("writes the intent of a changing call before it leaves", () =>
  withCarrying(async (world) => {
    let logged: string[] = [];
    const run = await world.submit("test.thing.create");
    world.answer = async () => {
      logged = kinds(await world.records(run));
      return respond(200, { id: "7" });
    };
    await carryOn(world.carrier(), world.log, run);
    assert.deepEqual(logged, ["claimed", "intent"]);
    assert.deepEqual(kinds(await world.records(run)), ["claimed", "intent", "outcome+completed"]);
  }));

test("says that nothing was sent when it is cancelled between the intent and the call", () =>
  withCarrying(async (world) => {
    const append = world.log.append.bind(world.log);
    world.log.append = async (run, entries, signal) => {
      const result = await append(run, entries, signal);
      if (entries.entries.some(({ kind }) => kind === "intent")) world.deps.signals.tell(run, "cancelRequested");
      return result;
    };
    const run = await world.carry("test.thing.create");
    assert.deepEqual(kinds(await world.records(run)), ["claimed", "intent", "outcome+completed"]);
    const outcome = (await world.records(run)).flat().find((entry) => entry.kind === "outcome");
    assert.deepEqual([outcome?.result, (await completed(world, run)).status, world.sent], ["not_sent", "cancelled", []]);
  }));

test("makes no call again whose outcome is in the log when another controller takes over", () =>
  withCarrying(async (world) => {
    const first = Promise.withResolvers<void>();
    world.answer = async ({ path }) => {
      if (!path.startsWith("/second")) return respond(200, { id: "from the first controller" });
      first.resolve();
      return new Promise(() => undefined);
    };
    const run = await world.submit("test.thing.read");
    void carryOn(world.carrier(), world.log, run);
    await first.promise;
    world.answer = async () => respond(200, { id: "from the second" });
    await takeOver(world, run);
    assert.deepEqual(world.sent, ["GET /first/ada", "GET /second/ada", "GET /second/ada"]);
    assert.deepEqual((await completed(world, run)).output, { both: ["from the first controller", "from the second"] });
  }));

test("ends as outcome_unknown, and sends nothing, when a create was open as its controller died", () =>
  withCarrying(async (world) => {
    const run = await abandonAtFirstCall(world, "test.thing.create");
    await takeOver(world, run);
    assert.deepEqual(await completed(world, run), { status: "outcome_unknown", code: "outcome_unknown", output: null });
    assert.equal(world.sent.length, 1);
  }));

test("ends as outcome_unknown when the answer to a create was lost on the way", () =>
  withCarrying(async (world) => {
    world.answer = async () => fail("unknown");
    const run = await world.carry("test.thing.create");
    assert.equal((await completed(world, run)).status, "outcome_unknown");
    assert.equal(world.sent.length, 1);
  }));

test("sends a create again when the first attempt was certainly not sent", () =>
  withCarrying(async (world) => {
    world.answer = async () => (world.sent.length === 1 ? fail("not_sent", "agent_lost") : respond(200, { id: "7" }));
    const run = await world.carry("test.thing.create");
    assert.deepEqual((await completed(world, run)).output, { id: "7" });
    assert.equal(world.sent.length, 2);
  }));

test("ends as nondeterministic, and sends nothing, when the log holds another call in its place", () =>
  withCarrying(async (world) => {
    const run = await abandonAtFirstCall(world, "test.thing.read");
    const stored = await world.log.read(run);
    const at = stored?.records.at(-1)?.position;
    assert.ok(at);
    const call = { callId: newId("call"), branch: "", ordinal: 0, method: "GET", target: "/elsewhere", bodyHash: new Uint8Array() };
    const outcome: LogEntry = {
      ...{ kind: "outcome", call, attempt: 1, effect: "read", executor: { kind: "local", why: "" }, result: "response", status: 200 },
      ...{ headers: {}, body: null, record: {}, queuedMs: 0, error: null, superseded: false },
    };
    await world.log.append(run, { at, epoch: 1, entries: [outcome] }, new AbortController().signal);
    await takeOver(world, run);
    assert.equal((await completed(world, run)).code, "nondeterministic");
    assert.equal(world.sent.length, 1);
  }));

test("does not begin a run that was cancelled while it was queued", () =>
  withCarrying(async (world) => {
    const run = await world.submit("test.thing.create");
    const stored = await world.log.read(run);
    assert.ok(stored);
    await world.log.append(
      run,
      { at: stored.position, epoch: 0, entries: [{ kind: "cancelRequested", principal: "p" }] },
      new AbortController().signal,
    );
    await carryOn(world.carrier(), world.log, run);
    assert.deepEqual([(await completed(world, run)).status, world.sent.length], ["cancelled", 0]);
  }));

test("fails a run whose deadline has passed, without a call", () =>
  withCarrying(async (world) => {
    const run = await world.submit("test.thing.create", undefined, { deadlineMs: 1 });
    const carrier = world.carrier();
    await carryOn(carrier, world.log, run);
    assert.deepEqual([(await completed(world, run)).code, world.sent.length], ["deadline_exceeded", 0]);
  }));

test("ends as outcome_unknown when its deadline has passed and its former owner left a create in doubt", () => {
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
  return withCarrying(async (world) => {
    const run = await abandonAtFirstCall(world, "test.thing.create", { deadlineMs: clock.nowMs() + 60_000 });
    aheadMs = 60_001;
    await takeOver(world, run);
    assert.deepEqual([(await completed(world, run)).status, world.sent.length], ["outcome_unknown", 1]);
  }, clock);
});

test("ends as outcome_unknown when it was cancelled and its former owner left a create in doubt", () =>
  withCarrying(async (world) => {
    const run = await abandonAtFirstCall(world, "test.thing.create");
    const at = (await world.log.read(run))?.records.at(-1)?.position;
    assert.ok(at);
    const entries: LogEntry[] = [{ kind: "cancelRequested", principal: "p" }];
    await world.log.append(run, { at, epoch: 1, entries }, new AbortController().signal);
    await takeOver(world, run);
    assert.deepEqual([(await completed(world, run)).status, world.sent.length], ["outcome_unknown", 1]);
  }));

test("writes nothing more once another controller has claimed the run", () =>
  withCarrying(async (world) => {
    const open = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    world.answer = async () => {
      open.resolve();
      await release.promise;
      return respond(200, { id: "late" });
    };
    const run = await world.submit("test.thing.read");
    const carried = carryOn(world.carrier(), world.log, run);
    await open.promise;
    const at = (await world.log.read(run))?.records.at(-1)?.position;
    assert.ok(at);
    await world.log.append(
      run,
      { at, epoch: 2, entries: [{ kind: "claimed", controllerId: newId("controller") }] },
      new AbortController().signal,
    );
    release.resolve();
    await carried;
    assert.deepEqual(kinds(await world.records(run)), ["claimed", "claimed"]);
    assert.equal(world.sent.length, 1);
  }));

test("never writes a secret of the output in the clear", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, { token: "very-secret" });
    const run = await world.carry("test.thing.mint");
    const { output } = await completed(world, run);
    assert.ok(!JSON.stringify(output).includes("very-secret"));
    assert.deepEqual(Object.keys((output as { token: object }).token), ["$sealed"]);
  }));

test("keeps every page of a stream once, and goes on at the last kept cursor when an executor is lost", () =>
  withCarrying(async (world) => {
    world.pages = async function* ({ resumeAt }) {
      if (resumeAt === undefined) {
        yield page(["a", "b"], "https://acme.example/things?after=b");
        yield page(["c"], "https://acme.example/things?after=c");
        yield fail("unknown", "agent_lost");
      } else yield page(["c", "d"], null);
    };
    const run = await world.carry("test.thing.stream", {});
    assert.deepEqual((await completed(world, run)).output, { items: 4, pages: 3 });
    assert.deepEqual(world.sent, ["GET /things", "GET https://acme.example/things?after=c"]);
    const kept: string[] = [];
    for await (const stored of world.items.read(run, new AbortController().signal)) {
      kept.push(...stored.page.itemIds);
      if (stored.page.next === null) break;
    }
    assert.deepEqual(kept, ["a", "b", "c", "d"]);
  }));

test("goes on behind a page that the former owner had kept meanwhile", () =>
  withCarrying(async (world) => {
    const run = await world.submit("test.thing.stream", {});
    world.pages = async function* ({ resumeAt }) {
      if (resumeAt !== undefined) return yield page(["b"], null);
      const items = { kind: "inline", bytes: new TextEncoder().encode('{"id":"a"}\n') } as const;
      const kept = {
        ordinal: 0,
        next: "https://acme.example/things?after=a",
        itemCount: 1,
        itemsBefore: 0,
        items,
        itemIds: ["a"],
        droppedSoFar: 0,
        truncated: false,
      };
      await world.items.append(run, { page: kept, after: 0, epoch: 1 }, new AbortController().signal);
      yield page(["a"], "https://acme.example/things?after=a");
    };
    await carryOn(world.carrier(), world.log, run);
    assert.deepEqual((await completed(world, run)).output, { items: 2, pages: 2 });
  }));

test("makes a stream's look-ups once, and takes them from the log when another controller goes on", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, { id: "7" });
    const lost = Promise.withResolvers<void>();
    world.pages = async function* () {
      yield page(["a"], "https://acme.example/things/7/parts?after=a");
      lost.resolve();
      await new Promise(() => undefined);
    };
    const run = await world.submit("test.thing.parts", { of: "name:x" });
    void carryOn(world.carrier(), world.log, run);
    await lost.promise;
    world.pages = async function* () {
      yield page(["b"], null);
    };
    await takeOver(world, run);
    assert.deepEqual((await completed(world, run)).output, { items: 2, pages: 2 });
    assert.deepEqual(world.sent, ["GET /things/name%3Ax", "GET /things/7/parts", "GET https://acme.example/things/7/parts?after=a"]);
  }));

test("says what a refused page means for the stream's own input", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, { id: "7" });
    world.pages = async function* () {
      yield { ...page([], null), status: 404 };
    };
    const run = await world.carry("test.thing.parts", { of: "x" });
    assert.deepEqual((await completed(world, run)).code, "group_not_found");
  }));

test("keeps no page of a followed list that holds nothing new", () =>
  withCarrying(async (world) => {
    const same = "https://acme.example/things?after=a";
    world.pages = async function* () {
      for (const ids of [["a"], [], [], ["b"]]) yield page(ids, same);
      yield page(["c"], null);
    };
    assert.deepEqual((await completed(world, await world.carry("test.thing.stream", {}))).output, { items: 3, pages: 3 });
  }));

test.run();
