import type { Org } from "../org.ts";

/** Where the sandbox itself takes events, so that a hook can be tried without an endpoint of one's own. */
export const ownEndpoint = "/sandbox/endpoint";

/** Gives the org an event hook that leads to the sandbox itself: active, and to be verified. */
export function seedHook(org: Org, origin: string): void {
  const now = org.now();
  org.hooks.add({
    name: "Sandbox endpoint",
    description: null,
    events: ["user.lifecycle.create", "user.lifecycle.activate", "user.lifecycle.suspend"],
    filters: null,
    channel: { uri: `${origin}${ownEndpoint}`, headers: [], authScheme: { key: "Authorization", value: "sandbox" } },
    status: "ACTIVE",
    verificationStatus: "UNVERIFIED",
    ...{ created: now, createdBy: org.adminId, lastUpdated: now },
  });
}
