import { randomUUID } from "node:crypto";
import type { Org } from "../org.ts";
import { loginOf } from "../users/user.ts";
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

/** Something that was done to an object of the org. */
interface Done {
  readonly effect: string;
  /** Its id; of a membership or an assignment both ids, with a slash between them. */
  readonly object: string;
  readonly changed: boolean;
}

/** The request that did it. */
export interface Cause {
  readonly requestId: string;
  readonly path: string;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
}

function namesOf(org: Org, type: TargetType, id: string): { readonly alternateId: string; readonly displayName: string } {
  const unknown = { alternateId: "unknown", displayName: "unknown" };
  switch (type) {
    case "User": {
      const user = org.users.byId(id);
      return user
        ? { alternateId: loginOf(user), displayName: `${String(user.profile["firstName"])} ${String(user.profile["lastName"])}` }
        : unknown;
    }
    case "UserGroup":
      return { alternateId: "unknown", displayName: org.groups.byId(id)?.profile.name ?? "unknown" };
    case "AppInstance":
      return { alternateId: "unknown", displayName: org.apps.byId(id)?.label ?? "unknown" };
    case "GroupRule":
      return { alternateId: "unknown", displayName: org.groupRules.byId(id)?.name ?? "unknown" };
    case "EventHook":
      return { alternateId: "unknown", displayName: org.hooks.byId(id)?.name ?? "unknown" };
  }
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

/** The event that an effect is logged as; undefined for one that is not logged, or that changed nothing. */
export function logEventOf(org: Org, effect: Done, cause: Cause): LogEvent | undefined {
  const kind = eventTypes[effect.effect];
  if (!kind || !effect.changed) return undefined;
  const { requestId, path } = cause;
  return {
    actor: { id: org.adminId, type: "User", alternateId: "admin@example.com", displayName: "Sandbox Administrator", detailEntry: null },
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
    debugContext: { debugData: { requestId, requestUri: path, url: path } },
    legacyEventType: null,
    transaction: { type: "WEB", id: requestId, detail: {} },
    uuid: randomUUID(),
    version: "0",
    request: { ipChain: [] },
    target: targetsOf(org, kind, effect.object),
  };
}
