import assert from "node:assert/strict";
import type { CallEnd, KeptBody, ToldAnswer } from "@longarm/shared/wire";
import { suite } from "../../../../test/support/suite.ts";
import { type AfterWord, decideByWord } from "./inquiry.ts";

const test = suite("what an agent's word on a call is worth");

const record = {
  ...{ method: "POST" as const, path: "/", status: 201, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 0, responseBytes: 3 },
  ...{ oktaRequestId: null, rateLimit: null },
};
const response = (body: KeptBody): CallEnd => ({ kind: "response", head: { status: 201, headers: {} }, body, record });
const whole = response({ kind: "whole", bytes: new Uint8Array() });
const dropped = response({ kind: "dropped", length: 100_000, sha256: new Uint8Array(32) });
const failure: CallEnd = { kind: "failure", delivery: "unknown", error: { code: "target_reset", message: "m", retryable: true }, record };
const wait = { kind: "wait" } as const;

const cases: readonly [title: string, answer: ToldAnswer, own: AfterWord, other: AfterWord][] = [
  ["an answer that it kept", { kind: "ended", end: whole }, { kind: "ended", end: whole }, { kind: "ended", end: whole }],
  ["a failure that it saw", { kind: "ended", end: failure }, { kind: "ended", end: failure }, { kind: "ended", end: failure }],
  [
    "an answer that was too long to keep",
    { kind: "ended", end: dropped },
    { kind: "unknown", because: "bodyNotKept", status: 201 },
    { kind: "unknown", because: "bodyNotKept", status: 201 },
  ],
  ["under way", { kind: "underWay" }, wait, wait],
  ["begun before it died", { kind: "begun" }, { kind: "unknown", because: "died", status: null }, wait],
  ["never seen", { kind: "neverSeen" }, { kind: "notSent" }, wait],
  ["not to be told", { kind: "unreadable" }, wait, wait],
];

for (const [title, answer, own, other] of cases) {
  test(`${title}: by the journal that the intent names`, () => assert.deepEqual(decideByWord({ journalId: "j", answer }, "j"), own));
  test(`${title}: by another journal`, () => assert.deepEqual(decideByWord({ journalId: "wiped", answer }, "j"), other));
  test(`${title}: where the intent names none`, () => assert.deepEqual(decideByWord({ journalId: "j", answer }, undefined), other));
}

test.run();
