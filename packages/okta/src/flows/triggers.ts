import type { TriggerSample } from "@longarm/shared";
import { recordTriggers } from "./record-triggers.ts";

/** CEL: a member of the event's data, or else another text. */
function dataOr(member: string, other: string): string {
  return `has(event.data.${member}) ? event.data.${member} : ${other}`;
}

/**
 * The sample triggers of the sample flows, to be copied, bound to a connection and enabled. Their events carry `login`, and perhaps `email`,
 * `firstName`, `lastName`, `groups` (names) and `origin`.
 */
export const triggers: readonly TriggerSample[] = [
  {
    name: "okta.addUserToGroup",
    title: "Add User to Okta Group",
    on: { source: "event", type: "user.created", filter: "has(event.data.groups) && size(event.data.groups) > 0" },
    flow: "okta.flow.addUserToGroup",
    input: { user: "event.data.login", groupName: "event.data.groups[0]" },
  },
  {
    name: "okta.onboardUser",
    title: "Onboard User in Okta",
    on: { source: "event", type: "user.created" },
    flow: "okta.flow.onboardUser",
    input: {
      profile: {
        login: "event.data.login",
        email: dataOr("email", "event.data.login"),
        firstName: dataOr("firstName", "event.data.login"),
        lastName: dataOr("lastName", "event.data.login"),
      },
      // What Okta itself has put into the source is not answered.
      origin: dataOr("origin", "''"),
    },
  },
  {
    name: "okta.removeMembershipsOnDeactivation",
    title: "Remove Okta Group Membership on Deactivation",
    on: { source: "event", type: "user.deactivated" },
    flow: "okta.flow.removeMembershipsOnDeactivation",
    input: { user: "event.data.login", ruleManaged: "'skip'" },
  },
  ...recordTriggers,
];
