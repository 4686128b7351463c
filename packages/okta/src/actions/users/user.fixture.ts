/** What the tests of the users' actions share: one user as Okta shows it, and Okta's refusals. */
import type { ScriptedResponse } from "@longarm/spoke/testing";

export const id = "00u1234567890ABCDEFG";
export const read = `GET /api/v1/users/${id}`;

/** Okta's answer that shows the user in this status. */
export function userIn(status: string | null, more: Readonly<Record<string, unknown>> = {}): ScriptedResponse {
  return { status: 200, headers: { etag: 'W/"1"' }, body: { id, status, profile: { login: "ada@example.com" }, ...more } };
}

/** A lifecycle step of the user, as `METHOD /path`. */
export function step(verb: string): string {
  return `POST /api/v1/users/${id}/lifecycle/${verb}`;
}

/** Okta's answer that refuses a request. */
export function refused(status: number, errorCode: string, cause?: string): ScriptedResponse {
  const errorCauses = cause === undefined ? [] : [{ errorSummary: cause }];
  return { status, body: { errorCode, errorSummary: "Refused", errorCauses } };
}

export const done: ScriptedResponse = { status: 200, body: {} };
export const noContent: ScriptedResponse = { status: 204 };
export const absent = refused(404, "E0000007");
export const forbiddenByStatus = refused(403, "E0000038");
