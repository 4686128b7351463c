import { type Answer, type ApiRequest, answer, type Route } from "../http/exchange.ts";
import { type Refusal, refuseUnknown } from "../state/refusal.ts";
import { orgBegan } from "./schemas.ts";

// The description of the type that every org begins with is null in recorded answers, where the API's document says string.
function showDefault({ org, origin }: ApiRequest): string {
  const self = `${origin}/api/v1/meta/types/user/${org.userTypeId}`;
  const schema = `${origin}/api/v1/meta/schemas/user/${org.userSchemaId}`;
  return JSON.stringify({
    id: org.userTypeId,
    displayName: "User",
    name: "user",
    description: null,
    createdBy: org.adminId,
    lastUpdatedBy: org.adminId,
    created: orgBegan,
    lastUpdated: orgBegan,
    default: true,
    _links: { self: { href: self }, schema: { href: schema } },
  });
}

function one(request: ApiRequest): Answer | Refusal {
  const asked = request.params["typeId"] as string;
  const isKnown = asked === "default" || asked === request.org.userTypeId;
  return isKnown ? answer(showDefault(request)) : refuseUnknown(asked, "UserType");
}

/** User types: the default one, which every org has. */
export const userTypeRoutes: readonly Route[] = [
  { method: "GET", template: "/api/v1/meta/types/user", handle: (request) => answer(`[${showDefault(request)}]`) },
  { method: "GET", template: "/api/v1/meta/types/user/{typeId}", handle: one },
];
