import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { explainRefusedToken, readGrantedToken, refusalOf, type TokenAnswer } from "./token-answer.ts";

const test = suite("what a token endpoint answers");
const question = { host: "acme.okta.com", clientId: "0oa1", scopes: ["okta.users.manage"], clockAheadMs: 0 };

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): TokenAnswer {
  return { status, headers, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) };
}

test("is a token with its kind, its lifetime and the scopes that were granted", () => {
  const granted = readGrantedToken(answer(200, { token_type: "bearer", access_token: "abc", expires_in: 600, scope: "a  b" }), question);
  assert.deepEqual(granted, { value: "abc", kind: "Bearer", expiresInMs: 600_000, scopes: ["a", "b"] });
});

test("grants what was asked for, for an hour, when it says nothing else", () => {
  const granted = readGrantedToken(answer(200, { token_type: "DPoP", access_token: "abc" }), question);
  assert.deepEqual([granted.expiresInMs, granted.scopes], [3_600_000, question.scopes]);
});

for (const [what, body] of [
  ["no JSON", "<html>"],
  ["no token", { token_type: "Bearer" }],
  ["a token that no header may carry", { token_type: "Bearer", access_token: "a\r\nb" }],
  ["a kind of token that nobody knows", { token_type: "mac", access_token: "secret-abc" }],
] as const) {
  test(`is not taken for a token when it is ${what}`, () => {
    const read = () => readGrantedToken(answer(200, body), question);
    assert.throws(
      read,
      (error: { code: string; message: string }) => error.code === "unexpected_response" && !error.message.includes("abc"),
    );
  });
}

const refusals: readonly (readonly [status: number, body: unknown, code: string, cause: string | undefined, retryable?: true])[] = [
  [401, { error: "invalid_client", error_description: "Bad." }, "authentication_failed", "client_rejected"],
  [400, { error: "unauthorized_client" }, "authentication_failed", "client_rejected"],
  [400, { error: "invalid_scope" }, "permission_missing", "scope_missing"],
  [400, { error: "consent_required" }, "permission_missing", "scope_missing"],
  [400, { error: "access_denied" }, "permission_missing", "network_zone"],
  [403, "<html>Blocked</html>", "permission_missing", "network_zone"],
  [400, { error: "invalid_dpop_proof" }, "authentication_failed", "dpop_rejected"],
  [404, { errorCode: "E0000022" }, "authentication_failed", "token_refused"],
  [429, { errorCode: "E0000047" }, "rate_limited", undefined, true],
  [503, "", "target_error", undefined, true],
];
for (const [status, body, code, cause, retryable = false] of refusals) {
  test(`means ${code}${cause === undefined ? "" : ` (${cause})`} when it is ${status} ${JSON.stringify(body)}`, () => {
    const error = explainRefusedToken(answer(status, body, { "x-okta-request-id": "req-1" }), question);
    assert.deepEqual([error.code, error.details["cause"], error.retryable], [code, cause, retryable]);
    assert.deepEqual([error.details["status"], error.details["oktaRequestId"]], [status, "req-1"]);
    assert.match(error.message, /^acme\.okta\.com granted no access token and answered \d{3}.*\. [A-Z].*\.$/);
  });
}

test("means a clock that is wrong when the client is refused and the clocks differ by half a minute or more", () => {
  const refused = answer(401, { error: "invalid_client" });
  const causeAt = (clockAheadMs: number | null) => explainRefusedToken(refused, { ...question, clockAheadMs }).details["cause"];
  assert.deepEqual([-30_000, 30_000].map(causeAt), ["clock_skew", "clock_skew"]);
  assert.deepEqual([-29_999, 29_999, null].map(causeAt), ["client_rejected", "client_rejected", "client_rejected"]);
});

test("names its error only where it has one", () => {
  assert.deepEqual([refusalOf(answer(400, { error: "x" })), refusalOf(answer(400, "no")), refusalOf(answer(400, [1]))], ["x", "", ""]);
});

test.run();
