import { type Answer, type ApiRequest, answer, type Route } from "../http/exchange.ts";
import { changed } from "../state/effect.ts";
import { type Refusal, refuseUnknown } from "../state/refusal.ts";
import type { UserType } from "../state/users/user-types.ts";

function show({ org, origin }: ApiRequest, type: UserType): string {
  const { id, schemaId, displayName, name, description, created, isDefault } = type;
  return JSON.stringify({
    id,
    displayName,
    name,
    description,
    createdBy: org.adminId,
    lastUpdatedBy: org.adminId,
    created,
    lastUpdated: created,
    default: isDefault,
    _links: {
      self: { href: `${origin}/api/v1/meta/types/user/${id}` },
      schema: { href: `${origin}/api/v1/meta/schemas/user/${schemaId}` },
    },
  });
}

function list(request: ApiRequest): Answer {
  const shown = request.org.userTypes.all().map((type) => show(request, type));
  return answer(`[${shown.join(",")}]`);
}

function one(request: ApiRequest): Answer | Refusal {
  const asked = request.params["typeId"] as string;
  const type = request.org.userTypes.byId(asked);
  return type ? answer(show(request, type)) : refuseUnknown(asked, "UserType");
}

function create(request: ApiRequest): Answer | Refusal {
  const { name, displayName, description } = request.body;
  const made = request.org.userTypes.add({ name, displayName, description }, request.org.now());
  if (made.kind === "refused") return made;
  return answer(show(request, made.type), { effects: [changed("userType.created", made.type.id)] });
}

/** User types: the default one, which every org has, and those that were made. */
export const userTypeRoutes: readonly Route[] = [
  { method: "GET", template: "/api/v1/meta/types/user", handle: list },
  { method: "POST", template: "/api/v1/meta/types/user", handle: create },
  { method: "GET", template: "/api/v1/meta/types/user/{typeId}", handle: one },
];
