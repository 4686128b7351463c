import assert from "node:assert/strict";
import { freshBrokerKeys } from "../../../../../test/support/broker.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { brokerConfiguration, type BrokerConfiguration } from "./configuration.ts";

const test = suite("the broker's configuration");

const plain: BrokerConfiguration = {
  directory: "/var/lib/longarm/broker",
  ports: { client: 4222 },
  keys: await freshBrokerKeys(),
  maxFileStoreBytes: 1_000_000,
  maxPayloadBytes: 1_048_576,
  listen: "127.0.0.1",
  fsync: true,
};
const tls = { certFile: "/etc/cert.pem", keyFile: "/etc/key.pem" };

test("writes to disk before it acknowledges unless told otherwise", () => {
  assert.match(brokerConfiguration(plain), /sync_interval: always/);
  assert.match(brokerConfiguration({ ...plain, fsync: false }), /sync_interval: "2m"/);
});

test("refuses an address that others can reach without TLS", () => {
  for (const listen of ["0.0.0.0", "::", "10.1.2.3", "broker.test"]) {
    assert.throws(() => brokerConfiguration({ ...plain, listen }), { code: "invalid_configuration" });
    assert.match(brokerConfiguration({ ...plain, listen, tls }), /cert_file: "\/etc\/cert.pem"/);
  }
  for (const listen of ["127.0.0.1", "127.5.5.5", "::1", "localhost"]) assert.match(brokerConfiguration({ ...plain, listen }), /listen:/);
});

test("lets a websocket go without TLS only where the broker does", () => {
  const ports = { client: 0, websocket: 0 };
  assert.match(brokerConfiguration({ ...plain, ports }), /websocket \{\n {2}listen: "127.0.0.1:-1"\n {2}no_tls: true/);
  assert.doesNotMatch(brokerConfiguration({ ...plain, ports, tls }), /no_tls/);
});

test("asks clients for certificates when an authority is named", () => {
  assert.match(brokerConfiguration({ ...plain, tls: { ...tls, caFile: "/etc/ca.pem" } }), /verify: true/);
});

test("trusts the operator and its accounts, and names no private key", () => {
  const { operator, accounts } = plain.keys;
  const text = brokerConfiguration(plain);
  assert.ok(text.includes(`operator: "${operator.jwt}"`) && text.includes(`system_account: ${accounts.system.id}`));
  for (const { id, jwt } of Object.values(accounts)) assert.ok(text.includes(`${id}: "${jwt}"`));
  assert.doesNotMatch(text, /S[OAU][A-Z2-7]{56}/);
});

test("takes no text that could end a line", () => {
  assert.throws(() => brokerConfiguration({ ...plain, directory: "/data\nhttp: 0.0.0.0:8222" }), { code: "invalid_configuration" });
});

test.run();
