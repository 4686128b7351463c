import assert from "node:assert/strict";
import { join } from "node:path";
import { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { type CommandEnd, inProcess } from "../support/command.ts";
import { suite } from "../support/suite.ts";
import { type Journey, type JourneyController, connect, withJourney } from "../support/journey.ts";
import { effectsOf, finished, type RunShown, someone } from "../support/journey-runs.ts";
import { until } from "../support/until.ts";

const test = suite("two pairs of eyes");
const suspend = ["okta.user.suspend", "--connection", "sandbox", "--set", `user=${someone}`] as const;

/** Two controllers of one installation, the first of which carries all runs. */
async function twoControllers(journey: Journey) {
  const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
  const keyRing = join(journey.directory, "keyring.json");
  const one = await journey.controller({ name: "one", broker, keyRing });
  const two = await journey.controller({ name: "two", broker, keyRing, token: one.token });
  await connect(one.api, org);
  const ruled = await say(one, "connections", "set", "sandbox", "--require-approval", "destructive");
  assert.equal(ruled.code, 0, ruled.stderr);
  return { one, two, org };
}

/** The command, within this process. */
function say({ url, token }: JourneyController, ...words: readonly string[]): Promise<CommandEnd> {
  return inProcess(words, { env: { LONGARM_URL: url, LONGARM_TOKEN: token } });
}

async function keyOf(controller: JourneyController, name: string, ...scopes: readonly string[]): Promise<string> {
  const { token } = await controller.api.post<{ token: string }>("/v1/api-keys", { body: { name, scopes } });
  return token;
}

async function submitWaiting(controller: JourneyController, token: string): Promise<string> {
  const { code, stdout, stderr } = await say(controller, "run", ...suspend, "--no-wait", "--json", "--token", token);
  assert.equal(code, 0, stderr);
  const { id } = JSON.parse(stdout) as RunShown;
  await until("it waits for approval", async () => (await controller.api.get<RunShown>(`/v1/runs/${id}`)).waiting?.reason === "approval");
  return id;
}

test(
  "a destructive run waits until somebody else approves it, at whichever controller, and one that is denied changes nothing",
  async () => {
    await withJourney(async (journey) => {
      const { one, two, org } = await twoControllers(journey);
      const submitter = await keyOf(
        one,
        "submitter",
        "actions:read",
        "runs:submit",
        "runs:read",
        "runs:approve",
        "connections:read",
        "connections:write",
      );
      const approver = await keyOf(one, "approver", "runs:read", "runs:approve");

      const denied = await submitWaiting(one, submitter);
      const deny = await say(two, "runs", "deny", denied, "--note", "not today", "--token", approver);
      assert.deepEqual([deny.code, deny.stdout], [0, `${denied} denied\n`], deny.stderr);
      const ended = await finished(one.api, denied);
      assert.deepEqual([ended.status, ended.error?.code], ["failed", "approval_denied"]);

      const run = await submitWaiting(one, submitter);
      const own = await say(one, "runs", "approve", run, "--token", submitter);
      assert.deepEqual([own.code, own.stdout], [3, ""]);
      assert.match(own.stderr, /somebody else must approve/);
      const nobody = await say(one, "runs", "approve", run, "--token", await keyOf(one, "reader", "runs:read"));
      assert.match(nobody.stderr, /lacks the scope runs:approve/);
      assert.equal((await effectsOf(org, "user.suspended")).length, 0);

      const waiting = await until("the list knows it", async () => {
        const listed = await say(two, "runs", "ls", "--waiting-for", "approval", "--token", approver);
        return listed.stdout.includes(run) && listed.stdout;
      });
      assert.match(waiting, new RegExp(`${run} +waiting \\(approval\\)`));
      const approved = await say(two, "runs", "approve", run, "--note", "seen", "--token", approver);
      assert.deepEqual([approved.code, approved.stdout], [0, `${run} approved\n`], approved.stderr);
      assert.equal((await finished(one.api, run)).status, "succeeded");
      assert.equal((await effectsOf(org, "user.suspended")).length, 1);
      const shown = await say(one, "runs", "show", run);
      assert.match(shown.stdout, /submitted +.* by submitter\n/);
      assert.match(shown.stdout, /approval +approved by approver at .*: seen\n/);
      assert.equal((await say(two, "runs", "approve", run, "--token", approver)).code, 2);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "who may change connections but not approve runs cannot take the rule away",
  async () => {
    await withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      const { api, url } = controller;
      await connect(api, org);
      await say(controller, "connections", "set", "sandbox", "--require-approval", "destructive,okta.group.*");
      const token = await keyOf(controller, "editor", "connections:read", "connections:write", "credentials:read");
      for (const words of [
        ["set", "sandbox", "--require-approval", "none"],
        ["set", "sandbox", "--require-approval", "okta.group.*"],
        ["rm", "sandbox"],
      ]) {
        const refused = await say(controller, "connections", ...words, "--token", token);
        assert.equal(refused.code, 3, words.join(" "));
        assert.match(refused.stderr, /lacks the scope runs:approve/);
      }
      const other = await say(controller, "connections", "set", "sandbox", "--timeout", "20s", "--token", token);
      assert.equal(other.code, 0, other.stderr);
      const kept = await new ApiClient({ url, token }).get<{ requireApproval: unknown; timeout: string }>("/v1/connections/sandbox");
      assert.deepEqual([kept.requireApproval, kept.timeout], [{ actions: ["destructive", "okta.group.*"] }, "20s"]);
      assert.equal((await say(controller, "connections", "set", "sandbox", "--require-approval", "none")).code, 0);
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
