import { pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import Type from "typebox";
import { appInput, appRefused, appUserSchema, readAppUser } from "../apps.ts";
import { docsOf } from "../docs-link.ts";
import { closed, readList } from "../schemas.ts";

/** Row "Look up Users by Application ID Stream". Okta's link to the next page forgets `expand`, so it is set again on each. */
export const streamAppUsers = stream({
  name: "okta.app.streamUsers",
  title: "Look up Users by Application ID Stream",
  summary: "Yields the users of an application, page by page: those assigned by themselves and those through a group.",
  category: "Application access",
  docs: docsOf("ApplicationUsers", "listApplicationUsers"),
  version: 1,
  scopes: ["okta.apps.read"],
  input: closed({
    app: appInput,
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 256, description: "The beginning of a user's name, login or email." })),
    expand: Type.Optional(Type.Enum(["user"], { description: "Gives each assignment its whole user." })),
    ...streamMembers,
  }),
  item: appUserSchema,
  examples: [{ title: "With their users", input: { app: "0oaqQqYK1r4RI50tJT5S", expand: "user" } }],
  start: ({ app, q, expand, ...sizes }) => ({
    method: "GET",
    path: ["api", "v1", "apps", app, "users"],
    query: { q, expand, limit: pageSizeOf(sizes, { usual: 500, max: 500 }) },
    repeats: ["expand"],
  }),
  page: (response) => ({ items: readList(response.body).map(readAppUser) }),
  refused: appRefused,
  identify: (assigned) => assigned.id,
  limit: (wish) => wish.maxItems,
});
