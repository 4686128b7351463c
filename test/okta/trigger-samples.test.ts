import { deepEqual, equal, ok } from "node:assert/strict";
import { createCatalogue } from "@longarm/spoke";
import type { StoredEvent } from "@longarm/shared";
import { compileTrigger } from "../../packages/controller/src/decide/trigger/compile-trigger.ts";
import { judgeEvent } from "../../packages/controller/src/decide/trigger/judge-event.ts";
import { suite } from "../support/suite.ts";
import { okta } from "@longarm/okta";

const test = suite("the sample triggers of Okta's flows");
const triggers = okta.triggers ?? [];
const catalogue = createCatalogue([okta]);

function inputOf(name: string, data: unknown): unknown {
  const sample = triggers.find((one) => one.name === name);
  ok(sample, name);
  const result = compileTrigger({ ...sample, connection: "acme", state: "enabled" });
  ok("compiled" in result, JSON.stringify(result));
  const event = {
    id: "hr-17",
    source: "event",
    type: sample.on.type,
    subject: "",
    data,
    depth: 0,
    isEcho: false,
    receivedAtMs: 0,
  } as const;
  const verdict = judgeEvent(result.compiled, event satisfies StoredEvent);
  if (verdict.kind !== "starts") return verdict.kind;
  const flow = catalogue.runnable(sample.flow);
  ok(flow, sample.flow);
  return catalogue.checkInput(flow, verdict.run.input);
}

const ada = { login: "ada@example.com" };

test("make an input that their flow accepts of the least that an event may carry", () => {
  for (const { name } of triggers.filter((sample) => sample.on.filter === undefined)) ok(typeof inputOf(name, ada) === "object", name);
  equal(inputOf("okta.addUserToGroup", ada), "filter");
  deepEqual(inputOf("okta.addUserToGroup", { ...ada, groups: ["Engines"] }), { user: "ada@example.com", groupName: "Engines" });
});

test("take over what an event says, and tell the flow where the user was made", () => {
  const { profile, origin } = inputOf("okta.onboardUser", { ...ada, firstName: "Ada", origin: "okta" }) as Record<string, unknown>;
  deepEqual(profile, { login: "ada@example.com", email: "ada@example.com", firstName: "Ada", lastName: "ada@example.com" });
  equal(origin, "okta");
});

test.run();
