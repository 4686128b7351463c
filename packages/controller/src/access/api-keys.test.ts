import assert from "node:assert/strict";
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { systemClock, type Clock } from "@longarm/shared";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { apiKeyCodec } from "../ports/definition-codec.ts";
import { administratorKeyFile, ensureAdministratorKey } from "./administrator-key.ts";
import { newApiToken } from "./api-token.ts";
import { HashedApiKeyStore } from "./hashed-api-key-store.ts";

const test = suite("API keys");

function newStore(clock: Clock = systemClock) {
  const records = new MemoryDefinitionStore(apiKeyCodec);
  return { records, keys: new HashedApiKeyStore({ records, clock }) };
}

const grant = { principal: "ci", scopes: ["runs:submit"] };

test("are found by their token and by nothing else", async () => {
  const { keys } = newStore();
  const token = newApiToken();
  const key = await keys.add(token, grant);
  assert.deepEqual(await keys.findByToken(token.reveal()), key);
  const id = token.reveal().slice(0, "lak_0123456789abcdef".length);
  const others = [
    "",
    "lak_",
    id,
    newApiToken().reveal(),
    `${id}_${newApiToken().reveal().slice(21)}`,
    `${token.reveal()} `,
    token.reveal().slice(0, -1),
  ];
  for (const other of others) assert.equal(await keys.findByToken(other), undefined, other);
});

test("are stored without their token", async () => {
  const { keys, records } = newStore();
  const token = newApiToken();
  await keys.add(token, grant);
  const stored = JSON.stringify(await records.list());
  assert.ok(!stored.includes(token.reveal()) && !stored.includes(token.reveal().slice(21)));
  assert.ok(!JSON.stringify(await keys.list()).includes("tokenHash"));
});

test("open nothing once revoked, and stay on record", async () => {
  const { keys } = newStore();
  const token = newApiToken();
  const { id } = await keys.add(token, grant);
  const revoked = await keys.revoke(id);
  assert.equal(typeof revoked?.revokedAt, "number");
  assert.equal(await keys.findByToken(token.reveal()), undefined);
  assert.deepEqual(
    (await keys.list()).map((key) => key.id),
    [id],
  );
  assert.equal((await keys.revoke(id))?.revokedAt, revoked?.revokedAt);
  assert.equal(await keys.revoke("0".repeat(16)), undefined);
});

test("open nothing from their expiry on", async () => {
  const clock = new ManualClock();
  const { keys } = newStore(clock);
  const token = newApiToken();
  await keys.add(token, { ...grant, expiresAt: clock.nowMs() + 1_000 });
  await clock.advance(999);
  assert.ok(await keys.findByToken(token.reveal()));
  await clock.advance(1);
  assert.equal(await keys.findByToken(token.reveal()), undefined);
});

test("note their last use once a minute, however often they are used", async () => {
  const clock = new ManualClock();
  const { keys, records } = newStore(clock);
  const token = newApiToken();
  const { id } = await keys.add(token, grant);
  for (let second = 0; second < 59; second += 1) {
    await keys.findByToken(token.reveal());
    await keys.settled();
    await clock.advance(1_000);
  }
  assert.equal((await records.get(id))?.revision, 2);
  await clock.advance(1_000);
  await keys.findByToken(token.reveal());
  await keys.settled();
  assert.equal((await keys.get(id))?.lastUsedAt, clock.nowMs());
});

test("stay revoked when a use is noted that was read before", async () => {
  const { keys, records } = newStore();
  const token = newApiToken();
  const { id } = await keys.add(token, grant);
  const revoked = Promise.withResolvers<void>();
  const put = records.put.bind(records);
  records.put = async (name, value, expected) => {
    if (value.revokedAt === undefined) await revoked.promise;
    return put(name, value, expected);
  };
  assert.ok(await keys.findByToken(token.reveal()));
  await keys.revoke(id);
  revoked.resolve();
  await keys.settled();
  assert.equal(typeof (await keys.get(id))?.revokedAt, "number");
  assert.equal(await keys.findByToken(token.reveal()), undefined);
});

test("give the administrator one at the first start, in a file of mode 600", () =>
  withTemporaryDirectory(async (directory) => {
    const { keys } = newStore();
    const made = await ensureAdministratorKey(keys, directory);
    assert.deepEqual(made, { kind: "made", file: administratorKeyFile(directory) });
    assert.equal(statSync(made.file).mode & 0o777, 0o600);
    const key = await keys.findByToken(readFileSync(made.file, "utf8").trim());
    assert.deepEqual([key?.principal, key?.scopes], ["administrator", ["*"]]);
    assert.equal((await ensureAdministratorKey(keys, directory)).kind, "kept");
    assert.equal((await keys.list()).length, 1);
  }));

test("take up the administrator's file that a crash left before its key was stored", () =>
  withTemporaryDirectory(async (directory) => {
    const token = newApiToken().reveal();
    writeFileSync(administratorKeyFile(directory), `${token}\n`, { mode: 0o600 });
    const { keys } = newStore();
    assert.equal((await ensureAdministratorKey(keys, directory)).kind, "made");
    assert.equal((await keys.findByToken(token))?.principal, "administrator");
  }));

test("make no second administrator's key when the file was moved away", () =>
  withTemporaryDirectory(async (directory) => {
    const { keys } = newStore();
    const { file } = await ensureAdministratorKey(keys, directory);
    rmSync(file);
    assert.equal((await ensureAdministratorKey(keys, directory)).kind, "elsewhere");
    assert.equal((await keys.list()).length, 1);
  }));

test("refuse an administrator's file that others can read, or that holds something else", () =>
  withTemporaryDirectory(async (directory) => {
    const { keys } = newStore();
    const { file } = await ensureAdministratorKey(keys, directory);
    chmodSync(file, 0o644);
    await assert.rejects(ensureAdministratorKey(keys, directory), { code: "invalid_configuration", message: /chmod 600/ });
    chmodSync(file, 0o600);
    writeFileSync(file, "what is this");
    await assert.rejects(
      ensureAdministratorKey(keys, directory),
      (fault: Error) => /holds no API token/.test(fault.message) && !/what/.test(fault.message),
    );
  }));

test.run();
