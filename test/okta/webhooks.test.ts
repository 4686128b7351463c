import assert from "node:assert/strict";
import { proves, withHookReceiver } from "../support/hook-receiver.ts";
import { withOktaOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";

const test = suite("event hooks of the Okta spoke against an org");
const wish = { name: "Applications", events: ["application.lifecycle.activate"], authValue: "open-sesame" };

test("creates a hook once, reads it, and takes it out of service and back", () =>
  withOktaOrg({}, (org) =>
    withHookReceiver(proves, async (uri) => {
      const created = await org.run("okta.eventHook.create", { ...wish, uri });
      const hook = created["id"];
      assert.deepEqual(created, { id: hook, created: true, status: "ACTIVE", verificationStatus: "VERIFIED", verificationProblem: null });
      await assert.rejects(org.run("okta.eventHook.create", { ...wish, uri }), { code: "already_exists" });
      assert.deepEqual(await org.run("okta.eventHook.create", { ...wish, uri, ifExists: "return" }), { ...created, created: false });
      const { hooks } = (await org.run("okta.eventHook.list", {})) as { hooks: { id: string }[] };
      assert.deepEqual(hooks, [(await org.run("okta.eventHook.get", { hook }))["hook"]]);
      assert.deepEqual(await org.run("okta.eventHook.deactivate", { hook }), { status: "INACTIVE", changed: true });
      assert.deepEqual(await org.run("okta.eventHook.deactivate", { hook }), { status: "INACTIVE", changed: false });
      const active = { status: "ACTIVE", verificationStatus: "VERIFIED" };
      assert.deepEqual(await org.run("okta.eventHook.activate", { hook }), { ...active, changed: true });
      assert.deepEqual(await org.run("okta.eventHook.activate", { hook }), { ...active, changed: false });
    }),
  ));

test("changes a hook only with its secret, and has a changed channel verified again", () =>
  withOktaOrg({}, (org) =>
    withHookReceiver(proves, async (uri) => {
      const { id: hook } = await org.run("okta.eventHook.create", { ...wish, uri });
      await assert.rejects(org.run("okta.eventHook.update", { hook, name: "Apps" }), { code: "secret_required" });
      assert.equal((await org.run("okta.eventHook.update", { hook, name: wish.name }))["changed"], false);
      const moved = await org.run("okta.eventHook.update", { hook, uri: `${uri}/2`, authValue: "open-sesame", verify: false });
      assert.deepEqual([moved["verificationStatus"], moved["changed"]], ["UNVERIFIED", true]);
      const verified = { uri: `${uri}/2`, verificationStatus: "VERIFIED" };
      assert.deepEqual(await org.run("okta.eventHook.verify", { hook }), { ...verified, changed: true });
      assert.deepEqual(await org.run("okta.eventHook.verify", { hook }), { ...verified, changed: false });
      const filter = [{ event: "application.lifecycle.activate", expression: "true" }];
      const filtered = await org.run("okta.eventHook.update", { hook, filter, authKey: "x-secret", authValue: "other" });
      assert.deepEqual((filtered["hook"] as { filter: unknown }).filter, filter);
      assert.equal(filtered["verificationStatus"], "VERIFIED");
    }),
  ));

test("tells an active hook whose endpoint did not prove itself from a working one", () =>
  withOktaOrg({}, (org) =>
    withHookReceiver(
      () => ({ status: 403, body: {} }),
      async (uri) => {
        const created = await org.run("okta.eventHook.create", { ...wish, uri });
        assert.deepEqual([created["status"], created["verificationStatus"]], ["ACTIVE", "UNVERIFIED"]);
        assert.match(String(created["verificationProblem"]), /answered 403/);
        await assert.rejects(org.run("okta.eventHook.verify", { hook: created["id"] }), { code: "call_rejected" });
      },
    ),
  ));

test("fails clearly for a hook that is not there", () =>
  withOktaOrg({}, async (org) => {
    for (const verb of ["activate", "deactivate", "get", "verify", "update"])
      await assert.rejects(org.run(`okta.eventHook.${verb}`, { hook: "who1234567890ABCDEFG" }), { code: "hook_not_found" });
  }));

test.run();
