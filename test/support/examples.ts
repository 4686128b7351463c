import type { AnyDefinition } from "@longarm/spoke";
import type { SandboxOrg } from "./sandbox.ts";

const user = "user000042@example.com";

/** What state the example's user must be in; the others take an active one. */
const states: Readonly<Record<string, string>> = {
  "okta.user.activate": "STAGED",
  "okta.user.reactivate": "PROVISIONED",
  "okta.user.unsuspend": "SUSPENDED",
  "okta.user.unlock": "LOCKED_OUT",
};

/** Asks an endpoint on the internet, which a test has not. */
const unreachable = "okta.eventHook.verify";

/** First what makes what others take, last what takes it away. */
const first = "okta.eventHook.create";
const last = ["okta.eventHook.update", "okta.eventHook.deactivate", "okta.eventHook.activate", "okta.user.delete"];

function place({ name }: AnyDefinition): number {
  return name === first ? -1 : 1 + last.indexOf(name);
}

/** The definitions whose examples run against an org of 100 users, one after the other in this order. */
export function inOrder(definitions: readonly AnyDefinition[]): readonly AnyDefinition[] {
  return definitions.filter(({ name }) => name !== unreachable).toSorted((a, b) => place(a) - place(b));
}

/** Brings the org into the state that the examples of a definition begin with. */
export async function prepareExample(org: SandboxOrg, { name }: AnyDefinition): Promise<void> {
  if (name.startsWith("okta.eventHook.")) return;
  await org.call("POST", `/sandbox/users/${user}/status`, { status: states[name] ?? "ACTIVE" });
  if (name === "okta.log.stream")
    await org.call("POST", "/api/v1/users", {
      profile: { firstName: "A", lastName: "B", email: "logged@example.com", login: "logged@example.com" },
    });
}
