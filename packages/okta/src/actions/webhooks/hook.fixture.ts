import type { FakeContext } from "@longarm/spoke/testing";

/** The id of the hook that `oktaHook` gives. */
export const hookId = "who1234567890ABCDEFG";

/** What a test may say otherwise of that hook. */
interface Changes {
  readonly name?: string;
  readonly status?: string;
  readonly verificationStatus?: string;
  readonly events?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** An event hook as Okta sends it. */
export function oktaHook({ config, ...changes }: Changes = {}) {
  return {
    id: hookId,
    name: "Applications",
    description: null,
    status: "ACTIVE",
    verificationStatus: "VERIFIED",
    created: "2026-01-01T00:00:00.000Z",
    createdBy: "00u1234567890ABCDEFG",
    lastUpdated: "2026-01-01T00:00:00.000Z",
    events: { type: "EVENT_TYPE", items: ["application.lifecycle.activate", "user.lifecycle.create"], filter: null },
    ...changes,
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: {
        uri: "https://longarm.example.com/hooks/okta/acme",
        headers: [{ key: "x-site", value: "hq" }],
        method: "POST",
        authScheme: { type: "HEADER", key: "Authorization" },
        ...config,
      },
    },
  };
}

/** An answer with this hook. */
export function answerHook(changes?: Changes) {
  return { status: 200, body: oktaHook(changes) };
}

/** Okta's answer for a hook that is not there. */
export const absentHook = {
  status: 404,
  body: { errorCode: "E0000007", errorSummary: `Not found: Resource not found: ${hookId} (Webhook)` },
};

/** Okta's refusal of a step. */
export const refusedHook = { status: 400, body: { errorCode: "E0000001", errorSummary: "Api validation failed: Event hook" } };

export const readOne = `GET /api/v1/eventHooks/${hookId}`;
export const writeOne = `PUT /api/v1/eventHooks/${hookId}`;
export const verifyOne = `POST /api/v1/eventHooks/${hookId}/lifecycle/verify`;
export const listAll = "GET /api/v1/eventHooks";

interface SentHook {
  readonly events: { readonly filter?: { readonly eventFilterMap: readonly { readonly event: string }[] } };
  readonly channel: { readonly config: Readonly<Record<string, unknown>> };
}

/** The body of the second call, which creates or replaces the hook. */
export function sentHook(context: FakeContext): SentHook {
  const { body } = context.requests[1] ?? { body: undefined };
  return body as SentHook;
}
