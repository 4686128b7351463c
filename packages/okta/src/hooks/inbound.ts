import type { ActionRest, Inbound, InboundEvent, Subscription } from "@longarm/spoke";
import { explain } from "../errors.ts";
import { membersOf, readList, text } from "../schemas.ts";
import { readDelivery, readEvent } from "./read-delivery.ts";

const challengeHeader = "x-okta-verification-challenge";
const longestChallenge = 1_024;
/** What the log stream takes; with more types the whole log is read, and sifted here. */
const longestFilter = 4_000;

/** What an Okta org sends to its event hooks, and how its system log is read for what never came. */
export const inbound: Inbound = {
  proof(headers) {
    const challenge = headers[challengeHeader];
    return typeof challenge === "string" && challenge.length <= longestChallenge ? { verification: challenge } : undefined;
  },
  readDelivery,
  ownActors,
  subscriptions: {
    action: "okta.eventHook.list",
    input: {},
    read: (output, isOurs) => readSubscription(output, isOurs),
  },
  records: {
    action: "okta.log.stream",
    input: ({ sinceMs, untilMs, types }) => ({
      ...{ since: new Date(sinceMs).toISOString(), until: new Date(untilMs).toISOString() },
      ...filterOf(types),
    }),
    read(item, own): InboundEvent | undefined {
      const event = readEvent(item, { pointer: "", ownActors: own });
      return "problem" in event ? undefined : event;
    },
  },
};

/** The user whose token it is, or the service app itself. A credential that the org refuses can have changed nothing there. */
async function ownActors(rest: Pick<ActionRest, "get">, clientId: string | null): Promise<readonly string[]> {
  if (clientId !== null) return [clientId];
  const answer = await rest.get({ path: ["api", "v1", "users", "me"] });
  if ([401, 403, 404].includes(answer.status)) return [];
  if (answer.status !== 200) throw explain(answer);
  const id = text(membersOf(answer.body)["id"]);
  return id === null ? [] : [id];
}

/**
 * What the active hooks to our address are to be sent. One that was not verified is sent nothing, and lacks all of it. Of a type with a
 * condition nobody but Okta can tell what would have been sent.
 */
function readSubscription(output: unknown, isOurs: (uri: string) => boolean): Subscription {
  const types = new Set<string>();
  let sinceMs = Number.POSITIVE_INFINITY;
  for (const hook of readList(membersOf(output)["hooks"]).map(membersOf)) {
    if (hook["status"] !== "ACTIVE" || !isOurs(text(hook["uri"]) ?? "")) continue;
    const conditional = new Set(readList(hook["filter"]).map((one) => text(membersOf(one)["event"])));
    for (const type of readList(hook["events"])) if (typeof type === "string" && !conditional.has(type)) types.add(type);
    const createdMs = Date.parse(text(hook["created"]) ?? "");
    sinceMs = Math.min(sinceMs, Number.isNaN(createdMs) ? 0 : createdMs);
  }
  return { types, sinceMs };
}

function filterOf(types: ReadonlySet<string>): { readonly filter?: string } {
  const filter = [...types]
    .toSorted()
    .map((type) => `eventType eq "${type}"`)
    .join(" or ");
  return filter.length > longestFilter ? {} : { filter };
}
