import { randomUUID } from "node:crypto";
import type { Names } from "../departed.ts";
import type { Effect } from "../effect.ts";
import type { Org } from "../org.ts";
import { loginOf, type UserRecord } from "../users/user.ts";
import { type EventType, eventTypes, type TargetType } from "./event-types.ts";

/** An object that an event is about. */
interface Target {
  readonly id: string;
  readonly type: TargetType;
  readonly alternateId: string;
  readonly displayName: string;
  readonly detailEntry: null;
}

/** An event as Okta writes it, nulls included that its own document does not allow. */
export interface LogEvent {
  readonly uuid: string;
  /** ISO 8601 in UTC. */
  readonly published: string;
  readonly eventType: string;
  readonly target: readonly Target[];
  readonly [member: string]: unknown;
}

/** The request that did it. */
export interface Cause {
  readonly requestId: string;
  readonly path: string;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
}

/** How the log names a user. */
export function namesOfUser(user: UserRecord): Names {
  return { alternateId: loginOf(user), displayName: `${String(user.profile["firstName"])} ${String(user.profile["lastName"])}` };
}

function displayNameOf(org: Org, type: Exclude<TargetType, "User">, id: string): string | undefined {
  switch (type) {
    case "UserGroup":
      return org.groups.byId(id)?.profile.name;
    case "AppInstance":
      return org.apps.byId(id)?.label;
    case "GroupRule":
      return org.groupRules.byId(id)?.name;
    case "EventHook":
      return org.hooks.byId(id)?.name;
    case "UserType":
      return org.userTypes.byId(id)?.displayName;
    case "Schema":
      return org.userTypes.bySchema(id)?.displayName ?? "Group";
  }
}

function namesOf(org: Org, type: TargetType, id: string): Names {
  const user = type === "User" ? org.users.byId(id) : undefined;
  if (user) return namesOfUser(user);
  const displayName = type === "User" ? undefined : displayNameOf(org, type, id);
  const before = displayName === undefined ? org.departed.namesOf(id) : undefined;
  return before ?? { alternateId: "unknown", displayName: displayName ?? "unknown" };
}

function targetsOf(org: Org, { targets }: EventType, object: string): readonly Target[] {
  return object.split("/").flatMap((id, at) => {
    const type = targets[at];
    return type ? [{ id, type, ...namesOf(org, type, id), detailEntry: null }] : [];
  });
}

function clientOf({ userAgent, address }: Cause) {
  return {
    userAgent: { rawUserAgent: userAgent ?? null, os: "Unknown", browser: "UNKNOWN" },
    zone: "null",
    device: "Unknown",
    id: null,
    ipAddress: address ?? null,
    geographicalContext: null,
  };
}

interface Actor extends Names {
  readonly id: string;
  readonly type: "User" | "SystemPrincipal";
  readonly detailEntry: null;
}

// Whom a group rule's doings are logged as, and that its id stands in the debug data, is as seen in logs of orgs.
function actorOf(org: Org, { byRule }: Effect): Actor {
  if (byRule === undefined)
    return { id: org.adminId, type: "User", alternateId: "admin@example.com", displayName: "Sandbox Administrator", detailEntry: null };
  return { id: org.systemId, type: "SystemPrincipal", alternateId: "system@okta.com", displayName: "Okta System", detailEntry: null };
}

function debugDataOf({ byRule, attributes }: Effect, { requestId, path }: Cause): Readonly<Record<string, string>> {
  return {
    ...{ requestId, requestUri: path, url: path },
    ...(byRule !== undefined && { triggeredByGroupRuleId: byRule }),
    ...(attributes && { changedAttributes: attributes.join(",") }),
  };
}

/** The event that an effect is logged as; undefined for one that is not logged, or that changed nothing. */
export function logEventOf(org: Org, effect: Effect, cause: Cause): LogEvent | undefined {
  const kind = eventTypes[effect.effect];
  if (!kind || !effect.changed) return undefined;
  const { requestId } = cause;
  return {
    actor: actorOf(org, effect),
    client: clientOf(cause),
    device: null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      rootSessionId: null,
      externalSessionId: "trs" + requestId.slice(0, 16),
    },
    displayMessage: kind.says,
    eventType: kind.type,
    outcome: { result: "SUCCESS", reason: null },
    published: org.now(),
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    severity: "INFO",
    debugContext: { debugData: debugDataOf(effect, cause) },
    legacyEventType: null,
    transaction: { type: effect.byRule === undefined ? "WEB" : "JOB", id: requestId, detail: {} },
    uuid: randomUUID(),
    version: "0",
    request: { ipChain: [] },
    target: targetsOf(org, kind, effect.object),
  };
}
