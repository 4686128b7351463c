import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { newId } from "../ids.ts";
import {
  decodeKnock,
  decodeKnockAnswer,
  decodeKnocked,
  decodeKnocking,
  decodeRenewal,
  encodeKnock,
  encodeKnockAnswer,
  encodeKnocked,
  encodeKnocking,
  encodeRenewal,
} from "./knock-codec.ts";
import { heldReasons, type KnockAnswerMessage, type KnockingMessage } from "./knock-messages.ts";

const test = suite("the wire of enrolment");

const text = fc.string({ maxLength: 20 });
const name = fc.string({ minLength: 1, maxLength: 12 }).filter((value) => value !== "__proto__");
const agentName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
const bytes = fc.uint8Array({ maxLength: 64 }).map((array) => Buffer.from(array));
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array));
const count = fc.integer({ min: 1, max: 1_000 });
const labels = fc.dictionary(name, fc.oneof(text, fc.array(text)), { noNullPrototype: true });
const rights = { jwt: name, returnJwt: name };

const knockings: fc.Arbitrary<KnockingMessage> = fc.record(
  {
    agentId: fc.constant(newId("agent")),
    ...{ nonce: name, generation: count, name: agentName, protocol: count, labels, proof: bytes, secret: text },
    facts: fc.record({ os: text, arch: text, version: text, hostname: text, addresses: fc.array(text), credentials: fc.array(text) }),
    keys: fc.record({ identity: key, signing: key, sealing: key }),
  },
  { noNullPrototype: true, requiredKeys: ["agentId", "nonce", "generation", "name", "protocol", "labels", "facts", "keys", "proof"] },
);
const answers: fc.Arbitrary<KnockAnswerMessage> = fc.record({
  nonce: name,
  verdict: fc.oneof(
    fc.record({ kind: fc.constant("admitted" as const), generation: count, labels, ...rights }),
    fc.record({ kind: fc.constant("held" as const), reason: fc.constantFrom(...heldReasons), sentence: text }),
    fc.record({
      kind: fc.constant("refused" as const),
      error: fc.record({ code: fc.constant("enrolment_refused" as const), message: text, retryable: fc.boolean() }),
    }),
  ),
  installation: fc.record({ keys: bytes, signature: bytes }),
});

function survives<T>(arbitrary: fc.Arbitrary<T>, encode: (value: T) => Uint8Array, decode: (bytes: Uint8Array) => T): void {
  const plain = (value: T): unknown => JSON.parse(JSON.stringify(value));
  fc.assert(fc.property(arbitrary, (value) => assert.deepEqual(plain(decode(encode(value))), plain(value))));
}

test("keeps every member on the way", () => {
  const named = <T>(value: T): fc.Arbitrary<T> => fc.constant(value);
  survives(knockings, encodeKnocking, decodeKnocking);
  survives(answers, encodeKnockAnswer, decodeKnockAnswer);
  survives(fc.record({ sealing: bytes, sealedTo: name, sealed: bytes }), encodeKnock, decodeKnock);
  survives(fc.record({ sealedBy: name, sealed: bytes }), encodeKnocked, decodeKnocked);
  survives(named({ jwt: "a", returnJwt: "b" }), encodeRenewal, decodeRenewal);
});

test("takes no name that would look like another one, or move a cursor", () => {
  const [knocking] = fc.sample(knockings, 1);
  for (const odd of ["hq\u202e1-", "\u001b[2Jhq", "h\u0441", "hq 1", "", "x".repeat(64)])
    assert.throws(() => decodeKnocking(encodeKnocking({ ...(knocking as KnockingMessage), name: odd })), { code: "invalid_wire_message" });
});

test("refuses what is none of its messages", () => {
  for (const decode of [decodeKnock, decodeKnocking, decodeKnocked, decodeKnockAnswer, decodeRenewal]) {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (message) => {
        try {
          decode(message);
        } catch (reason) {
          assert.equal((reason as { code?: unknown }).code, "invalid_wire_message");
        }
      }),
    );
    assert.throws(() => decode(new Uint8Array()), { code: "invalid_wire_message" });
  }
});

test.run();
