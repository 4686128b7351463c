import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { silentLogger } from "@longarm/shared/logger";
import { VerifyingKey } from "@longarm/shared/seal";
import { decodeInstallationKeys } from "@longarm/shared/wire";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";
import { FileTrust } from "./file-trust.ts";
import { createTrust, loadTrust, replaceTrust } from "./trust-file.ts";
import { embeddedTrust, newTrustSeeds, rotated, withoutRetired } from "./trust-keys.ts";

const test = suite("the keys by which agents know an installation");

test("they are made in a file that its owner alone may read; who makes them a second time gets the first", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "trust.json");
    assert.equal(loadTrust(file), undefined);
    const made = createTrust(file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(createTrust(file), made);
    assert.equal(embeddedTrust(loadTrust(file) ?? newTrustSeeds()).fingerprint, embeddedTrust(made).fingerprint);
  }));

test("a damaged file is refused, and not quoted", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "trust.json");
    writeFileSync(file, '{"root": "c2VjcmV0"', { mode: 0o600 });
    assert.throws(() => loadTrust(file), { code: "key_ring_missing", message: /^(?!.*c2VjcmV0)/ });
  }));

test("a rotation keeps the root and the keys before it, and raises the serial", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "trust.json");
    const before = createTrust(file);
    replaceTrust(file, rotated(before));
    const [old, now] = [embeddedTrust(before), embeddedTrust(loadTrust(file) ?? newTrustSeeds())];
    assert.equal(now.fingerprint, old.fingerprint);
    const { serial, root, signing } = decodeInstallationKeys(now.announced.keys);
    assert.equal(serial, 2);
    assert(new VerifyingKey(root).verify("installation", now.announced.keys, now.announced.signature));
    assert.deepEqual(
      signing.map((raw) => new VerifyingKey(raw).id),
      [now.signer.keyId, old.signer.keyId],
    );
    const dropped = embeddedTrust(withoutRetired(rotated(before)));
    assert.equal(decodeInstallationKeys(dropped.announced.keys).signing.length, 1);
  }));

test("newer keys in the file are used and told of, and those of another installation, older ones or damage are not", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "trust.json");
    const before = createTrust(file);
    const told: string[] = [];
    const warned: object[] = [];
    const logger = { ...silentLogger, warn: (facts: object) => void warned.push(facts) };
    const trust = new FileTrust(file, { seeds: before, logger });
    trust.onRotated(() => told.push(trust.signer.keyId));
    const first = trust.signer;
    try {
      const after = rotated(before);
      for (const [keys, isTaken] of [
        [newTrustSeeds(), false],
        [after, true],
        [before, false],
      ] as const) {
        const [heard, seen] = [told.length, warned.length];
        replaceTrust(file, keys);
        await until("the file is looked at", () => told.length + warned.length > heard + seen);
        assert.equal(told.length > heard, isTaken);
      }
      assert.deepEqual(told, [embeddedTrust(after).signer.keyId]);
      assert.notEqual(first.keyId, trust.signer.keyId);
      assert.equal(first.keyId, embeddedTrust(before).signer.keyId, "what is being signed keeps its key");
    } finally {
      await trust.close();
    }
  }));

test.run();
