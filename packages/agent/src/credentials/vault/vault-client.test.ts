import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LongarmError, Secret } from "@longarm/shared";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { withVault } from "../../../../../test/support/vault.ts";
import { VaultClient } from "./vault-client.ts";

const test = suite("reading from Vault");

const place = { mount: "secret", path: "okta/prod", field: "token" };
const settings = { timeout: 2_000, secrets: {} };
const appRole = { roleId: "longarm", secretId: new Secret("s3cret"), mount: "approle" };

async function faultOf(asked: Promise<unknown>): Promise<LongarmError> {
  return asked.then(
    () => assert.fail("it was read"),
    (reason: unknown) => LongarmError.from(reason),
  );
}

test("gives a field of a value, by a token", () =>
  withVault(async (vault) => {
    vault.tokens.add("root");
    vault.values.set("secret/okta/prod", { token: "00value" });
    const client = new VaultClient({ ...settings, address: vault.address, token: new Secret("root") }, new ManualClock());
    assert.equal(await client.read(place), "00value");
    assert.deepEqual(vault.asked, ["GET /v1/secret/data/okta/prod"]);
  }));

test("logs in as an AppRole once, and again before its token ends", () =>
  withVault(async (vault) => {
    const clock = new ManualClock();
    vault.roles.set("longarm", "s3cret");
    vault.leaseSeconds = 100;
    vault.values.set("secret/okta/prod", { token: "00value" });
    const client = new VaultClient({ ...settings, address: vault.address, appRole }, clock);
    for (let times = 0; times < 3; times += 1) await client.read(place);
    const logins = () => vault.asked.filter((asked) => asked.startsWith("POST")).length;
    assert.equal(logins(), 1);
    await clock.advance(81_000, 81_000);
    await client.read(place);
    assert.equal(logins(), 2);
  }));

test("logs in afresh when its token was taken away", () =>
  withVault(async (vault) => {
    vault.roles.set("longarm", "s3cret");
    vault.values.set("secret/okta/prod", { token: "00value" });
    const client = new VaultClient({ ...settings, address: vault.address, appRole }, new ManualClock());
    await client.read(place);
    vault.tokens.clear();
    assert.equal(await client.read(place), "00value");
  }));

test("reads the token's file again when the token in it was renewed", () =>
  withTemporaryDirectory((directory) =>
    withVault(async (vault) => {
      const tokenFile = join(directory, "token");
      vault.values.set("secret/okta/prod", { token: "00value" });
      vault.tokens.add("new");
      writeFileSync(tokenFile, "old\n");
      const client = new VaultClient({ ...settings, address: vault.address, tokenFile }, new ManualClock());
      assert.match((await faultOf(client.read(place))).message, /HTTP 403/);
      writeFileSync(tokenFile, "new\n");
      assert.equal(await client.read(place), "00value");
    }),
  ));

test("says what is missing without saying what is there", () =>
  withVault(async (vault) => {
    vault.tokens.add("root");
    vault.values.set("secret/okta/prod", { other: "canary" });
    const client = new VaultClient({ ...settings, address: vault.address, token: new Secret("root") }, new ManualClock());
    assert.equal((await faultOf(client.read(place))).message, 'What Vault holds at secret/okta/prod has no text in its field "token".');
    const absent = await faultOf(client.read({ ...place, path: "none" }));
    assert.deepEqual([absent.message, absent.retryable], ["Vault gives nothing at secret/none (HTTP 404).", false]);
    vault.status = 503;
    const sealed = await faultOf(client.read(place));
    assert.deepEqual([sealed.code, sealed.retryable], ["credential_unresolved", true]);
  }));

test("gives up on a server that is not there", async () => {
  const client = new VaultClient({ ...settings, address: "http://127.0.0.1:1", token: new Secret("root") }, new ManualClock());
  const fault = await faultOf(client.read(place));
  assert.deepEqual([fault.code, fault.retryable], ["credential_unresolved", true]);
  assert.match(fault.message, /^Vault at http:\/\/127\.0\.0\.1:1 does not answer/);
});

test.run();
