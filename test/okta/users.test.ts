import assert from "node:assert/strict";
import { seededLogin } from "@longarm/sandbox";
import { type OktaOrg, withOktaOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";

const test = suite("users of the Okta spoke against an org");
const ada = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };
const user = seededLogin(0);

function bringTo({ sandbox }: OktaOrg, status: string) {
  return sandbox.call("POST", `/sandbox/users/${user}/status`, { status });
}

test("suspends and unsuspends a user, each once", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    await org.run("okta.user.suspend", { user });
    assert.deepEqual(await org.run("okta.user.unsuspend", { user }), { status: "ACTIVE", changed: true });
    assert.deepEqual(await org.run("okta.user.unsuspend", { user }), { status: "ACTIVE", changed: false });
    await bringTo(org, "LOCKED_OUT");
    await assert.rejects(org.run("okta.user.unsuspend", { user }), { code: "invalid_state", message: /LOCKED_OUT/ });
  }));

test("activates a new user with a token, and begins it anew", () =>
  withOktaOrg({}, async (org) => {
    await org.run("okta.user.create", { profile: ada, activate: false });
    await assert.rejects(org.run("okta.user.reactivate", { user: "ada" }), { code: "invalid_state", message: /STAGED/ });
    const { status, activationUrl, activationToken } = await org.run("okta.user.activate", { user: "ada", sendEmail: false });
    assert.deepEqual([status, activationUrl], ["PROVISIONED", `${org.sandbox.url}/tokens/${String(activationToken)}/verify`]);
    const again = await org.run("okta.user.reactivate", { user: "ada" });
    assert.notEqual(again["activationToken"], activationToken);
    assert.deepEqual(await org.run("okta.user.reactivate", { user: "ada", sendEmail: true }), {});
    await assert.rejects(org.run("okta.user.activate", { user: "ada" }), { code: "invalid_state", message: /PROVISIONED/ });
  }));

test("deactivates a user once, activates it again, and deletes it only when it may", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    await assert.rejects(org.run("okta.user.delete", { user }), { code: "invalid_state", message: /ACTIVE/ });
    assert.deepEqual(await org.run("okta.user.deactivate", { user }), { status: "DEPROVISIONED", changed: true });
    assert.deepEqual(await org.run("okta.user.deactivate", { user, wait: false }), { status: "DEPROVISIONED", changed: false });
    assert.deepEqual(await org.run("okta.user.activate", { user }), { status: "PROVISIONED" });
    const gone = { deleted: true, changed: true };
    assert.deepEqual(await org.run("okta.user.delete", { user, ifActive: "deactivateFirst" }), gone);
    await assert.rejects(org.run("okta.user.delete", { user }), { code: "user_not_found" });
    await org.run("okta.user.create", { profile: ada });
    await org.run("okta.user.deactivate", { user: "ada", wait: false });
    assert.deepEqual(await org.run("okta.user.delete", { user: "ada" }), gone);
    assert.equal((await org.run("okta.user.findId", { login: ada.login }))["found"], false);
  }));

test("reads whether a user is locked, and its profile", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    assert.deepEqual(await org.run("okta.user.isLocked", { user }), { locked: false, status: "ACTIVE", blocks: [] });
    await bringTo(org, "LOCKED_OUT");
    const body = { errorCode: "E0000015" };
    await org.sandbox.call("POST", "/sandbox/faults", {
      match: { path: "/api/v1/users/{id}/blocks", count: 1 },
      kind: "status",
      status: 401,
      body,
    });
    assert.deepEqual(await org.run("okta.user.isLocked", { user }), { locked: true, status: "LOCKED_OUT", blocks: null });
    const { profile, etag } = await org.run("okta.user.getProfile", { user });
    assert.equal((profile as { login: string }).login, user);
    assert.equal(etag, (await org.run("okta.user.get", { user }))["etag"]);
  }));

test.run();
