import { deepEqual, equal, match } from "node:assert/strict";
import { freePorts } from "../support/free-ports.ts";
import { connect, type ControllerProcess, type Journey, withJourney } from "../support/journey.ts";
import { effectsOf, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("an org that is kept by events");

const group = "Engineering";

interface Kept {
  readonly org: SandboxOrg;
  /** The one that is there now: whoever kills it starts another one. */
  controller: ControllerProcess;
  readonly killed: () => Promise<void>;
}

/** A controller that can be killed, an org, and an agent through which it is asked, which remembers what became of its calls. */
async function kept(journey: Journey): Promise<Kept> {
  const [port] = await freePorts(1);
  const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
  const options = { broker, more: { publicUrl: `http://127.0.0.1:${port}`, listen: { port } } };
  const world = { org, controller: await journey.controllerProcess(options) };
  await journey.agent(world.controller, { name: "hq-1", url: broker.url });
  await connect(world.controller.api, org, { on: "agent" });
  const killed = async (): Promise<void> => {
    world.controller.process.kill("SIGKILL");
    await world.controller.process.exited;
    world.controller = await journey.controllerProcess({ ...options, token: world.controller.token });
  };
  return Object.assign(world, { killed });
}

async function trigger({ controller }: Kept, ...words: readonly string[]): Promise<void> {
  const set = await controller.longarm("triggers", "set", ...words, "--connection", "sandbox", "--enable");
  equal(set.code, 0, set.stderr);
}

async function post({ controller: { api } }: Kept, type: string, login: string): Promise<void> {
  const data = { login, firstName: "Ada", lastName: "Lovelace", email: login };
  await api.post("/v1/events", { body: { type, subject: login, data, id: `${type}:${login}` } });
}

/** The names of the org's own groups that the user is in. */
async function groupsOf(org: SandboxOrg, login: string): Promise<readonly string[]> {
  const { status, body } = await org.call("GET", `/api/v1/users/${login}/groups`);
  if (status !== 200) return [];
  const all = body as readonly { type: string; profile: { name: string } }[];
  return all.filter(({ type }) => type === "OKTA_GROUP").map(({ profile }) => profile.name);
}

test(
  "shows in the record of an application what was done with it in the org",
  () =>
    withJourney(async (journey) => {
      const world = await kept(journey);
      const { org } = world;
      const { api, longarm } = world.controller;
      await api.ask("PUT", "/v1/hooks/sandbox", { body: { reconcileEvery: null } });
      const installed = await submit(api, { action: "okta.flow.inboundIntegration", connection: "sandbox", input: {} });
      equal(installed.status, "succeeded", JSON.stringify(installed.error));
      await trigger(world, "applications", "--from", "okta.applicationRecords");
      const [app] = (await org.call("GET", "/api/v1/apps?limit=20")).body as readonly { id: string; label: string }[];
      await org.call("POST", `/api/v1/apps/${app?.id}/lifecycle/deactivate`);
      await org.call("POST", `/api/v1/apps/${app?.id}/lifecycle/activate`);
      const record = await until("the record is there", async () => {
        const shown = await longarm("records", "show", "applications", app?.id ?? "", "--connection", "sandbox");
        return shown.code === 0 ? shown.stdout : undefined;
      });
      match(record, /ACTIVE/);
      match(record, new RegExp(app?.label ?? "nothing"));
    }),
  { timeoutMs: 60_000 },
);

test(
  "takes a user in and out again, each thing once, whenever the controller is killed meanwhile",
  () =>
    withJourney(async (journey) => {
      const world = await kept(journey);
      const { org } = world;
      await trigger(world, "hired", "--from", "okta.onboardUser");
      const whenOnboarded = ["--on-flow", "flow.okta.flow.onboardUser.succeeded", "--filter", "event.data.output.skipped == null"];
      const input = JSON.stringify({ user: "event.data.output.id", groupName: `'${group}'` });
      await trigger(world, "placed", ...whenOnboarded, "--flow", "okta.flow.addUserToGroup", "--input", input);
      await trigger(world, "left", "--from", "okta.removeMembershipsOnDeactivation");
      const applied = async (effect: string): Promise<number> => (await effectsOf(org, effect)).length;
      const before = await applied("group.memberAdded");

      const steps = ["nothing", "user.created", "user.activated", "group.memberAdded"] as const;
      for (const [index, step] of steps.entries()) {
        const login = `ada${index}@example.com`;
        const sofar = step === "nothing" ? 0 : await applied(step);
        await post(world, "user.created", login);
        if (step !== "nothing") await until(`${step} of ${login}`, async () => (await applied(step)) > sofar, 20_000);
        await world.killed();
        await until(`${login} is in its group`, async () => (await groupsOf(org, login)).includes(group), 30_000);
        await post(world, "user.deactivated", login);
        if (index === 0) await world.killed();
        await until(`${login} is in no group`, async () => (await groupsOf(org, login)).length === 0, 30_000);
      }
      const effects = ["user.created", "user.activated", "group.memberAdded", "group.memberRemoved"];
      const counts = await Promise.all(effects.map(applied));
      deepEqual(counts, [steps.length, steps.length, steps.length + before, steps.length]);
    }),
  { timeoutMs: 150_000 },
);

test.run();
