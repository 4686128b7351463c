import { pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import { docsOf } from "../docs-link.ts";
import { groupNotFound, resolveGroupId } from "../identity.ts";
import { closed, groupInput, readList, readUser, userSchema } from "../schemas.ts";

/** Row "Look up Group Members Stream". */
export const streamGroupMembers = stream({
  name: "okta.group.streamMembers",
  title: "Look up Group Members Stream",
  summary: "Yields the users who are in a group, page by page.",
  category: "Group membership",
  docs: docsOf("Group", "listGroupUsers"),
  version: 1,
  scopes: ["okta.groups.read"],
  input: closed({ group: groupInput, ...streamMembers }),
  item: userSchema,
  examples: [{ title: "By name", input: { group: "name:Engineering" } }],
  prepare: async ({ rest }, wish) => ({ ...wish, group: await resolveGroupId(rest, wish.group) }),
  start: (wish) => ({
    method: "GET",
    path: ["api", "v1", "groups", wish.group, "users"],
    query: { limit: pageSizeOf(wish, { usual: 200, max: 1_000 }) },
  }),
  page: (response) => ({ items: readList(response.body).map(readUser) }),
  refused: ({ status }, { group }) => (status === 404 ? groupNotFound(group) : undefined),
  identify: (user) => user.id,
  limit: (wish) => wish.maxItems,
});
