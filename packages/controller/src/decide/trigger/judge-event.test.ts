import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { StoredEvent, Trigger } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { compileTrigger, type CompiledTrigger, inputLimits } from "./compile-trigger.ts";
import { type EventVerdict, isNamedBy, judgeEvent, type StartedRun } from "./judge-event.ts";
import { longestChain } from "./trigger.ts";

const test = suite("triggers");

const onboarding: Trigger = {
  name: "onboard",
  on: { source: "event", type: "user.created", filter: "event.data.country == 'SE'" },
  flow: "okta.flow.onboardUser",
  connection: "acme",
  input: {
    login: "event.subject.lowerAscii()",
    profile: { city: "event.data.city", isNew: true },
    groups: ["event.data.team", "'everyone'"],
  },
  state: "enabled",
};
const hired: StoredEvent = {
  ...{ id: "hr-17", source: "event", type: "user.created", subject: "Ada@Example.com", depth: 0, isEcho: false, receivedAtMs: 0 },
  data: { country: "SE", city: "Lund", team: "engines" },
};

function compiled(change: Partial<Trigger> = {}): CompiledTrigger {
  const result = compileTrigger({ ...onboarding, ...change });
  ok("compiled" in result, JSON.stringify(result));
  return result.compiled;
}

function faultsOf(change: Partial<Trigger>): readonly (readonly [pointer: string, problem: string])[] {
  const result = compileTrigger({ ...onboarding, ...change });
  return "faults" in result ? result.faults.map(({ pointer, problem }) => [pointer, problem]) : [];
}

function startedRun(verdict: EventVerdict): StartedRun {
  ok(verdict.kind === "starts", JSON.stringify(verdict));
  return verdict.run;
}

test("start a run with an input made of the event", () => {
  deepEqual(startedRun(judgeEvent(compiled(), hired)), {
    flow: "okta.flow.onboardUser",
    connection: "acme",
    input: { login: "ada@example.com", profile: { city: "Lund", isNew: true }, groups: ["engines", "everyone"] },
    principal: "trigger:onboard",
    idempotencyKey: "event:hr-17",
  });
});

test("start one run for the same event, and another for each trigger and each source of the same id", () => {
  const keyOf = (trigger: CompiledTrigger, event: StoredEvent): string => {
    const { principal, idempotencyKey } = startedRun(judgeEvent(trigger, event));
    return `${principal} ${idempotencyKey}`;
  };
  const byHook = compiled({ on: { source: "hook", type: "user.created" } });
  equal(keyOf(compiled(), hired), keyOf(compiled(), { ...hired, subject: "ADA@example.com" }));
  const keys = [keyOf(compiled(), hired), keyOf(compiled({ name: "greet" }), hired), keyOf(byHook, { ...hired, source: "hook" })];
  equal(new Set(keys).size, keys.length, keys.join());
});

test("leave alone what they do not name, what their filter does not hold for, and say why", () => {
  const verdict = (change: Partial<StoredEvent>): EventVerdict => judgeEvent(compiled(), { ...hired, ...change });
  deepEqual(verdict({ type: "user.updated" }), { kind: "other_event" });
  deepEqual(verdict({ source: "hook" }), { kind: "other_event" });
  deepEqual(verdict({ data: { country: "NO" } }), { kind: "filter" });
  const absent = verdict({ data: {} });
  ok(absent.kind === "filter");
  match(absent.problem ?? "", /No such key: country/);
});

test("name many types at once", () => {
  const any = compiled({ on: { source: "hook", type: "okta.user.*" } });
  const types = ["okta.user.lifecycle.create", "okta.user.", "okta.group.create", "user.lifecycle.create"];
  deepEqual(
    types.map((type) => isNamedBy(any, { source: "hook", type })),
    [true, true, false, false],
  );
});

test("say which part of the input an event has no value for", () => {
  const verdict = judgeEvent(compiled(), { ...hired, data: { country: "SE", city: "Lund" } });
  ok(verdict.kind === "no_input", JSON.stringify(verdict));
  equal(verdict.pointer, "/input/groups/0");
  match(verdict.problem, /No such key: team/);
});

test("tell of a draft what it would start, and start nothing", () => {
  const verdict = judgeEvent(compiled({ state: "draft" }), hired);
  ok(verdict.kind === "draft", JSON.stringify(verdict));
  deepEqual(verdict.wouldStart, startedRun(judgeEvent(compiled(), hired)));
});

test("hold back runs of one key, which must be a text", () => {
  const keyed = (key: string): EventVerdict => judgeEvent(compiled({ concurrency: { key, limit: 1 } }), hired);
  deepEqual(startedRun(keyed("event.data.city")).concurrency, { key: "Lund", limit: 1 });
  for (const key of ["7", "''", "event.data.floor"]) {
    const verdict = keyed(key);
    ok(verdict.kind === "no_input" && verdict.pointer === "/concurrency/key", `${key}: ${JSON.stringify(verdict)}`);
  }
});

test("take what happened in the org of their own connection, and in others where they say so", () => {
  const inOrg = (connection: string, change: Partial<Trigger["on"]> = {}): string => {
    const on = { source: "hook", type: "user.created", ...change } as const;
    return judgeEvent(compiled({ on, input: { org: "event.connection" } }), { ...hired, source: "hook", connection }).kind;
  };
  deepEqual([inOrg("acme"), inOrg("globex"), inOrg("globex", { connection: "glo*" })], ["starts", "other_event", "starts"]);
});

test("gather events by their subject, or by a key of their own", () => {
  const gathered = (debounce: Trigger["debounce"]) => startedRun(judgeEvent(compiled({ ...(debounce && { debounce }) }), hired)).debounce;
  deepEqual(gathered({ windowMs: 500 }), { key: "Ada@Example.com", windowMs: 500 });
  deepEqual(gathered({ windowMs: 500, key: "event.data.team" }), { key: "engines", windowMs: 500 });
  equal(gathered(undefined), undefined);
});

test("do not answer their own echo unless that is asked for, nor go round for ever", () => {
  equal(judgeEvent(compiled(), { ...hired, isEcho: true }).kind, "echo");
  equal(judgeEvent(compiled({ on: { ...onboarding.on, echoes: true } }), { ...hired, isEcho: true }).kind, "starts");
  equal(judgeEvent(compiled(), { ...hired, depth: longestChain - 1 }).kind, "starts");
  equal(judgeEvent(compiled(), { ...hired, depth: longestChain }).kind, "chain_too_long");
});

test("are refused with every fault and its place", () => {
  const faults = faultsOf({
    on: { source: "event", type: "user.created", filter: "event.data.country =" },
    input: { "a/b": "evnt.subject", list: [1, "event.kind"] },
    concurrency: { key: "event.subject.matches('A.*')", limit: 1 },
  });
  deepEqual(
    faults.map(([pointer]) => pointer),
    ["/on/filter", "/input/a~1b", "/input/list/1", "/concurrency/key"],
  );
  match(faults[1]?.[1] ?? "", /unknown variable `evnt`/);
  match(faults[2]?.[1] ?? "", /has no member `kind`/);
});

test("are refused when their input is too deep or too wide", () => {
  const deep = Array.from({ length: inputLimits.depth + 1 }).reduce<Trigger["input"]>((inner) => [inner], 1);
  match(faultsOf({ input: deep }).join(), /deeper than 8 levels/);
  match(faultsOf({ input: Array.from({ length: inputLimits.expressions + 1 }, () => "1") }).join(), /too many expressions/);
});

test("keep a member by whatever name", () => {
  const input = JSON.parse('{"__proto__": "event.id", "constructor": 1}') as Trigger["input"];
  const run = startedRun(judgeEvent(compiled({ input }), hired));
  equal(JSON.stringify(run.input), '{"__proto__":"hr-17","constructor":1}');
});

test.run();
