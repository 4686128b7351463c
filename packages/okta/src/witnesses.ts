import type { Witness } from "@longarm/spoke";
import { compare } from "./expressions.ts";
import { membersOf, readList, readUser } from "./schemas.ts";

const logMarginMs = 60_000;
const mostEvents = 20;

/** What a user's own record says: state and the times of its last changes. */
export function userWitness(id: string): Witness {
  return {
    name: "user",
    request: () => ({ path: ["api", "v1", "users", id] }),
    testify: ({ body }) => {
      const { status, statusChanged, passwordChanged, lastUpdated, transitioningTo } = readUser(body);
      return { id, status, statusChanged, passwordChanged, lastUpdated, transitioningTo };
    },
  };
}

/**
 * What the system log says of an object since shortly before the call. An event whose `requestId` is that of the call is its own; an
 * empty list proves nothing, since the log may lag.
 */
export function logWitness(target: string): Witness {
  return {
    name: "systemLog",
    request: (sentAtMs) => ({
      path: ["api", "v1", "logs"],
      query: {
        since: new Date(sentAtMs - logMarginMs).toISOString(),
        filter: compare("target.id", "eq", target),
        sortOrder: "DESCENDING",
        limit: mostEvents,
      },
    }),
    testify: ({ body }) => readList(body).map(eventView),
  };
}

function eventView(event: unknown): object {
  const { published, eventType, displayMessage, outcome, actor, transaction } = membersOf(event);
  return {
    ...{ published, eventType, displayMessage, result: membersOf(outcome)["result"] ?? null },
    ...{ actor: membersOf(actor)["alternateId"] ?? membersOf(actor)["id"] ?? null, requestId: membersOf(transaction)["id"] ?? null },
  };
}
