/** Ids and answers that the tests of group actions share. */
export const groupId = "00g1234567890ABCDEFG";
export const userId = "00u1234567890ABCDEFG";
export const absent = { status: 404, body: { errorCode: "E0000007", errorSummary: "Not found" } };
export const taken = {
  status: 400,
  body: { errorCode: "E0000001", errorSummary: "Api validation failed: name", errorCauses: [{ errorSummary: "name: taken" }] },
};

/** A group as Okta shows it. */
export function oktaGroup(profile: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  return { id: groupId, type: "OKTA_GROUP", profile: { description: null, ...profile }, ...more };
}

/** The header by which a page of a list leads to the next one. */
export function next(path: string): Readonly<Record<string, string>> {
  return { link: `<https://acme.okta.com${path}>; rel="next"` };
}
