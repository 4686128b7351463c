import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { accept, explain } from "./errors.ts";

const test = suite("Okta's errors");

function oktaError(errorCode: string, status: number, more: Readonly<Record<string, unknown>> = {}) {
  const body = { errorCode, errorSummary: "What Okta says", errorLink: errorCode, errorId: "oae1", errorCauses: [], ...more };
  return { status, headers: { "x-okta-request-id": "req-1" }, body };
}

const table: readonly (readonly [oktaCode: string, status: number, code: string, retryable?: true])[] = [
  ["E0000001", 400, "call_rejected"],
  ["E0000003", 400, "call_rejected"],
  ["E0000004", 401, "authentication_failed"],
  ["E0000005", 403, "authentication_failed"],
  ["E0000006", 403, "permission_missing"],
  ["E0000007", 404, "call_rejected"],
  ["E0000008", 404, "call_rejected"],
  ["E0000009", 500, "target_error", true],
  ["E0000010", 503, "target_error", true],
  ["E0000011", 401, "authentication_failed"],
  ["E0000014", 403, "call_rejected"],
  ["E0000015", 401, "permission_missing"],
  ["E0000016", 403, "invalid_state"],
  ["E0000022", 405, "call_rejected"],
  ["E0000023", 403, "call_rejected"],
  ["E0000029", 400, "call_rejected"],
  ["E0000031", 400, "invalid_request"],
  ["E0000032", 403, "invalid_state"],
  ["E0000033", 400, "invalid_request"],
  ["E0000035", 403, "invalid_state"],
  ["E0000038", 403, "invalid_state"],
  ["E0000046", 403, "call_rejected"],
  ["E0000047", 429, "rate_limited", true],
  ["E0000053", 400, "invalid_request"],
  ["E0000055", 409, "already_exists"],
  ["E0000077", 403, "call_rejected"],
  ["E0000078", 403, "call_rejected"],
  ["E0000093", 400, "invalid_request"],
  ["E0000100", 503, "target_error", true],
  ["E0000109", 429, "rate_limited", true],
  ["E0000112", 409, "invalid_state", true],
  ["E0000118", 429, "rate_limited", true],
  ["E0000124", 400, "invalid_request"],
  ["E0000125", 400, "invalid_request"],
  ["E0000133", 429, "rate_limited", true],
  ["E0000145", 409, "conflict", true],
  ["E0000181", 503, "target_error", true],
  ["E0000231", 412, "conflict"],
  ["E0000239", 423, "conflict", true],
  ["E0000242", 400, "invalid_request"],
  ["E0000249", 409, "conflict", true],
  ["E9999999", 403, "call_rejected"],
  ["E9999999", 400, "call_rejected"],
  ["E9999999", 503, "target_error", true],
];
for (const [oktaCode, status, code, retryable = false] of table) {
  test(`${status} ${oktaCode} means ${code}`, () => {
    const error = explain(oktaError(oktaCode, status));
    assert.deepEqual([error.code, error.retryable], [code, retryable]);
    assert.ok(error.message.includes(oktaCode) && /\. [A-Z][^.]+\.$/.test(error.message), error.message);
    assert.deepEqual([error.details["status"], error.details["oktaCode"], error.details["oktaRequestId"]], [status, oktaCode, "req-1"]);
  });
}

for (const [oktaCode, next] of [
  ["E0000124", /Let the user be activated/],
  ["E0000125", /Give a password/],
] as const)
  test(`${oktaCode} says what the next login needs`, () => assert.match(explain(oktaError(oktaCode, 400)).message, next));

test("takes only a 403 that is not of the API for a network that is blocked", () => {
  assert.equal(explain(oktaError("E0000079", 403)).details["cause"], undefined);
  assert.equal(explain({ status: 403, headers: {}, body: "<html>" }).details["cause"], "network_zone");
});

test("says what Okta said, with every cause, and the next step", () => {
  const causes = [{ errorSummary: "login: An object with this field already exists" }, { errorSummary: "email: bad" }];
  const error = explain(oktaError("E0000001", 400, { errorSummary: "Api validation failed: login", errorCauses: causes }));
  assert.equal(
    error.message,
    "Okta answered 400 E0000001: Api validation failed: login (login: An object with this field already exists; email: bad). Correct what the causes name.",
  );
  assert.deepEqual(
    error.details["causes"],
    causes.map(({ errorSummary }) => errorSummary),
  );
});

const foreign: readonly (readonly [who: string, status: number, body: unknown, code: string, said: string])[] = [
  ["an edge server", 404, { status: 404, message: "Resource not found" }, "call_rejected", "Resource not found"],
  [
    "the OAuth endpoint",
    400,
    { error: "invalid_client", error_description: "The client is unknown" },
    "call_rejected",
    "The client is unknown",
  ],
  ["a proxy", 502, "<html>Bad Gateway</html>", "target_error", "Bad Gateway"],
  ["a gateway that says nothing", 504, null, "target_error", "504"],
  ["a gateway with a number", 500, 5, "target_error", "500"],
  ["a list", 403, ["x"], "permission_missing", "403"],
  [
    "causes that are one object",
    400,
    { errorCode: "E0000001", errorSummary: "S", errorCauses: { errorSummary: "C" } },
    "call_rejected",
    "S (C)",
  ],
  [
    "causes that are null, or of nulls",
    400,
    { errorCode: "E0000001", errorSummary: null, errorCauses: [null, {}, 5] },
    "call_rejected",
    "E0000001",
  ],
  ["a captive portal", 302, "", "unexpected_response", "302"],
];
for (const [who, status, body, code, said] of foreign) {
  test(`understands ${who}`, () => {
    const error = explain({ status, headers: {}, body });
    assert.equal(error.code, code);
    assert.ok(error.message.includes(said), error.message);
  });
}

test("tells a limit for parallel calls from one for calls per minute", () => {
  const limited = (limit: string, remaining: string) =>
    explain({
      ...oktaError("E0000047", 429),
      headers: { "x-rate-limit-limit": limit, "x-rate-limit-remaining": remaining, "x-rate-limit-reset": "1700000000" },
    }).details;
  assert.deepEqual([limited("600", "0")["concurrency"], limited("0", "0")["concurrency"]], [false, true]);
  assert.equal(limited("600", "0")["resetsAt"], "2023-11-14T22:13:20.000Z");
});

test("cuts what a stranger says at length", () => {
  assert.ok(explain({ status: 500, headers: {}, body: "x".repeat(100_000) }).message.length < 700);
});

test("accepts a 2xx as it is", () => {
  const response = { status: 204, headers: {}, body: null };
  assert.equal(accept(response), response);
  assert.throws(() => accept(oktaError("E0000006", 403)), { code: "permission_missing" });
});

test.run();
