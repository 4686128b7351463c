import assert from "node:assert/strict";
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newSeed, SigningKey } from "@longarm/shared/seal";
import { encodeInstallationKeys, type SignedInstallationKeys } from "@longarm/shared/wire";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { openAgentKeys } from "./agent-keys.ts";
import { installationFile } from "./installation-file.ts";
import { KnownInstallation } from "./known-installation.ts";

const test = suite("an agent's keys");

function announced(root: SigningKey, serial: number, signing = new SigningKey(newSeed())): SignedInstallationKeys {
  const keys = encodeInstallationKeys({ root: root.public.raw, serial, signing: [signing.public.raw], sealing: [newSeed()] });
  return { keys, signature: root.sign("installation", keys) };
}

test("they are made once, in a file that its owner alone may read", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "keys.json");
    const first = openAgentKeys(file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(openAgentKeys(file).public, first.public);
    assert.doesNotMatch(JSON.stringify(first), new RegExp(Buffer.from(first.identitySeed.reveal()).toString("base64").slice(0, 20)));
  }));

test("a file that others may read, or that is damaged, is refused", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "keys.json");
    openAgentKeys(file);
    chmodSync(file, 0o640);
    assert.throws(() => openAgentKeys(file), { code: "invalid_configuration" });
    chmodSync(file, 0o600);
    writeFileSync(file, '{"version":1}');
    assert.throws(() => openAgentKeys(file), { code: "invalid_configuration", message: /does not hold an agent's keys/ });
  }));

test("the first installation is remembered, over a restart too, and no other is believed", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "installation.json");
    const root = new SigningKey(newSeed());
    new KnownInstallation(installationFile(file)).learn(announced(root, 1));
    const known = new KnownInstallation(installationFile(file));
    assert.match(known.fingerprint ?? "", /^sha256:[0-9a-f]{64}$/);
    assert.throws(() => known.learn(announced(new SigningKey(newSeed()), 2)), { code: "enrolment_refused" });
  }));

test("newer keys of the same root are taken, older ones are not", () => {
  const root = new SigningKey(newSeed());
  const [old, fresh] = [new SigningKey(newSeed()), new SigningKey(newSeed())];
  const known = new KnownInstallation({ load: () => undefined, store: () => undefined });
  assert.equal(known.learn(announced(root, 1, old)), true);
  assert.equal(known.learn(announced(root, 2, fresh)), true);
  assert.equal(known.learn(announced(root, 1, old)), false);
  assert.equal(known.verifying(fresh.id)?.id, fresh.id);
  assert.equal(known.verifying(old.id), undefined);
});

test("keys that were changed after the root signed them are not believed", () => {
  const known = new KnownInstallation({ load: () => undefined, store: () => undefined });
  const { keys, signature } = announced(new SigningKey(newSeed()), 1);
  const changed = Buffer.from(keys);
  changed[changed.length - 1]! ^= 1;
  assert.throws(() => known.learn({ keys: changed, signature }), { code: "enrolment_refused" });
});

test.run();
