import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { suite } from "../../../../../test/support/suite.ts";
import { readClientKey } from "./client-key.ts";

const test = suite("the private key of an OAuth client");

const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const curve = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve });
const jwkOf = (pair: { privateKey: import("node:crypto").KeyObject }, more: object = {}): string =>
  JSON.stringify({ ...pair.privateKey.export({ format: "jwk" }), ...more });

const readable: readonly (readonly [form: string, text: string, algorithm: string, keyId?: string])[] = [
  ["PKCS#8", rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), "RS256"],
  ["PKCS#1, with blank lines around it", `\n${rsa.privateKey.export({ type: "pkcs1", format: "pem" }).toString()}\n`, "RS256"],
  ["an RSA JWK that names RS512 and an id", jwkOf(rsa, { alg: "RS512", kid: "k1" }), "RS512", "k1"],
  ["SEC 1", curve("P-256").privateKey.export({ type: "sec1", format: "pem" }).toString(), "ES256"],
  ["a JWK on P-384", jwkOf(curve("P-384")), "ES384"],
  ["a JWK on P-521", jwkOf(curve("P-521"), { kid: "" }), "ES512"],
];
for (const [form, text, algorithm, keyId] of readable) {
  test(`is read from ${form}, and signs with ${algorithm}`, () => {
    const key = readClientKey(text);
    assert.deepEqual([key.algorithm, key.keyId, key.key.type], [algorithm, keyId, "private"]);
  });
}

const unreadable: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ["nothing", " \n", /is empty/],
  ["an API token", "00abc-secret-token", /cannot be read as PEM/],
  [
    "a public key as PEM",
    rsa.publicKey.export({ type: "spki", format: "pem" }).toString(),
    /is in truth a public key; give the private one/,
  ],
  [
    "a public key as PKCS#1",
    rsa.publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
    /is in truth a public key; give the private one/,
  ],
  ["a public JWK", JSON.stringify(rsa.publicKey.export({ format: "jwk" })), /is in truth a public key; give the private one/],
  ["a JWK of another kind", '{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"}', /is no private JWK/],
  ["half a JWK", jwkOf(rsa).slice(0, 100), /not JSON/],
  [
    "an encrypted PEM",
    rsa.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "p" }).toString(),
    /is encrypted; give it decrypted/,
  ],
  [
    "a PEM that was encrypted in the old way",
    rsa.privateKey.export({ type: "pkcs1", format: "pem", cipher: "aes-256-cbc", passphrase: "p" }).toString(),
    /is encrypted; give it decrypted/,
  ],
  [
    "a short RSA key",
    generateKeyPairSync("rsa", { modulusLength: 1_024 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    /1024 bits/,
  ],
  ["an Ed25519 key", generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(), /ed25519/],
  ["another curve", curve("secp256k1").privateKey.export({ type: "pkcs8", format: "pem" }).toString(), /secp256k1/],
  ["a key and an algorithm that do not fit", jwkOf(curve("P-256"), { alg: "RS256" }), /its curve signs with ES256/],
];
for (const [what, text, says] of unreadable) {
  test(`is refused when it is ${what}, without a word of it`, () => {
    assert.throws(
      () => readClientKey(text),
      (error: { code: string; message: string }) => {
        assert.equal(error.code, "invalid_request");
        assert.match(error.message, says);
        assert.ok(text.trim() === "" || !error.message.includes(text.trim().slice(30, 60) || text.trim()));
        return true;
      },
    );
  });
}

test.run();
