import type { ApiRequest } from "../http/exchange.ts";
import type { GroupRecord } from "../state/groups/group.ts";

function logo(name: "medium" | "large", type: string): object {
  return {
    name,
    href: `https://ok12static.oktacdn.com/assets/img/logos/groups/${type}-${name}.png`,
    type: "image/png",
  };
}

/** A group as Okta shows it, alone or in a list. */
export function showGroup(group: GroupRecord, request: ApiRequest): string {
  const { id, created, lastUpdated, lastMembershipUpdated, objectClass, type, profile } = group;
  const self = `${request.origin}/api/v1/groups/${id}`;
  const picture = type === "APP_GROUP" ? "active_directory" : "okta";
  const links = {
    logo: [logo("medium", picture), logo("large", picture)],
    ...(group.sourceId !== null && {
      source: { href: `${request.origin}/api/v1/apps/${group.sourceId}` },
    }),
    users: { href: `${self}/users` },
    apps: { href: `${self}/apps` },
  };
  const source = group.sourceId === null ? {} : { source: { id: group.sourceId } };
  return JSON.stringify({
    id,
    created,
    lastUpdated,
    lastMembershipUpdated,
    objectClass,
    type,
    profile,
    ...source,
    _links: links,
  });
}
