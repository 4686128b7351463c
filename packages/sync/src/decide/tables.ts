import type { Column, ColumnType, Table, TableName } from "./table.ts";

function column(name: string, from: string, type: ColumnType = "text"): Column {
  return { name, type, from: from === "parent" ? from : from.split(".") };
}

const moments = (...names: readonly (readonly [name: string, member: string])[]): readonly Column[] =>
  names.map(([name, member]) => column(name, member, "moment"));

const users: Table = {
  name: "users",
  key: ["id"],
  keepsItem: true,
  omitted: [["credentials"]],
  columns: [
    column("id", "id"),
    column("status", "status"),
    column("login", "profile.login"),
    column("email", "profile.email"),
    column("second_email", "profile.secondEmail"),
    column("first_name", "profile.firstName"),
    column("last_name", "profile.lastName"),
    column("display_name", "profile.displayName"),
    column("title", "profile.title"),
    column("department", "profile.department"),
    column("division", "profile.division"),
    column("organization", "profile.organization"),
    column("cost_center", "profile.costCenter"),
    column("employee_number", "profile.employeeNumber"),
    column("user_type", "profile.userType"),
    column("manager_id", "profile.managerId"),
    column("manager", "profile.manager"),
    column("mobile_phone", "profile.mobilePhone"),
    column("city", "profile.city"),
    column("country_code", "profile.countryCode"),
    column("type_id", "type.id"),
    column("provider_type", "credentials.provider.type"),
    column("provider_name", "credentials.provider.name"),
    column("transitioning_to", "transitioningToStatus"),
    ...moments(
      ["created", "created"],
      ["activated", "activated"],
      ["status_changed", "statusChanged"],
      ["last_login", "lastLogin"],
      ["last_updated", "lastUpdated"],
      ["password_changed", "passwordChanged"],
    ),
  ],
};

const groups: Table = {
  name: "groups",
  key: ["id"],
  keepsItem: true,
  omitted: [],
  columns: [
    column("id", "id"),
    column("type", "type"),
    column("name", "profile.name"),
    column("description", "profile.description"),
    column("source_id", "source.id"),
    ...moments(["created", "created"], ["last_updated", "lastUpdated"], ["last_membership_updated", "lastMembershipUpdated"]),
  ],
};

const groupMembers: Table = {
  name: "group_members",
  key: ["group_id", "user_id"],
  keepsItem: false,
  omitted: [],
  columns: [column("group_id", "parent"), column("user_id", "id")],
};

const apps: Table = {
  name: "apps",
  key: ["id"],
  keepsItem: true,
  // For some kinds of application Okta sends the client secret here.
  omitted: [["credentials"]],
  columns: [
    column("id", "id"),
    column("name", "name"),
    column("label", "label"),
    column("status", "status"),
    column("sign_on_mode", "signOnMode"),
    column("features", "features", "json"),
    ...moments(["created", "created"], ["last_updated", "lastUpdated"]),
  ],
};

const appUsers: Table = {
  name: "app_users",
  key: ["app_id", "user_id"],
  keepsItem: true,
  omitted: [["credentials"], ["_embedded"]],
  columns: [
    column("app_id", "parent"),
    column("user_id", "id"),
    column("scope", "scope"),
    column("status", "status"),
    column("user_name", "credentials.userName"),
    column("external_id", "externalId"),
    column("sync_state", "syncState"),
    ...moments(
      ["created", "created"],
      ["last_updated", "lastUpdated"],
      ["status_changed", "statusChanged"],
      ["password_changed", "passwordChanged"],
    ),
  ],
};

const appGroups: Table = {
  name: "app_groups",
  key: ["app_id", "group_id"],
  keepsItem: true,
  omitted: [["_embedded"]],
  columns: [
    column("app_id", "parent"),
    column("group_id", "id"),
    column("priority", "priority", "number"),
    ...moments(["last_updated", "lastUpdated"]),
  ],
};

const logs: Table = {
  name: "logs",
  key: ["uuid"],
  keepsItem: true,
  omitted: [],
  columns: [
    column("uuid", "uuid"),
    column("published", "published", "moment"),
    column("event_type", "eventType"),
    column("severity", "severity"),
    column("display_message", "displayMessage"),
    column("outcome", "outcome.result"),
    column("outcome_reason", "outcome.reason"),
    column("actor_id", "actor.id"),
    column("actor_type", "actor.type"),
    column("actor_name", "actor.alternateId"),
    column("client_ip", "client.ipAddress"),
    column("transaction_id", "transaction.id"),
    column("targets", "target", "json"),
  ],
};

const userTypes: Table = {
  name: "user_types",
  key: ["id"],
  keepsItem: true,
  omitted: [],
  columns: [
    column("id", "id"),
    column("name", "name"),
    column("display_name", "displayName"),
    column("description", "description"),
    column("is_default", "default", "boolean"),
    ...moments(["created", "created"], ["last_updated", "lastUpdated"]),
  ],
};

const eventHooks: Table = {
  name: "event_hooks",
  key: ["id"],
  keepsItem: true,
  omitted: [
    ["channel", "config", "authScheme"],
    ["channel", "config", "headers"],
  ],
  columns: [
    column("id", "id"),
    column("name", "name"),
    column("status", "status"),
    column("verification_status", "verificationStatus"),
    column("uri", "channel.config.uri"),
    column("events", "events.items", "json"),
    column("created_by", "createdBy"),
    ...moments(["created", "created"], ["last_updated", "lastUpdated"]),
  ],
};

/** The tables by their names. Columns are only ever added: a sink that was made before fills them from what it kept. */
export const tables: Readonly<Record<TableName, Table>> = {
  users,
  groups,
  group_members: groupMembers,
  apps,
  app_users: appUsers,
  app_groups: appGroups,
  logs,
  user_types: userTypes,
  event_hooks: eventHooks,
};
