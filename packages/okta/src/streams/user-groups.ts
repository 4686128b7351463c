import { pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import { docsOf } from "../docs-link.ts";
import { resolveUserId, userNotFound } from "../identity.ts";
import { closed, groupSchema, readGroup, readList, userInput } from "../schemas.ts";

/** Row "Look up User Groups Stream". */
export const streamUserGroups = stream({
  name: "okta.user.streamGroups",
  title: "Look up User Groups Stream",
  summary: "Yields the groups that a user is in, page by page.",
  category: "Group membership",
  docs: docsOf("UserResources", "listUserGroups"),
  version: 1,
  scopes: ["okta.users.read"],
  input: closed({ user: userInput, ...streamMembers }),
  item: groupSchema,
  examples: [{ title: "By login", input: { user: "user000042@example.com" } }],
  prepare: async ({ rest }, wish) => ({ ...wish, user: await resolveUserId(rest, wish.user) }),
  start: (wish) => ({
    method: "GET",
    path: ["api", "v1", "users", wish.user, "groups"],
    query: { limit: pageSizeOf(wish, { usual: 200, max: 200 }) },
  }),
  page: (response) => ({ items: readList(response.body).map(readGroup) }),
  refused: ({ status }, { user }) => (status === 404 ? userNotFound(user) : undefined),
  identify: (group) => group.id,
  limit: (wish) => wish.maxItems,
});
