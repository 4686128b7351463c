/** Okta's error codes that the sandbox answers with: the HTTP status and the summary, `{}` standing for what the error is about. */
export const oktaErrors = {
  E0000001: { status: 400, summary: "Api validation failed: {}" },
  E0000003: { status: 400, summary: "The request body was not well-formed." },
  E0000006: { status: 403, summary: "You do not have permission to perform the requested action" },
  E0000007: { status: 404, summary: "Not found: Resource not found: {}" },
  E0000008: { status: 404, summary: "The requested path was not found" },
  E0000009: { status: 500, summary: "Internal Server Error" },
  E0000010: { status: 503, summary: "Service is in read only mode" },
  E0000011: { status: 401, summary: "Invalid token provided" },
  E0000014: { status: 403, summary: "Update of credentials failed" },
  E0000015: {
    status: 401,
    summary: "You do not have permission to access the feature you are requesting",
  },
  E0000016: { status: 403, summary: "Activation failed because the user is already active" },
  E0000022: { status: 405, summary: "The endpoint does not support the provided HTTP method" },
  E0000028: { status: 400, summary: "The request is missing a required parameter." },
  E0000029: { status: 400, summary: "Invalid paging request." },
  E0000031: { status: 400, summary: "Invalid search criteria." },
  E0000032: { status: 403, summary: "Unlock is not allowed for this user." },
  E0000033: {
    status: 400,
    summary: "Bad request. Can't specify a search query and filter in the same request.",
  },
  E0000035: { status: 403, summary: "Change password not allowed on specified user." },
  E0000038: { status: 403, summary: "This operation is not allowed in the user's current status." },
  E0000046: { status: 403, summary: "Deactivate application for user forbidden." },
  E0000047: { status: 429, summary: "API call exceeded rate limit due to too many requests." },
  E0000053: { status: 400, summary: "Invalid filter: {}" },
  E0000056: { status: 403, summary: "Delete application forbidden." },
  E0000093: { status: 400, summary: "Target count limit exceeded" },
  E0000112: {
    status: 409,
    summary: "Cannot update this user because they are still being activated. Please try again in a few minutes.",
  },
  E0000124: {
    status: 400,
    summary: 'Could not create user. To create a user and expire their password immediately, "activate" must be true',
  },
  E0000125: {
    status: 400,
    summary: "Could not create user. To create a user and expire their password immediately, a password must be specified",
  },
  E0000181: { status: 503, summary: "The service is temporarily unavailable." },
  E0000231: {
    status: 412,
    summary: "The resource has been modified since the ETag that the request's If-Match header names.",
  },
  E0000242: { status: 400, summary: "The If-Match header is not a valid ETag." },
} as const;

/** A code of that table. */
export type OktaErrorCode = keyof typeof oktaErrors;

/** Why a request was refused: its code, what it was about (fills the summary), and the causes listed in the body. */
export interface Refusal {
  readonly kind: "refused";
  readonly code: OktaErrorCode;
  readonly about?: string;
  readonly causes?: readonly string[];
  /** The `www-authenticate` header. */
  readonly challenge?: string;
}

/** Makes a refusal. */
export function refuse(code: OktaErrorCode, about?: string, causes?: readonly string[]): Refusal {
  return {
    kind: "refused",
    code,
    ...(about !== undefined && { about }),
    ...(causes && { causes }),
  };
}

/** A validation error that is about one thing, with its causes. */
export function refuseInvalid(about: string, ...causes: string[]): Refusal {
  return refuse("E0000001", about, causes);
}

/** Okta's 404 for an object of that kind. */
export function refuseUnknown(
  id: string,
  kind: "User" | "UserGroup" | "GroupRule" | "AppInstance" | "AppUser" | "Webhook" | "UserType" | "Schema",
): Refusal {
  return refuse("E0000007", `${id} (${kind})`);
}

/** The body of a refusal, in the shape that every Okta error has. */
export function errorBody(refusal: Refusal, errorId: string): string {
  const { summary } = oktaErrors[refusal.code];
  return JSON.stringify({
    errorCode: refusal.code,
    errorSummary: summary.replace("{}", () => refusal.about ?? ""),
    errorLink: refusal.code,
    errorId,
    errorCauses: (refusal.causes ?? []).map((errorSummary) => ({ errorSummary })),
  });
}
