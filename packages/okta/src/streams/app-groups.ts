import { pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { appInput, appRefused } from "../apps.ts";
import { docsOf } from "../docs-link.ts";
import { closed, groupSchema, membersOf, nullable, profileSchema, readGroup, readList, unexpected } from "../schemas.ts";

const item = closed({
  id: Type.String({ description: "The group's id." }),
  groupName: nullable(Type.String()),
  priority: nullable(Type.Number()),
  lastUpdated: nullable(Type.String()),
  profile: nullable(profileSchema),
  group: nullable(groupSchema),
});

/** Row "Look up Groups by Application ID Stream". Okta gives bare ids unless it is asked to expand, on each page. */
export const streamAppGroups = stream({
  name: "okta.app.streamGroups",
  title: "Look up Groups by Application ID Stream",
  summary: "Yields the groups that are assigned to an application, page by page, each with its name.",
  category: "Application access",
  docs: docsOf("ApplicationGroups", "listApplicationGroupAssignments"),
  version: 1,
  scopes: ["okta.apps.read"],
  input: closed({
    app: appInput,
    expand: Type.Enum(["group", "metadata"], { default: "group", description: "With metadata the groups come without their names." }),
    ...streamMembers,
  }),
  item,
  examples: [{ title: "With their names", input: { app: "0oaqQqYK1r4RI50tJT5S", expand: "group" } }],
  start: ({ app, expand, ...sizes }) => ({
    method: "GET",
    path: ["api", "v1", "apps", app, "groups"],
    query: { expand, limit: Math.max(20, pageSizeOf(sizes, { usual: 200, max: 200 })) },
    repeats: ["expand"],
  }),
  page: (response) => ({ items: readList(response.body).map(readAssignment) }),
  refused: appRefused,
  identify: (assignment) => assignment.id,
  limit: (wish) => wish.maxItems,
});

function readAssignment(value: unknown): Static<typeof item> {
  const { id, priority, lastUpdated, profile, _embedded } = membersOf(value);
  if (typeof id !== "string") throw unexpected("assignment of a group");
  const embedded = membersOf(_embedded)["group"];
  const group = embedded === undefined || embedded === null ? null : readGroup(embedded);
  return {
    id,
    groupName: group?.name ?? null,
    priority: typeof priority === "number" ? priority : null,
    lastUpdated: typeof lastUpdated === "string" ? lastUpdated : null,
    profile: typeof profile === "object" && profile !== null ? { ...membersOf(profile) } : null,
    group,
  };
}
