import { expectsKeyword } from "@longarm/shared/schema";
import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { anyOf, compare } from "../../expressions.ts";
import { listPages, mostItems } from "../../paging.ts";
import { closed, type Group, groupSchema, nullable, readGroup, readList } from "../../schemas.ts";

/** Changes of the last moments may not stand in the list yet; the next pull begins this much earlier. */
const overlapMs = 60_000;

/**
 * Row "Get Groups": the groups that are new or changed since a moment, in profile or in members. The watermark for the next pull
 * comes from the org's own clock at the first page, and only with the last page: a pull that broke off must not move it.
 */
export const getChangedGroups = action({
  name: "okta.group.getChanged",
  title: "Get Groups",
  summary: "Reads the groups that are new or changed since a moment, and the moment to ask from the next time.",
  category: "Group management",
  docs: docsOf("Group", "listGroups"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.groups.read"],
  input: closed({
    since: Type.Optional(
      Type.String({
        pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$",
        [expectsKeyword]: "a moment in UTC, e.g. 2026-01-31T08:00:00Z",
        description: "The watermark of the pull before; absent: all groups.",
      }),
    ),
  }),
  output: closed({
    groups: Type.Array(groupSchema),
    watermark: nullable(Type.String({ description: "What to give as `since` the next time; null when not every group was read." })),
    truncated: Type.Boolean({ description: "There are more than 10,000; okta.group.stream reads them all." }),
  }),
  examples: [
    { title: "All", input: {} },
    { title: "Since a moment", input: { since: "2026-01-31T08:00:00Z" } },
  ],
  async run({ rest }, { since }) {
    const groups: Group[] = [];
    let firstDate: string | undefined;
    const filter =
      since === undefined ? undefined : anyOf(compare("lastUpdated", "gt", since), compare("lastMembershipUpdated", "gt", since));
    for await (const page of listPages(rest, { path: ["api", "v1", "groups"], query: { filter, limit: 200 } })) {
      firstDate ??= page.headers["date"] ?? "";
      groups.push(...readList(page.body).map(readGroup));
      if (groups.length > mostItems) return { groups: groups.slice(0, mostItems), watermark: null, truncated: true };
    }
    return { groups, watermark: watermarkOf(firstDate), truncated: false };
  },
});

function watermarkOf(date: string | undefined): string | null {
  const ms = Date.parse(date ?? "");
  return Number.isNaN(ms) ? null : new Date(ms - overlapMs).toISOString();
}
