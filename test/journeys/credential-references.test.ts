import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyForms, serviceApp, tokenRequests } from "../support/credentials.ts";
import { connect, type Journey, type JourneyController, withJourney } from "../support/journey.ts";
import { readSomeone, type RunShown } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";
import { withVault } from "../support/vault.ts";

const test = suite("a credential that only the agents' site holds");
const slow = { timeoutMs: 60_000 };

const ask = (controller: JourneyController, body: object, wait = 20) =>
  controller.api.ask<RunShown>("POST", "/v1/runs", { body, headers: { prefer: `wait=${wait}` } }).then((answer) => answer.body);

async function refer(controller: JourneyController, org: SandboxOrg, placement: object = {}): Promise<void> {
  await connect(controller.api, { url: org.url, token: "unused" }, placement);
  const set = await controller.longarm("credentials", "set", "sandbox", "--reference", "okta-prod");
  assert.equal(set.code, 0, set.stderr);
}

async function started(journey: Journey): Promise<readonly [JourneyController, SandboxOrg]> {
  return Promise.all([journey.controller(), journey.sandbox({ users: 10 })]);
}

function filesBelow(directory: string): readonly string[] {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return names.map((name) => join(directory, name)).filter((file) => statSync(file).isFile());
}

test(
  "is read from Vault by the agent that knows it, and by no other; the controller holds nothing of it",
  () =>
    withVault((vault) =>
      withJourney(async (journey) => {
        const [controller, org] = await started(journey);
        vault.roles.set("longarm", "s3cret");
        vault.values.set("kv/okta/prod", { token: org.token });
        const knowing = {
          credentials: { "okta-prod": { origins: [org.url], token: "vault:okta" } },
          vault: {
            address: vault.address,
            appRole: { roleId: "longarm", secretId: "s3cret" },
            secrets: { okta: { mount: "kv", path: "okta/prod", field: "token" } },
          },
        };
        await journey.agent(controller, { name: "without" });
        await refer(controller, org);
        const waiting = await ask(controller, readSomeone, 1);
        assert.match(waiting.waiting?.sentence ?? "", /^0 of 1 agents match: 1 fails 'okta-prod' in facts\.credentials/);
        await journey.agent(controller, { name: "knowing", more: knowing });
        for (let times = 0; times < 3; times += 1) {
          const run = await ask(controller, readSomeone);
          assert.deepEqual([run.status, run.calls[0]?.executor.name], ["succeeded", "knowing"]);
        }
        const streamed = await controller.longarm("run", "okta.user.stream", "--connection", "sandbox");
        assert.equal(streamed.code, 0, streamed.stderr);
        assert.equal(streamed.stdout.trim().split("\n").length, 10);
        assert.equal(vault.asked.length, 2);
        const shown = await controller.longarm("credentials", "show", "sandbox");
        assert.match(shown.stdout, /^reference +okta-prod$/m);
        assert.match(shown.stdout, /Its value never leaves the site's agents\./);
        const files = filesBelow(journey.directory);
        assert.deepEqual(
          files.filter((file) => readFileSync(file).includes(org.token)),
          [],
        );
        assert.ok(files.length > 10);
      }),
    ),
  slow,
);

test(
  "is sent to no origin but those that its site lists, whatever the controller's connection says",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await started(journey);
      process.env["LONGARM_TEST_REFERENCE"] = org.token;
      const more = { credentials: { "okta-prod": { origins: ["https://acme.okta.com"], token: "env:LONGARM_TEST_REFERENCE" } } };
      await journey.agent(controller, { name: "hq-1", more });
      await refer(controller, org);
      const run = await ask(controller, { ...readSomeone, retry: { attempts: 1 } });
      assert.deepEqual(
        [run.status, run.error?.code, run.error?.details?.["reason"]],
        ["failed", "credential_unresolved", "origin_not_listed"],
      );
      const { body } = await org.call("GET", "/sandbox/requests");
      assert.equal((body as { routes: Record<string, unknown> }).routes["GET /api/v1/users/{id}"], undefined);
    }),
  slow,
);

test(
  "may be a service app, whose request for a token is held to the site's policy like any other",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await started(journey);
      const key = keyForms["an EC key as a JWK"]();
      const { client } = await serviceApp(org, { key, scopes: ["okta.users.read"] });
      const [keyFile, policyFile] = [join(journey.directory, "app.jwk"), join(journey.directory, "policy.yaml")];
      writeFileSync(keyFile, key.privateKey);
      const rule = (allow: string): string =>
        `  - {name: "${allow}", origins: ["${org.url}"], allow: ["${allow}"], addresses: [127.0.0.0/8]}\n`;
      writeFileSync(policyFile, `rules:\n${rule("GET /api/v1/**")}`);
      const app = { origins: [org.url], clientId: client.clientId, privateKey: `file:${keyFile}`, scopes: ["okta.users.read"] };
      await journey.agent(controller, { name: "hq-1", more: { credentials: { "okta-prod": app }, policyFile } });
      await refer(controller, org);
      const denied = await ask(controller, { ...readSomeone, retry: { attempts: 1 } });
      assert.deepEqual([denied.error?.code, denied.error?.details?.["path"]], ["policy_denied", "/oauth2/v1/token"]);
      assert.equal(await tokenRequests(org), 0);
      writeFileSync(policyFile, `rules:\n${rule("GET /api/v1/**")}${rule("POST /oauth2/v1/token")}`);
      const allowed = await until("the agent has read its new policy", async () => {
        const run = await ask(controller, readSomeone);
        return run.error?.code === "policy_denied" ? undefined : run;
      });
      assert.equal(allowed.status, "succeeded");
      assert.equal(await tokenRequests(org), 1);
    }),
  slow,
);

test(
  "cannot be used by the controller itself",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await started(journey);
      await refer(controller, org);
      const refused = await controller.longarm("run", "okta.user.get", "--set", "user=x", "--on", "local");
      assert.equal(refused.code, 3);
      assert.match(refused.stderr, /only agents resolve/);
    }),
  slow,
);

test(
  "that the controller holds is on record with every agent that was given it",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await started(journey);
      await connect(controller.api, org, { on: "agent" });
      await journey.agent(controller, { name: "hq-1" });
      const receipts = () =>
        controller.api.get<{ receipts: readonly { agent: { name: string }; revision: number; current: boolean }[] }>(
          "/v1/credentials/sandbox/receipts",
        );
      assert.deepEqual((await receipts()).receipts, []);
      await ask(controller, readSomeone);
      await ask(controller, readSomeone);
      await controller.api.ask("PUT", "/v1/credentials/sandbox", { body: { scheme: "ssws", token: org.token } });
      await ask(controller, readSomeone);
      const found = (await receipts()).receipts.map(({ agent, revision, current }) => [agent.name, revision, current]);
      assert.deepEqual(found, [
        ["hq-1", 1, false],
        ["hq-1", 2, true],
      ]);
      const shown = await controller.longarm("credentials", "show", "sandbox");
      assert.match(shown.stdout, /^hq-1 +agt_\S+ +2 \(current\)/m);
      const revoked = await controller.longarm("agents", "revoke", "hq-1");
      assert.match(revoked.stderr, /^hq-1 was given these credentials; .* change them at their targets: sandbox$/m);
    }),
  slow,
);

test.run();
