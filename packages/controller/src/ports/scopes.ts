/** What may be granted; each route asks for one of them. A new one is a line here, and is granted to nobody but who has all. */
export const scopes = [
  "actions:read",
  "agents:admin",
  "agents:read",
  "api-keys:read",
  "api-keys:write",
  "audit:read",
  "connections:read",
  "connections:write",
  "credentials:read",
  "credentials:write",
  "events:read",
  "events:write",
  "keys:admin",
  "metrics:read",
  "records:read",
  "records:write",
  "runs:approve",
  "runs:delete",
  "runs:read",
  "runs:submit",
  "schedules:read",
  "schedules:write",
  "syncs:read",
  "syncs:write",
] as const;
/** A member of the closed list. */
export type Scope = (typeof scopes)[number];
