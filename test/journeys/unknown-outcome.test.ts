import assert from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { connect, withJourney } from "../support/journey.ts";
import { effectsOf, type RunShown, submit } from "../support/journey-runs.ts";
import { ada, type Change, changes, unknown, user } from "../support/lost-changes.ts";
import { withHookReceiver, proves } from "../support/hook-receiver.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("an answer that is lost on its way");
// For as long the org might be at work on a call, and a create is not absent before.
const timeout = "5s";

async function lose(org: SandboxOrg, change: Change, kind: "cutAfterApply" | "cutBefore"): Promise<void> {
  const [method, path] = change.call;
  const { status } = await org.call("POST", "/sandbox/faults", { match: { method, path, count: 1 }, kind });
  assert.equal(status, 201);
}

function run(api: ApiClient, { action, input }: Change): Promise<RunShown> {
  return submit(api, { action, connection: "sandbox", input }, { wait: 20 });
}

for (const [title, kind, at] of [
  ["was applied: it is found out, and nothing is done twice", "cutAfterApply", 0],
  ["was not applied: it is sent again where that is safe", "cutBefore", 1],
] as const) {
  test(
    `although the call ${title}`,
    () =>
      withJourney((journey) =>
        withHookReceiver(proves, async (hookUri) => {
          const controller = await journey.controller();
          await Promise.all(
            changes.map(async (change, i) => {
              const { action, prepare, effect, status = "ACTIVE", atMost = 1, ends = ["succeeded", "succeeded"] } = change;
              const org = await journey.sandbox({ users: 5, indexLagMs: 50 });
              const name = `to-${action.replaceAll(".", "-")}-${i}`;
              await controller.api.ask("PUT", `/v1/credentials/${name}`, { body: { scheme: "ssws", token: org.token } });
              await controller.api.ask("PUT", `/v1/connections/${name}`, { body: { baseUrl: org.url, credential: name, timeout } });
              await org.call("POST", `/sandbox/users/${user}/status`, { status });
              const more = (await prepare?.(org, hookUri)) ?? {};
              await lose(org, change, kind);
              const before = (await effectsOf(org, effect)).length;
              const ended = await submit(controller.api, { action, connection: name, input: { ...change.input, ...more } }, { wait: 20 });
              assert.equal(ended.status, ends[at], `${action}: ${ended.error?.code} ${ended.error?.message}`);
              const times = (await effectsOf(org, effect)).length - before;
              assert.ok(times <= atMost, `${action} was applied ${times} times`);
              assert.ok(times >= (kind === "cutAfterApply" || ends[at] === "succeeded" ? 1 : 0), `${action} was not applied`);
              const shown = ended.calls.map(({ outcome }) => outcome);
              assert.ok(shown.includes("unknown"), `${action}: ${shown.join(", ")}`);
            }),
          );
        }),
      ),
    { timeoutMs: 60_000 },
  );
}

test(
  "of a group's creation is found although the org's index shows the group only long after its repeat is refused",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5, indexLagMs: 7_000 })]);
      await connect(controller.api, org);
      await lose(org, changes.find(({ action }) => action === "okta.group.create") as Change, "cutAfterApply");
      const group = { action: "okta.group.create", connection: "sandbox", input: { name: "Navigators" } };
      const ended = await submit(controller.api, group, { wait: 30 });
      assert.equal(ended.status, "succeeded", ended.error?.message);
      assert.equal((await effectsOf(org, "group.created")).length, 1);
    }),
  { timeoutMs: 40_000 },
);

test("is no reason to take for ours what somebody else had made before", () =>
  withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5 })]);
    await connect(controller.api, org);
    const change = changes[0] as Change;
    await org.call("POST", "/api/v1/users?activate=false", { profile: ada });
    await lose(org, change, "cutBefore");
    const elsewhere = { ...change, input: { profile: { ...ada, firstName: "Augusta" }, activate: false } };
    const ended = await run(controller.api, elsewhere);
    assert.deepEqual([ended.status, ended.error?.code], ["failed", "conflict"]);
    assert.match(ended.error?.message ?? "", /is not this run's/);
  }));

test("that nobody may repeat is settled by a person, who is shown the user and what the system log says", () =>
  withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5 })]);
    await connect(controller.api, org);
    const reset = changes.find(({ action }) => action === "okta.user.resetToTemporaryPassword") as Change;
    await lose(org, reset, "cutAfterApply");
    const { id, status, error } = await run(controller.api, reset);
    assert.equal(status, unknown);
    assert.ok(error?.details);
    const { user: seen, systemLog } = error.details["evidence"] as { user: { status: string }; systemLog: { eventType: string }[] };
    assert.equal(seen.status, "PASSWORD_EXPIRED");
    assert.ok(
      systemLog.some(({ eventType }) => eventType === "user.account.expire_password"),
      JSON.stringify(systemLog),
    );
    const word = { status: "succeeded", note: "The log shows it." };
    const [settled, again] = [
      await controller.api.post<RunShown>(`/v1/runs/${id}/resolve`, { body: word }),
      await controller.api.post(`/v1/runs/${id}/resolve`, { body: word }).catch((reason: { code: string }) => reason.code),
    ];
    assert.deepEqual([settled.status, settled.resolved?.note, again], ["succeeded", word.note, "invalid_state"]);
    const listed = await controller.api.get<{ runs: { id: string }[] }>("/v1/runs?status=succeeded");
    assert.deepEqual(
      listed.runs.map((row) => row.id),
      [id],
    );
  }));

test.run();
