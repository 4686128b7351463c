import type { AnyDefinition } from "@longarm/spoke";
import type { SandboxOrg } from "./sandbox.ts";

/** What takes away what others need. */
const last = ["okta.eventHook.deactivate", "okta.eventHook.activate"];

/** The definitions whose examples run against an org of 100 users in mixed statuses, one after the other in this order. */
export function inOrder(definitions: readonly AnyDefinition[]): readonly AnyDefinition[] {
  return definitions.toSorted((a, b) => last.indexOf(a.name) - last.indexOf(b.name));
}

/** Lets happen what the examples of a definition wait for. */
export async function prepareExample(org: SandboxOrg, { name }: AnyDefinition): Promise<void> {
  if (name === "okta.log.stream")
    await org.call("POST", "/api/v1/users", {
      profile: { firstName: "A", lastName: "B", email: "logged@example.com", login: "logged@example.com" },
    });
}
