import assert from "node:assert/strict";
import { join } from "node:path";
import { connect, withJourney } from "../support/journey.ts";
import { submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("the examples of flows");

const directory = join(import.meta.dirname, "../../examples/flows");

async function statusOf(org: SandboxOrg, login: string): Promise<unknown> {
  return ((await org.call("GET", `/api/v1/users/${login}`)).body as { status?: unknown }).status;
}

test(
  "pass their own tests, load in a controller, and do what they say",
  () =>
    withJourney(async (journey) => {
      const [controller, org, other] = await Promise.all([
        journey.controllerProcess({ more: { flows: { directory } } }),
        journey.sandbox(),
        journey.sandbox({ seed: 2 }),
      ]);
      const { api } = controller;
      await connect(api, org);
      await api.ask("PUT", "/v1/credentials/partner", { body: { scheme: "ssws", token: other.token } });
      await api.ask("PUT", "/v1/connections/partner", { body: { baseUrl: other.url, credential: "partner", placement: { on: "local" } } });
      const tested = await controller.longarm("flows", "test", "--directory", directory);
      assert.equal(tested.code, 0, tested.stdout + tested.stderr);
      assert.match(tested.stdout, /pass 7/);

      const run = (action: string, input: object) => submit(api, { action, connection: "sandbox", input }, { wait: 30 });
      const profile = { firstName: "Ada", lastName: "Byron", email: "ada@example.com", login: "ada@example.com" };
      const welcomed = await run("acme.user.welcome", { profile, groups: ["Engineering"], remindAfter: "100ms" });
      const { id } = welcomed.output as { readonly id: string };
      assert.deepEqual(welcomed.output, { id, groups: ["Engineering"], reminded: true }, JSON.stringify(welcomed.error));

      const reviewed = await run("acme.group.reviewAccess", { group: "name:Engineering", inactiveDays: 0 });
      const { removed } = reviewed.output as { readonly removed: readonly { readonly id: string }[] };
      assert.ok(
        removed.some((user) => user.id === id),
        JSON.stringify(reviewed),
      );
      const left = await run("acme.group.reviewAccess", { group: "name:Engineering", inactiveDays: 0, dryRun: true });
      assert.deepEqual(left.output, { reviewed: 0, removed: [] });

      const login = "user000007@example.com";
      const offboarded = await run("acme.user.offboard", { login });
      assert.deepEqual(offboarded.output, { suspended: ["sandbox", "partner"] }, JSON.stringify(offboarded.error));
      assert.deepEqual([await statusOf(org, login), await statusOf(other, login)], ["SUSPENDED", "SUSPENDED"]);
      const lonely = "user000008@example.com";
      await other.call("POST", `/api/v1/users/${lonely}/lifecycle/deactivate`);
      const refused = await run("acme.user.offboard", { login: lonely });
      assert.equal(refused.status, "failed");
      assert.equal(await statusOf(org, lonely), "ACTIVE");
    }),
  { timeoutMs: 60_000 },
);

test.run();
