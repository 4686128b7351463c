import { type Answer, type ApiRequest, answer, objectMember, type Route } from "../http/exchange.ts";
import { changed } from "../state/effect.ts";
import { type Refusal, refuseUnknown } from "../state/refusal.ts";
import type { CustomAttributes } from "../state/schemas/custom-attributes.ts";
import { appUserBase, groupBase, noCustom, type ProfileDefinition, userBase } from "../state/schemas/profile-definition.ts";
import { orgBegan } from "../state/users/user-types.ts";

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
  const type = org.userTypes.bySchema(asked);
  if (!type) return refuseUnknown(asked, "Schema");
  const { schemaId, name, displayName, attributes } = type;
  return show({
    id: `${origin}/meta/schemas/user/${schemaId}`,
    name,
    title: displayName,
    base: userBase,
    custom: attributes.definition(),
    self: `${origin}/api/v1/meta/schemas/user/${schemaId}`,
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

interface Updated {
  readonly attributes: CustomAttributes;
  readonly schemaId: string;
  readonly effect: string;
  readonly show: (request: ApiRequest) => Answer | Refusal;
}

/** Okta's partial update of a schema: of the org's own attributes alone. */
function update(request: ApiRequest, { attributes, schemaId, effect, show }: Updated): Answer | Refusal {
  const refusal = attributes.update(objectMember(request, "definitions")?.["custom"]);
  if (refusal) return refusal;
  const shown = show(request);
  return shown.kind === "refused" ? shown : { ...shown, effects: [changed(effect, schemaId)] };
}

function updateUserSchema(request: ApiRequest): Answer | Refusal {
  const asked = request.params["schemaId"] as string;
  const type = request.org.userTypes.bySchema(asked);
  if (!type) return refuseUnknown(asked, "Schema");
  return update(request, { attributes: type.attributes, schemaId: type.schemaId, effect: "userSchema.updated", show: userSchema });
}

function updateGroupSchema(request: ApiRequest): Answer | Refusal {
  const { groupAttributes, groupSchemaId } = request.org;
  return update(request, { attributes: groupAttributes, schemaId: groupSchemaId, effect: "groupSchema.updated", show: groupSchema });
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
  { method: "POST", template: "/api/v1/meta/schemas/user/{schemaId}", handle: updateUserSchema },
  { method: "GET", template: "/api/v1/meta/schemas/group/default", handle: groupSchema },
  { method: "POST", template: "/api/v1/meta/schemas/group/default", handle: updateGroupSchema },
  { method: "GET", template: "/api/v1/meta/schemas/apps/{appId}/default", handle: appSchema },
];
