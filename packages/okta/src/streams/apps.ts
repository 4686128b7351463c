import { pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import Type from "typebox";
import { appSchema, readApp } from "../apps.ts";
import { docsOf } from "../docs-link.ts";
import { closed, readList } from "../schemas.ts";

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
    includeNonDeleted: Type.Optional(Type.Boolean({ description: "Also those that are being deleted." })),
    ...streamMembers,
  }),
  item: appSchema,
  examples: [
    { title: "All", input: {} },
    { title: "Active ones", input: { filter: 'status eq "ACTIVE"' } },
  ],
  start: ({ filter, q, includeNonDeleted, ...sizes }) => ({
    method: "GET",
    path: ["api", "v1", "apps"],
    query: { filter, q, includeNonDeleted, limit: pageSizeOf(sizes, { usual: 200, max: 200 }) },
  }),
  page: (response) => ({ items: readList(response.body).map(readApp) }),
  identify: (app) => app.id,
  limit: (wish) => wish.maxItems,
});
