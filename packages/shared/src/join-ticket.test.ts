import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../test/support/suite.ts";
import { type JoinTicket, readJoinTicket, writeJoinTicket } from "./join-ticket.ts";
import { Secret } from "./secret.ts";

const test = suite("join tickets");

const ticket: JoinTicket = {
  id: "jt_0123456789abcdef",
  secret: new Secret("the secret"),
  kind: "once",
  expiresAt: 1_900_000_000_000,
  urls: ["tls://broker.example.com:4222"],
  broker: { jwt: new Secret("a.b.c"), seed: new Secret("SUA") },
  installation: { keys: new Uint8Array([1, 2, 3]), signature: new Uint8Array([4, 5]) },
};

test("are read as they were written", () => {
  const read = readJoinTicket(` ${writeJoinTicket(ticket).reveal()}\n`);
  assert.deepEqual([read.id, read.kind, read.expiresAt, read.urls], [ticket.id, "once", ticket.expiresAt, ticket.urls]);
  assert.deepEqual([read.secret.reveal(), read.broker.jwt.reveal(), read.broker.seed.reveal()], ["the secret", "a.b.c", "SUA"]);
  assert.deepEqual(
    [[...read.installation.keys], [...read.installation.signature]],
    [
      [1, 2, 3],
      [4, 5],
    ],
  );
});

test("are refused without being quoted when a part is missing", () => {
  const whole = writeJoinTicket(ticket).reveal();
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (length) => {
      const cut = whole.slice(0, length);
      assert.throws(
        () => readJoinTicket(cut),
        (fault: Error) => /no join token/.test(fault.message) && (length < 12 || !fault.message.includes(cut)),
      );
    }),
  );
  assert.throws(() => readJoinTicket("lak_0123456789abcdef_x"), { code: "invalid_configuration" });
  assert.throws(() => readJoinTicket(`ljt1_${Buffer.from("null").toString("base64url")}`), { code: "invalid_configuration" });
});

test.run();
