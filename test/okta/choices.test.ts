import assert from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { type AgentOptions, connect, withJourney } from "../support/journey.ts";
import { suite } from "../support/suite.ts";

const test = suite("choices and fields of inputs");

interface Told {
  readonly gives: string;
  readonly from: string;
  readonly choices: readonly { readonly label: string; readonly value: string }[] | null;
  readonly fields: readonly { readonly name: string }[] | null;
}

function withApi(work: (api: ApiClient, addAgent: (options: AgentOptions) => Promise<void>) => Promise<void>): Promise<void> {
  return withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
    await connect(controller.api, org);
    await work(controller.api, (options) => journey.agent(controller, options));
  });
}

function ask(api: ApiClient, action: string, question: string): Promise<Told> {
  return api.get<Told>(`/v1/actions/${action}/choices/${question}`);
}

test("tell the groups, applications and hooks that an input can be", () =>
  withApi(async (api) => {
    const groups = await ask(api, "okta.group.addUser", "group?q=Eng");
    assert.deepEqual([groups.gives, groups.from, groups.fields], ["choices", "okta.metadata.groups", null]);
    assert.deepEqual(
      groups.choices?.map(({ label }) => label),
      ["Engineering", "Engineering (APP_GROUP)"],
    );
    const apps = await ask(api, "okta.app.get", "app?q=mail");
    assert.deepEqual(
      apps.choices?.map(({ label }) => label),
      ["Mail"],
    );
    assert.deepEqual((await ask(api, "okta.eventHook.get", "hook")).choices, []);
    assert.deepEqual(await ask(api, "okta.eventHook.get", "hook?q="), await ask(api, "okta.eventHook.get", "hook"));
    await assert.rejects(ask(api, "okta.group.addUser", "group?next=zzz"), {
      code: "invalid_request",
      message: /`next` is none that was given/,
    });
    await assert.rejects(ask(api, "okta.user.create", "profile?next=zzz"), { code: "invalid_request" });
  }));

test("tell the fields of the org's own schema", () =>
  withApi(async (api) => {
    const user = await ask(api, "okta.user.create", "profile");
    assert.ok(user.choices === null && user.fields?.some(({ name }) => name === "department"));
    const group = await ask(api, "okta.group.update", "set");
    assert.deepEqual(
      group.fields?.map(({ name }) => name),
      ["name", "description"],
    );
  }));

test("are asked for through the agent that a run would take", () =>
  withApi(async (api, addAgent) => {
    await addAgent({ name: "hq-1", labels: { site: "hq" } });
    const on = encodeURIComponent("labels.site == 'hq'");
    assert.equal((await ask(api, "okta.group.get", `group?q=Quar&on=${on}`)).choices?.length, 1);
    await assert.rejects(ask(api, "okta.group.get", `group?on=${encodeURIComponent("labels.site == 'nowhere'")}`), {
      code: "no_agent_matches",
    });
  }));

test("are refused by name where there are none", () =>
  withApi(async (api) => {
    await assert.rejects(ask(api, "okta.group.addUser", "user"), { code: "invalid_request", message: /those that have are group/ });
    await assert.rejects(ask(api, "okta.user.get", "user"), { code: "invalid_request", message: /none of its inputs has any/ });
    await assert.rejects(ask(api, "okta.group.addUsr", "group"), { code: "unknown_action" });
    await assert.rejects(ask(api, "okta.group.addUser", "group?connection=nope"), { code: "unknown_connection" });
    await assert.rejects(ask(api, "okta.group.addUser", `group?q=${"x".repeat(256)}`), { code: "invalid_request" });
  }));

test.run();
