import type { AnyDefinition } from "@longarm/spoke";
import type { SandboxOrg } from "./sandbox.ts";

/** Asks an endpoint on the internet, which a test has not. */
const unreachable = "okta.eventHook.verify";

/** First what makes what others take, last what takes it away. */
const first = "okta.eventHook.create";
const last = ["okta.eventHook.update", "okta.eventHook.deactivate", "okta.eventHook.activate", "okta.user.delete"];

function place({ name }: AnyDefinition): number {
  return name === first ? -1 : 1 + last.indexOf(name);
}

/** The definitions whose examples run against an org of 100 users in mixed statuses, one after the other in this order. */
export function inOrder(definitions: readonly AnyDefinition[]): readonly AnyDefinition[] {
  return definitions.filter(({ name }) => name !== unreachable).toSorted((a, b) => place(a) - place(b));
}

/** Lets happen what the examples of a definition wait for. */
export async function prepareExample(org: SandboxOrg, { name }: AnyDefinition): Promise<void> {
  if (name === "okta.log.stream")
    await org.call("POST", "/api/v1/users", {
      profile: { firstName: "A", lastName: "B", email: "logged@example.com", login: "logged@example.com" },
    });
}
