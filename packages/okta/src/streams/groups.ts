import { invalidInput, pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../docs-link.ts";
import { closed, groupSchema, readGroup, readList } from "../schemas.ts";

const name = "okta.group.stream";
const sizes = { usual: 200, max: 10_000 };
// What the beginning of a name finds comes as one page, of no more than this.
const sizesByBeginning = { usual: 300, max: 300 };
const expression = Type.String({ minLength: 1, maxLength: 4000 });

const input = closed({
  search: Type.Optional(expression),
  filter: Type.Optional(expression),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "The beginning of a name; one page of 300 only." })),
  ...streamMembers,
});

type Input = Static<typeof input>;

/** Row "Look up Groups Stream". */
export const streamGroups = stream({
  name,
  title: "Look up Groups Stream",
  summary: "Yields the org's groups, page by page: all, or those that a search, a filter or the beginning of a name finds.",
  category: "Group management",
  docs: docsOf("Group", "listGroups"),
  version: 1,
  scopes: ["okta.groups.read"],
  input,
  item: groupSchema,
  examples: [
    { title: "All", input: {} },
    { title: "Those of the org itself", input: { filter: 'type eq "OKTA_GROUP"' } },
  ],
  start(wish) {
    const { search, filter, q } = wish;
    if ([search, filter, q].filter((one) => one !== undefined).length > 1)
      throw invalidInput(name, [{ in: "input", pointer: "", problem: "takes at most one of search, filter and q" }]);
    return { method: "GET", path: ["api", "v1", "groups"], query: { search, filter, q, limit: limitOf(wish) } };
  },
  page(response, wish) {
    const items = readList(response.body).map(readGroup);
    return wish.q === undefined ? { items } : { items, last: true, truncated: items.length >= limitOf(wish) };
  },
  identify: (group) => group.id,
  limit: (wish) => wish.maxItems,
});

function limitOf({ q, ...wish }: Input): number {
  return pageSizeOf(wish, q === undefined ? sizes : sizesByBeginning);
}
