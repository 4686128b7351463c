import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { connect, type Journey, withJourney } from "../support/journey.ts";
import { finished, type RunShown, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("flows that wait for events");

const approval = `import { flow } from "@longarm/spoke";
import Type from "typebox";
export const approval = flow({
  name: "acme.user.approval", title: "Approval", summary: "Waits until a user is approved.", version: 1,
  input: Type.Object({ login: Type.String(), timeout: Type.Optional(Type.String()) }, { additionalProperties: false }),
  output: Type.Unknown(),
  async run(ctx, { login, timeout = "7d" }) {
    const wish = { subject: login, where: "event.data.by != values.login", values: { login }, timeout };
    const event = await ctx.waitForEvent("user.approved", wish);
    if (!event) return { approved: false };
    const again = await ctx.waitForEvent("user.confirmed", { subject: login, timeout });
    return { approved: true, by: event.data.by, confirmed: again !== null };
  },
});
`;

function flowsOf(journey: Journey): { readonly directory: string } {
  const directory = join(journey.directory, "flows");
  mkdirSync(directory);
  writeFileSync(join(directory, "approval.ts"), approval);
  return { directory };
}

const run = (input: object): object => ({ action: "acme.user.approval", connection: "sandbox", input });

test(
  "go on with an event that is posted after their controller was killed, and tell what they wait for",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const more = { flows: flowsOf(journey) };
      const before = await journey.controllerProcess({ broker, more });
      await connect(before.api, org);
      const { id } = await submit(before.api, run({ login: "ada" }), { wait: 0 });
      const waiting = async (): Promise<RunShown["waiting"]> => (await before.api.get<RunShown>(`/v1/runs/${id}`)).waiting;
      const wait = await until("it waits", async () => (await waiting()) ?? false);
      assert.equal(wait.reason, "event");
      assert.match(wait.sentence, /waits for an event: user\.approved about "ada" where event\.data\.by != values\.login/);
      const listed = await before.longarm("runs", "ls", "--waiting-for", "event");
      assert.match(listed.stdout, new RegExp(id));
      // Of these none is wished.
      const post = (api: ApiClient, type: string, event: object) => api.post("/v1/events", { body: { type, ...event } });
      await post(before.api, "user.approved", { subject: "eve", data: { by: "bob" } });
      await post(before.api, "user.approved", { subject: "ada", data: { by: "ada" } });
      before.process.kill("SIGKILL");
      await before.process.exited;

      const after = await journey.controllerProcess({ broker, more });
      await post(after.api, "user.approved", { subject: "ada", data: { by: "bob" } });
      const behind = async (): Promise<boolean> =>
        /user\.confirmed/.test((await after.api.get<RunShown>(`/v1/runs/${id}`)).waiting?.sentence ?? "");
      await until("it waits for the next event", behind, 20_000);
      const shown = await after.longarm("runs", "show", id);
      assert.match(shown.stdout, /waiting for +The flow waits for an event: user\.confirmed about "ada"/);
      assert.match(shown.stdout, /\n0 .*event user\.approved .*"by":"bob".*\n1 .*event user\.confirmed .*until /);
      const posted = await after.longarm("events", "post", "--type", "user.confirmed", "--subject", "ada");
      assert.equal(posted.code, 0, posted.stderr);
      const end = await finished(after.api, id, 20);
      assert.deepEqual(end.output, { approved: true, by: "bob", confirmed: true });
    }),
  { timeoutMs: 90_000 },
);

test(
  "end without an event when their time has passed, and with the run when that is cancelled or its deadline comes",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controllerProcess({ more: { flows: flowsOf(journey) } }), journey.sandbox()]);
      await connect(controller.api, org);
      const late = await submit(controller.api, run({ login: "ada", timeout: "1s" }));
      assert.deepEqual(late.output, { approved: false });
      assert.match((await controller.longarm("runs", "show", late.id)).stdout, /event user\.approved .*none in time/);
      const { id } = await submit(controller.api, run({ login: "ada" }), { wait: 0 });
      await until("it waits", async () => (await controller.api.get<RunShown>(`/v1/runs/${id}`)).waiting !== null);
      await controller.longarm("runs", "cancel", id);
      assert.equal((await finished(controller.api, id)).status, "cancelled");
      const bound = await submit(controller.api, { ...run({ login: "ada" }), deadline: "2s" });
      assert.deepEqual([bound.status, bound.error?.code], ["failed", "deadline_exceeded"]);
      assert.match((await controller.longarm("runs", "show", bound.id)).stdout, /event user\.approved/);
    }),
  { timeoutMs: 40_000 },
);

test.run();
