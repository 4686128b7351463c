import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { isMadeSince, readingAbsence, readingState } from "./read-back.ts";

const test = suite("what a read tells of a lost call");
const answer = (status: number, body: unknown = null) => ({ status, headers: { date: "Wed, 25 Nov 2026 12:00:10 GMT" }, body });
const at = { sentAgoMs: 1_000 };

const made: readonly (readonly [created: string | null, sentAgoMs: number, isSince: boolean | undefined])[] = [
  ["2026-11-25T12:00:09.500Z", 1_000, true],
  ["2026-11-25T12:00:06.000Z", 1_000, false],
  ["2026-11-25T12:00:06.000Z", 5_000, true],
  ["2026-11-25T11:00:00.000Z", 60_000, false],
  [null, 1_000, undefined],
  ["yesterday", 1_000, undefined],
];
for (const [created, sentAgoMs, isSince] of made)
  test(`${created} is ${isSince ? "" : "not "}since a call that was sent ${sentAgoMs} ms before 12:00:10 by the answer's clock`, () =>
    assert.equal(isMadeSince(created, answer(200), sentAgoMs), isSince));

test("does not tell when something was made if the answer has no date", () => {
  assert.equal(isMadeSince("2026-11-25T12:00:09.500Z", { status: 200, headers: {}, body: null }, 1_000), undefined);
});

test("is of a state whether it is reached, and nothing when the object cannot be read", () => {
  const { judge } = readingState(["x"], (body) => body === "there");
  assert.deepEqual(judge(answer(200, "there"), at), { kind: "applied", response: { status: 200, headers: {}, body: {} } });
  assert.equal(judge(answer(200, "elsewhere"), at).kind, "not_applied");
  for (const status of [403, 404, 500]) assert.equal(judge(answer(status, "there"), at).kind, "unclear");
  const whole = answer(200, "there");
  assert.deepEqual(readingState(["x"], () => true, "itself").judge(whole, at), { kind: "applied", response: whole });
});

test("is of something that was to go whether it has gone", () => {
  const { judge } = readingAbsence(["x"]);
  assert.deepEqual(judge(answer(404), at), { kind: "applied", response: { status: 204, headers: {}, body: null } });
  assert.deepEqual(
    [200, 403, 503].map((status) => judge(answer(status), at).kind),
    ["not_applied", "unclear", "unclear"],
  );
});

test.run();
