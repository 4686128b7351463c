import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { Hook, NewHook } from "../../packages/cli/src/api/hook-types.ts";
import type { Run } from "../../packages/cli/src/api/types.ts";
import { freePorts } from "../support/free-ports.ts";
import { connect, type Journey, type JourneyController, withJourney } from "../support/journey.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("a hook");

const activation = "application.lifecycle.activate";

interface Hooked {
  readonly org: SandboxOrg;
  readonly controller: JourneyController;
}

/** A controller that knows its own address, and an org. */
async function hooked(journey: Journey): Promise<Hooked> {
  const [port] = await freePorts(1);
  const more = { publicUrl: `http://127.0.0.1:${port}`, listen: { port } };
  const [org, controller] = await Promise.all([journey.sandbox(), journey.controller({ more })]);
  await connect(controller.api, org);
  return { org, controller };
}

async function run(api: ApiClient, action: string, input: object): Promise<Run> {
  const body = { action, connection: "sandbox", input };
  return api.post<Run>("/v1/runs", { body, headers: { prefer: "wait=30" } });
}

const shown = (api: ApiClient): Promise<Hook> => api.get<Hook>("/v1/hooks/sandbox");

async function eventsOf(api: ApiClient): Promise<readonly { readonly id: string; readonly type: string; readonly isEcho: boolean }[]> {
  return (await api.get<{ events: { id: string; type: string; isEcho: boolean }[] }>("/v1/events?source=hook&limit=200")).events;
}

async function deliveries(org: SandboxOrg): Promise<readonly { readonly answers: readonly number[] }[]> {
  return ((await org.call("GET", "/sandbox/deliveries")).body as { deliveries: { answers: number[] }[] }).deliveries;
}

/** Deactivates an application and activates it again, which the org tells of. */
async function activateOne(org: SandboxOrg, at = 0): Promise<void> {
  const apps = (await org.call("GET", "/api/v1/apps?limit=20")).body as { id: string }[];
  const id = apps[at]?.id ?? "";
  await org.call("POST", `/api/v1/apps/${id}/lifecycle/deactivate`);
  equal((await org.call("POST", `/api/v1/apps/${id}/lifecycle/activate`)).status, 200);
}

function activations(events: readonly { readonly type: string }[]): number {
  return events.filter(({ type }) => type === `okta.${activation}`).length;
}

test(
  "is installed by a flow, verified by the org, and each event that the org sends is stored once",
  () =>
    withJourney(async (journey) => {
      const { org, controller } = await hooked(journey);
      const { api, longarm } = controller;
      const before = await run(api, "okta.flow.inboundIntegration", {});
      deepEqual([before.status, before.error?.code], ["failed", "secret_required"]);
      const made = await longarm("hooks", "set", "sandbox", "--reconcile-every", "never");
      match(made.stdout, /^lwh_[\w-]{43}\n$/, made.stderr);
      deepEqual((await run(api, "okta.flow.checkActivationHook", {})).output, {
        ...{ works: false, id: null, status: null, verificationStatus: null },
        uri: `${controller.url}/hooks/okta/sandbox`,
      });
      const { output, status } = await run(api, "okta.flow.inboundIntegration", {});
      equal(status, "succeeded");
      const { works, created } = output as { readonly works: boolean; readonly created: boolean };
      deepEqual([works, created], [true, true]);
      equal(((await run(api, "okta.flow.inboundIntegration", {})).output as { created: boolean }).created, false);

      await org.call("POST", "/sandbox/deliveries", { duplicates: 1 });
      await activateOne(org);
      await until("both copies are delivered", async () => (await deliveries(org)).length === 2);
      ok((await deliveries(org)).every(({ answers }) => answers.join() === "204"));
      equal(activations(await eventsOf(api)), 1);
      await until("they are counted", async () => (await shown(api)).counts.deliveries === 2);
      const { counts, presentUsed } = await shown(api);
      deepEqual([counts.events, counts.duplicates, counts.refused, presentUsed], [1, 1, 0, true]);
      const text = await longarm("hooks", "show", "sandbox");
      match(text.stdout, /1 new, 1 known before/, text.stderr);
      ok(![text.stdout, JSON.stringify(await api.get("/v1/runs"))].join().includes(made.stdout.trim()));
    }),
  { timeoutMs: 60_000 },
);

test(
  "rotates its secret without losing a delivery, and refuses the former one when its grace has passed",
  () =>
    withJourney(async (journey) => {
      const { org, controller } = await hooked(journey);
      const { api } = controller;
      await api.ask("PUT", "/v1/hooks/sandbox", { body: { reconcileEvery: null } });
      await run(api, "okta.flow.inboundIntegration", {});
      const sent = async (count: number): Promise<string> => {
        await until(`${count} deliveries are done`, async () => (await deliveries(org)).length === count);
        return (await deliveries(org)).at(-1)?.answers.join() ?? "";
      };
      await activateOne(org);
      equal(await sent(1), "204");
      await until("its use is known", async () => (await shown(api)).presentUsed);
      await api.post<NewHook>("/v1/hooks/sandbox/rotate", { body: { grace: "1h" } });
      await activateOne(org);
      equal(await sent(2), "204");
      const { hooks } = (await run(api, "okta.eventHook.list", {})).output as { hooks: { id: string }[] };
      const updated = await run(api, "okta.eventHook.update", {
        hook: hooks[0]?.id,
        name: "Longarm",
        events: [activation, "user.lifecycle.create"],
      });
      equal(updated.status, "succeeded", JSON.stringify(updated.error));
      await activateOne(org);
      equal(await sent(3), "204");
      await until("the new one is used", async () => (await shown(api)).presentUsed);
      await api.post<NewHook>("/v1/hooks/sandbox/rotate", { body: { grace: "0s" } });
      await activateOne(org);
      equal(await sent(4), "401");
      await until("it is counted", async () => (await shown(api)).counts.refused === 1);
    }),
  { timeoutMs: 60_000 },
);

test(
  "finds in the org's log what never came, stores it once, and says how much it was",
  () =>
    withJourney(async (journey) => {
      const { org, controller } = await hooked(journey);
      const { api } = controller;
      await api.ask("PUT", "/v1/hooks/sandbox", { body: { reconcileEvery: "1s" } });
      equal((await run(api, "okta.flow.inboundIntegration", {})).status, "succeeded");
      await activateOne(org, 0);
      await until("the first one came", async () => activations(await eventsOf(api)) === 1);
      await org.call("POST", "/sandbox/deliveries", { drop: 2 });
      await activateOne(org, 0);
      await activateOne(org, 1);
      await until("the gap is found", async () => (await shown(api)).counts.missed === 2, 20_000);
      await activateOne(org, 0);
      await until("the last one came", async () => activations(await eventsOf(api)) === 4);
      const { lastGap, counts, reconciledUntil } = await shown(api);
      ok((lastGap?.missed ?? 0) > 0);
      equal(counts.missed, 2);
      await until("it looks again", async () => (await shown(api)).reconciledUntil > reconciledUntil, 20_000);
      const after = await shown(api);
      deepEqual([after.counts.missed, after.counts.duplicates, after.lastLook?.problem], [2, 0, null]);
      equal(activations(await eventsOf(api)), 4);
      const metrics = await fetch(`${controller.url}/metrics`, { headers: { authorization: `Bearer ${controller.token}` } });
      match(await metrics.text(), /longarm_hook_events_total\{connection="sandbox",how="missed"\} 2/);
    }),
  { timeoutMs: 60_000 },
);

test(
  "knows the changes that Longarm made itself",
  () =>
    withJourney(async (journey) => {
      const { org, controller } = await hooked(journey);
      const { api } = controller;
      await api.ask("PUT", "/v1/hooks/sandbox", { body: { reconcileEvery: null } });
      const events = ["group.lifecycle.create"];
      equal((await run(api, "okta.eventHook.create", { name: "Groups", events })).status, "succeeded");
      equal((await run(api, "okta.group.create", { name: "Made by us" })).status, "succeeded");
      const [event] = await until("it came", async () => {
        const found = await eventsOf(api);
        return found.length > 0 && found;
      });
      deepEqual([event?.type, event?.isEcho], ["okta.group.lifecycle.create", true]);
      equal((await shown(api)).ownActors?.length, 1);
      ok(org);
    }),
  { timeoutMs: 60_000 },
);

test.run();
