import { stream, streamMembers } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../docs-link.ts";
import { closed, membersOf, nullable, readList, text, unexpected } from "../schemas.ts";

const item = closed({
  id: Type.String(),
  name: nullable(Type.String()),
  displayName: nullable(Type.String()),
  description: nullable(Type.String()),
  isDefault: nullable(Type.Boolean({ description: "Is it what a user is of who was made without a type?" })),
  created: nullable(Type.String()),
  lastUpdated: nullable(Type.String()),
});

/** The user types of an org. Okta gives them as one list. */
export const streamUserTypes = stream({
  name: "okta.userType.stream",
  title: "Look up User Types Stream",
  summary: "Yields the org's user types: the default one, and those that were made.",
  category: "User management",
  docs: docsOf("UserType", "listUserTypes"),
  version: 1,
  scopes: ["okta.userTypes.read"],
  input: closed(streamMembers),
  item,
  examples: [{ title: "All", input: {} }],
  start: () => ({ method: "GET", path: ["api", "v1", "meta", "types", "user"] }),
  page: (response) => ({ items: readList(response.body).map(readUserType), last: true }),
  identify: (type) => type.id,
  limit: (wish) => wish.maxItems,
});

function readUserType(value: unknown): Static<typeof item> {
  const type = membersOf(value);
  const id = text(type["id"]);
  if (id === null) throw unexpected("user type");
  return {
    id,
    name: text(type["name"]),
    displayName: text(type["displayName"]),
    description: text(type["description"]),
    isDefault: typeof type["default"] === "boolean" ? type["default"] : null,
    created: text(type["created"]),
    lastUpdated: text(type["lastUpdated"]),
  };
}
