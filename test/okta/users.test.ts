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

test("sets and clears fields, once, and only on the version that was read", () =>
  withOktaOrg({}, async (org) => {
    const profile = { ...ada, nickName: "Countess", title: "Miss" };
    await org.run("okta.user.create", { profile, activate: false });
    const { etag: first } = await org.run("okta.user.getProfile", { user: "ada" });
    const wish = { user: "ada", set: { title: "", city: "London" }, clear: ["nickName"] };
    const updated = await org.run("okta.user.updateProfile", { ...wish, ifMatch: first });
    const fields = updated["profile"] as Record<string, unknown>;
    assert.deepEqual([updated["changed"], fields["title"], fields["city"], "nickName" in fields], [true, "", "London", false]);
    assert.deepEqual(await org.run("okta.user.updateProfile", { ...wish, ifMatch: first }), { ...updated, changed: false });
    const stale = { user: "ada", set: { city: "Paris" }, ifMatch: first };
    await assert.rejects(org.run("okta.user.updateProfile", stale), { code: "conflict" });
    assert.equal((await org.run("okta.user.updateProfile", { ...stale, ifMatch: updated["etag"] }))["changed"], true);
    await assert.rejects(org.run("okta.user.updateProfile", { user: "ada", set: { city: "Rome" }, ifMatch: "7" }), {
      code: "invalid_request",
    });
    await assert.rejects(org.run("okta.user.updateProfile", { user: "ada", set: { noSuchField: 1 } }), { code: "invalid_request" });
    await org.run("okta.user.deactivate", { user: "ada" });
    await assert.rejects(org.run("okta.user.updateProfile", { user: "ada", set: { city: "Rome" } }), { code: "invalid_state" });
  }));

test("ends sessions, and takes all second factors", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    assert.deepEqual(await org.run("okta.user.clearSessions", { user, oauthTokens: true, forgetDevices: true }), { changed: null });
    await assert.rejects(org.run("okta.user.clearSessions", { user: "00u1234567890ABCDEFG" }), { code: "user_not_found" });
    await org.sandbox.call("POST", `/api/v1/users/${user}/factors`, { factorType: "push", provider: "OKTA" });
    assert.deepEqual(await org.run("okta.user.resetFactors", { user }), { changed: true });
    assert.deepEqual(await org.run("okta.user.resetFactors", { user }), { changed: null });
    await org.run("okta.user.deactivate", { user });
    await assert.rejects(org.run("okta.user.resetFactors", { user }), { code: "invalid_state", message: /DEPROVISIONED/ });
  }));

test("unlocks who is locked out and who is blocked from unknown devices, and nobody else", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    await bringTo(org, "LOCKED_OUT");
    assert.deepEqual(await org.run("okta.user.unlock", { user }), { status: "ACTIVE", changed: true });
    assert.deepEqual(await org.run("okta.user.unlock", { user }), { status: "ACTIVE", changed: false });
    await org.sandbox.call("POST", `/sandbox/users/${user}/status`, { status: "ACTIVE", deviceBlocked: true });
    const blocks = [{ type: "DEVICE_BASED", appliesTo: "UNKNOWN_DEVICES" }];
    assert.deepEqual(await org.run("okta.user.isLocked", { user }), { locked: false, status: "ACTIVE", blocks });
    assert.deepEqual(await org.run("okta.user.unlock", { user }), { status: "ACTIVE", changed: true });
  }));

test("expires, resets, changes and sets a password", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    assert.deepEqual(await org.run("okta.user.expirePassword", { user }), { status: "PASSWORD_EXPIRED", changed: true });
    assert.deepEqual(await org.run("okta.user.expirePassword", { user }), { status: "PASSWORD_EXPIRED", changed: false });
    const { temporaryPassword } = await org.run("okta.user.resetToTemporaryPassword", { user, revokeSessions: true });
    const change = { user, oldPassword: temporaryPassword, newPassword: "Correct-horse-9" };
    assert.deepEqual(await org.run("okta.user.changePassword", change), {});
    await assert.rejects(org.run("okta.user.changePassword", change), { code: "call_rejected", message: /Old Password/ });
    await bringTo(org, "LOCKED_OUT");
    await assert.rejects(org.run("okta.user.changePassword", change), { code: "invalid_state", message: /LOCKED_OUT/ });
    assert.deepEqual(await org.run("okta.user.setPassword", { user, password: "Battery-staple-9" }), { changed: true });
    assert.equal((await org.run("okta.user.get", { user }))["status"], "ACTIVE");
    await assert.rejects(org.run("okta.user.setPassword", { user, password: "weak" }), { code: "call_rejected", message: /requirements/ });
    await assert.rejects(org.run("okta.user.setPassword", { user, password: "Battery-staple-9", strict: true }), { message: /recently/ });
    await bringTo(org, "STAGED");
    await assert.rejects(org.run("okta.user.expirePassword", { user }), { code: "invalid_state", message: /STAGED/ });
    await assert.rejects(org.run("okta.user.resetToTemporaryPassword", { user }), { code: "invalid_state", message: /STAGED/ });
  }));

test.run();
