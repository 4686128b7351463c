import assert from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { EventOutcome, ListedEvent } from "../../packages/cli/src/api/event-types.ts";
import { connect, withJourney } from "../support/journey.ts";
import { created, finished, requestsOf, type RunShown, someone, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("events and triggers");

const group = "Navigators";

/** What became of an event, once every trigger that names it has said so. */
function outcomesOf(api: ApiClient, id: string, count = 1): Promise<readonly EventOutcome[]> {
  const look = async (): Promise<readonly EventOutcome[] | false> => {
    const { outcomes } = await api.get<ListedEvent>(`/v1/events/${id}`);
    return outcomes.length >= count && outcomes;
  };
  return until(`${count} triggers have judged ${id}`, look, 30_000);
}

async function runOf(api: ApiClient, id: string) {
  const [outcome] = await outcomesOf(api, id);
  assert.ok(outcome?.runId, JSON.stringify(outcome));
  return finished(api, outcome.runId, 20);
}

test(
  "onboards who is hired and puts them into their group, each once, though the controller is killed before it has started all of it",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker });
      await connect(before.api, org);
      await submit(before.api, { action: "okta.flow.upsertGroup", connection: "sandbox", input: { name: group } });
      const set = async (name: string, ...words: string[]): Promise<void> => {
        const { code, stderr } = await before.longarm("triggers", "set", name, "--connection", "sandbox", ...words);
        assert.equal(code, 0, stderr);
      };
      await set("onboard", "--from", "okta.onboardUser");
      const ends = ["--on-flow", "flow.okta.flow.onboardUser.succeeded", "--filter", "event.data.output.id != null"];
      const input = JSON.stringify({ user: "event.data.output.id", groupName: `'${group}'` });
      await set("join", ...ends, "--flow", "okta.flow.addUserToGroup", "--input", input, "--enable");

      const post = (login: string, origin = "hr") =>
        before.longarm("events", "post", "--type", "user.created", "--id", login, "--input", JSON.stringify({ login, origin }));
      assert.match((await post("draft@example.com")).stderr, /is a draft, so it starts nothing/);
      assert.equal((await outcomesOf(before.api, "draft@example.com"))[0]?.outcome, "draft");
      await before.longarm("triggers", "enable", "onboard");

      const logins = Array.from({ length: 12 }, (_, n) => `hired-${n}@example.com`);
      const bodies = logins.map((login) => ({ type: "user.created", id: login, subject: login, data: { login } }));
      await Promise.all(bodies.map((body) => before.api.post("/v1/events", { body })));
      before.process.kill("SIGKILL");
      await before.process.exited;

      const after = await journey.controllerProcess({ broker });
      const { api } = after;
      for (const body of bodies) assert.equal((await api.post<{ duplicate: boolean }>("/v1/events", { body })).duplicate, true);
      const onboarded = await Promise.all(logins.map((login) => runOf(api, login)));
      assert.deepEqual(new Set(onboarded.map(({ status }) => status)), new Set(["succeeded"]), JSON.stringify(onboarded));
      assert.equal(new Set(onboarded.map(({ id }) => id)).size, logins.length);
      assert.equal(await created(org), logins.length);
      const joins = await until("each of them is in the group", async () => {
        const { events } = await api.get<{ events: readonly ListedEvent[] }>("/v1/events?source=flow&limit=200");
        const started = events.flatMap(({ outcomes }) => outcomes.flatMap(({ runId }) => runId ?? []));
        return started.length >= logins.length && started;
      });
      for (const id of joins) assert.equal((await finished(api, id, 20)).status, "succeeded");
      assert.equal(await requestsOf(org, "PUT /api/v1/groups/{groupId}/users/{userId}"), logins.length);

      const echo = await after.longarm(
        "events",
        "post",
        "--type",
        "user.created",
        "--id",
        "echo",
        "--input",
        '{"login":"echo@example.com","origin":"okta"}',
      );
      assert.equal(echo.code, 0, echo.stderr);
      assert.equal(((await runOf(api, "echo")).output as { skipped?: unknown }).skipped, "echo");
      assert.equal(await created(org), logins.length);
      assert.match((await after.longarm("events", "show", "echo")).stdout, /onboard +Started run_/);
    }),
  { timeoutMs: 120_000 },
);

test(
  "start a sync as the event wishes it",
  () =>
    withJourney(async (journey) => {
      const [{ api, longarm }, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      await connect(api, org);
      assert.equal((await longarm("syncs", "set", "people", "--connection", "sandbox", "--streams", "users")).code, 0);
      const words = ["--on-event", "month.closed", "--flow", "sync.people", "--input", '{"mode":"event.data.mode"}', "--enable"];
      const set = await longarm("triggers", "set", "copy", ...words);
      assert.equal(set.code, 0, set.stderr);
      await longarm("events", "post", "--type", "month.closed", "--id", "2026-11", "--input", '{"mode":"full"}');
      const { status, output } = await runOf(api, "2026-11");
      const { mode, outcome } = output as { mode?: string; outcome?: string };
      assert.deepEqual([status, mode, outcome], ["succeeded", "full", "complete"]);
    }),
  { timeoutMs: 60_000 },
);

test(
  "start a run that is not approved by who defined the trigger or posted the event, but by somebody else",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      const { api, longarm } = controller;
      await connect(api, org);
      await longarm("connections", "set", "sandbox", "--require-approval", "destructive");
      const keyOf = async (name: string, ...scopes: readonly string[]): Promise<string> => {
        const body = { name, scopes: ["runs:read", "runs:approve", ...scopes] };
        return (await api.post<{ token: string }>("/v1/api-keys", { body })).token;
      };
      const [author, poster, third] = [
        await keyOf("author", "triggers:read", "triggers:write", "runs:submit", "connections:read"),
        await keyOf("poster", "events:write"),
        await keyOf("third"),
      ];
      const words = ["--on-event", "user.left", "--flow", "okta.user.suspend", "--input", '{"user":"event.subject"}', "--enable"];
      const set = await longarm("triggers", "set", "leave", "--connection", "sandbox", ...words, "--token", author);
      assert.equal(set.code, 0, set.stderr);
      await longarm("events", "post", "--type", "user.left", "--id", "left-1", "--subject", someone, "--token", poster);
      const [outcome] = await outcomesOf(api, "left-1");
      const id = outcome?.runId ?? assert.fail(JSON.stringify(outcome));
      await until("it waits for approval", async () => (await api.get<RunShown>(`/v1/runs/${id}`)).waiting?.reason === "approval");
      for (const token of [author, poster])
        assert.match(
          (await longarm("runs", "approve", id, "--token", token)).stderr,
          /had a hand in what made "trigger:leave" submit the run/,
        );
      assert.equal((await longarm("runs", "approve", id, "--note", "seen", "--token", third)).code, 0);
      assert.equal((await finished(api, id)).status, "succeeded");
    }),
  { timeoutMs: 60_000 },
);

test.run();
