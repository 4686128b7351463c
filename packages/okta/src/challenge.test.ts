import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { readChallenge } from "./challenge.ts";
import { explain } from "./errors.ts";

const test = suite("why a credential is refused");

function refused(status: number, challenge: string, errorCode: string) {
  return { status, headers: { "www-authenticate": challenge, "x-okta-request-id": "req-1" }, body: { errorCode, errorSummary: "No" } };
}

test("names the scope that a token lacks", () => {
  const challenge =
    'Bearer authorization_uri="https://acme.okta.com/oauth2/v1/authorize", realm="https://acme.okta.com", scope="okta.users.manage okta.groups.manage", error="insufficient_scope", error_description="The access token provided does not contain the required scopes."';
  const error = explain(refused(403, challenge, "E0000006"));
  assert.equal(error.code, "permission_missing");
  assert.match(error.message, /Grant the service app okta\.users\.manage, okta\.groups\.manage/);
  assert.deepEqual([error.details["cause"], error.details["scopes"]], ["scope_missing", ["okta.users.manage", "okta.groups.manage"]]);
});

test("tells a missing administrator role from a missing scope", () => {
  const error = explain({ status: 403, headers: {}, body: { errorCode: "E0000006", errorSummary: "You do not have permission" } });
  assert.deepEqual([error.code, error.details["cause"]], ["permission_missing", "role_missing"]);
  assert.match(error.message, /administrator role/);
});

test("tells a token that is expired or revoked, and a proof that is not accepted", () => {
  const expired = explain(refused(401, 'Bearer error="invalid_token", error_description="The access token expired"', "E0000011"));
  assert.deepEqual(
    [expired.code, expired.details["cause"], expired.details["oktaRequestId"]],
    ["authentication_failed", "token_expired", "req-1"],
  );
  assert.match(expired.message, /The access token expired/);
  const revoked = explain(refused(401, 'Bearer error="invalid_token", error_description="The access token is invalid"', "E0000011"));
  assert.deepEqual([revoked.code, revoked.details["cause"]], ["authentication_failed", "token_rejected"]);
  const proof = explain(
    refused(400, 'DPoP algs="RS256", error="invalid_dpop_proof", error_description="The \'jti\' claim is missing"', "E0000001"),
  );
  assert.deepEqual([proof.code, proof.details["cause"]], ["authentication_failed", "dpop_rejected"]);
});

test("tells an API token that is none from a credential that may do too little", () => {
  const error = explain({ status: 401, headers: {}, body: { errorCode: "E0000011", errorSummary: "Invalid token provided" } });
  assert.deepEqual([error.code, error.details["cause"]], ["authentication_failed", "token_rejected"]);
});

for (const header of ["", "Basic", 'Bearer error="something_new"', "Bearer error=insufficient_scope", 'Bearer xerror="invalid_token"']) {
  test(`takes nothing from ${JSON.stringify(header)}`, () =>
    assert.equal(readChallenge({ status: 401, headers: { "www-authenticate": header }, body: null }), undefined));
}

test("unescapes what stands in quotes", () => {
  const challenge = 'Bearer error="invalid_token", error_description="it \\"ended\\""';
  assert.equal(readChallenge({ status: 401, headers: { "www-authenticate": challenge }, body: null })?.said, 'it "ended"');
});

test.run();
