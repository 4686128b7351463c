import { findPlacedFaults } from "@longarm/shared/schema";
import type { ObservedAnswer } from "@longarm/sandbox";
import { answerSchemas, oauthRefusalSchema, refusalSchema } from "./okta-wire.ts";

function schemaOf({ status, route, path }: ObservedAnswer) {
  if (status < 400) return route === undefined ? undefined : answerSchemas[route];
  // What the token endpoint has not understood at all is refused as everywhere.
  return route === "POST /oauth2/v1/token" && status !== 429 && path.startsWith("/oauth2/") ? oauthRefusalSchema : refusalSchema;
}

function parsed(body: string): unknown {
  try {
    return body === "" ? undefined : JSON.parse(body);
  } catch {
    return `no JSON: ${body}`;
  }
}

/** What an answer of the sandbox has that no answer of Okta's has, as a sentence; undefined: nothing. */
export function answerFault(answer: ObservedAnswer): string | undefined {
  const { method, path, query, status } = answer;
  const schema = schemaOf(answer);
  if (schema === undefined) return `${method} ${path} answered ${status}, of which nothing is written down.`;
  const body = parsed(answer.body);
  if (schema === null) return body === undefined ? undefined : `${method} ${path} answered ${status} with a body.`;
  // A client may ask for a part of each object.
  const faults = findPlacedFaults("body", schema, body ?? null).filter(
    ({ problem }) => !(query.has("fields") && problem === "is required and absent"),
  );
  return faults.length === 0 ? undefined : `${method} ${path} answered ${status} with what Okta would not: ${JSON.stringify(faults)}`;
}
