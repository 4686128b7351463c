import { expectsKeyword } from "@longarm/shared/schema";
import { invalidInput, pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import Type from "typebox";
import { appSchema, readApp } from "../apps.ts";
import { docsOf } from "../docs-link.ts";
import { compare } from "../expressions.ts";
import { userNotFound } from "../identity.ts";
import { closed, membersOf, readList } from "../schemas.ts";

/** Row "Look up Applications Stream". */
export const streamApps = stream({
  name: "okta.app.stream",
  title: "Look up Applications Stream",
  summary: "Yields the org's applications, page by page, without their credentials.",
  category: "Application management",
  docs: docsOf("Application", "listApplications"),
  version: 1,
  scopes: ["okta.apps.read"],
  input: closed({
    filter: Type.Optional(Type.String({ minLength: 1, maxLength: 4000, description: 'Such as status eq "ACTIVE".' })),
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "The beginning of a name or label." })),
    user: Type.Optional(
      Type.String({
        pattern: "^00u[A-Za-z0-9]{17}$",
        [expectsKeyword]: "a user's id, e.g. 00u…",
        description: "Only those that this user has, by itself or through a group; not with filter.",
      }),
    ),
    includeNonDeleted: Type.Optional(Type.Boolean({ description: "Also those that are being deleted." })),
    ...streamMembers,
  }),
  item: appSchema,
  examples: [
    { title: "All", input: {} },
    { title: "Active ones", input: { filter: 'status eq "ACTIVE"' } },
    { title: "Those of a user", input: { user: "00uAgSH93XNzB10tJoBo" } },
  ],
  start({ filter, user, q, includeNonDeleted, ...sizes }) {
    if (filter !== undefined && user !== undefined)
      throw invalidInput("okta.app.stream", [{ in: "input", pointer: "", problem: "takes at most one of filter and user" }]);
    const limit = pageSizeOf(sizes, { usual: 200, max: 200 });
    // Expanded, each application comes with the user's assignment.
    const selection = user === undefined ? { filter } : { filter: compare("user.id", "eq", user), expand: `user/${user}` };
    return {
      method: "GET",
      path: ["api", "v1", "apps"],
      query: { ...selection, q, includeNonDeleted, limit },
      repeats: ["filter", "expand"],
    };
  },
  page: (response) => ({ items: readList(response.body).map(readApp) }),
  // The filter is ours and well formed: what Okta finds invalid of the request can only be the user.
  refused: ({ status, body }, { user }) =>
    user !== undefined && (status === 404 || (status === 400 && membersOf(body)["errorCode"] === "E0000001"))
      ? userNotFound(user)
      : undefined,
  identify: (app) => app.id,
  limit: (wish) => wish.maxItems,
});
