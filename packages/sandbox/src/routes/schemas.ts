import { type Answer, type ApiRequest, answer, objectMember, type Route } from "../http/exchange.ts";
import { type Refusal, refuseUnknown } from "../state/refusal.ts";
import { appUserBase, groupBase, noCustom, type ProfileDefinition, userBase } from "../state/schemas/profile-definition.ts";

/** When Okta made the schemas and types that every org has. */
export const orgBegan = "2024-01-01T00:00:00.000Z";

interface Described {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly base: ProfileDefinition;
  readonly custom?: ProfileDefinition;
  readonly self: string;
}

function part(name: string, { properties, required }: ProfileDefinition) {
  return { id: `#${name}`, type: "object", properties, required };
}

function show({ id, name, title, description, base, custom = noCustom, self }: Described): Answer {
  const schema = {
    id,
    $schema: "http://json-schema.org/draft-04/schema#",
    name,
    title,
    ...(description !== undefined && { description }),
    lastUpdated: orgBegan,
    created: orgBegan,
    definitions: { custom: part("custom", custom), base: part("base", base) },
    type: "object",
    properties: { profile: { allOf: [{ $ref: "#/definitions/custom" }, { $ref: "#/definitions/base" }] } },
    _links: { self: { href: self } },
  };
  return answer(JSON.stringify(schema));
}

function userSchema({ org, origin, params }: ApiRequest): Answer | Refusal {
  const asked = params["schemaId"] as string;
  if (asked !== "default" && asked !== org.userSchemaId) return refuseUnknown(asked, "Schema");
  return show({
    id: `${origin}/meta/schemas/user/${org.userSchemaId}`,
    name: "user",
    title: "User",
    base: userBase,
    custom: org.userAttributes.definition(),
    self: `${origin}/api/v1/meta/schemas/user/${org.userSchemaId}`,
  });
}

function groupSchema({ org, origin }: ApiRequest): Answer {
  return show({
    id: `${origin}/meta/schemas/group/${org.groupSchemaId}`,
    name: "group",
    title: "Okta group",
    description: "Okta group profile template",
    base: groupBase,
    custom: org.groupAttributes.definition(),
    self: `${origin}/api/v1/meta/schemas/group/default`,
  });
}

/** Okta's partial update of a schema: of the org's own attributes alone. */
function updating(show: (request: ApiRequest) => Answer | Refusal, kind: "userAttributes" | "groupAttributes") {
  return (request: ApiRequest): Answer | Refusal => {
    const found = show(request);
    if (found.kind === "refused") return found;
    const refusal = request.org[kind].update(objectMember(request, "definitions")?.["custom"]);
    if (refusal) return refusal;
    const shown = show(request);
    const object = kind === "userAttributes" ? request.org.userSchemaId : request.org.groupSchemaId;
    return shown.kind === "refused" ? shown : { ...shown, effects: [{ effect: "schema.updated", object, changed: true }] };
  };
}

function appSchema({ org, origin, params }: ApiRequest): Answer | Refusal {
  const id = params["appId"] as string;
  const app = org.apps.byId(id);
  if (!app) return refuseUnknown(id, "AppInstance");
  const self = `${origin}/api/v1/meta/schemas/apps/${id}/default`;
  return show({ id: self, name: app.name, title: `${app.label} User`, base: appUserBase, self });
}

/** The schemas of users' and groups' profiles, and of users' profiles in applications. */
export const schemaRoutes: readonly Route[] = [
  { method: "GET", template: "/api/v1/meta/schemas/user/{schemaId}", handle: userSchema },
  { method: "POST", template: "/api/v1/meta/schemas/user/{schemaId}", handle: updating(userSchema, "userAttributes") },
  { method: "GET", template: "/api/v1/meta/schemas/group/default", handle: groupSchema },
  { method: "POST", template: "/api/v1/meta/schemas/group/default", handle: updating(groupSchema, "groupAttributes") },
  { method: "GET", template: "/api/v1/meta/schemas/apps/{appId}/default", handle: appSchema },
];
