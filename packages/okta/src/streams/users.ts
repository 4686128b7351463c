import { expectsKeyword, type PlacedFault } from "@longarm/shared/schema";
import { invalidInput, pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../docs-link.ts";
import { anyOf, compare, type Expression } from "../expressions.ts";
import { closed, readList, readUser, userSchema } from "../schemas.ts";

const mostPerPage = 200;
const statuses = ["ACTIVE", "DEPROVISIONED", "LOCKED_OUT", "PASSWORD_EXPIRED", "PROVISIONED", "RECOVERY", "STAGED", "SUSPENDED"];

/** A plain list leaves out DEPROVISIONED users; a filter that names every status does not. */
export const everyStatus: Expression = anyOf(...statuses.map((status) => compare("status", "eq", status)));

const memberPath = "the name of a member, e.g. status or profile.email";
const expression = Type.String({ minLength: 1, maxLength: 4000 });

const input = closed({
  search: Type.Optional(expression),
  filter: Type.Optional(expression),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 256, description: "The beginning of a first name, last name or email; one page only." }),
  ),
  sortBy: Type.Optional(
    Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_.]{0,127}$", [expectsKeyword]: memberPath, description: "With search only." }),
  ),
  sortOrder: Type.Optional(Type.Enum(["asc", "desc"], { description: "With search only." })),
  fields: Type.Optional(
    Type.Array(Type.String({ pattern: "^(profile\\.)?[A-Za-z_][A-Za-z0-9_]{0,127}$", [expectsKeyword]: memberPath }), {
      minItems: 1,
      maxItems: 100,
      description: "Only these members, such as status or profile.email; the id is always there.",
    }),
  ),
  includeDeprovisioned: Type.Optional(Type.Boolean({ description: "True unless q is given, which never finds them." })),
  ...streamMembers,
});

type Input = Static<typeof input>;

/** Row "Look up Users Stream". */
export const streamUsers = stream({
  name: "okta.user.stream",
  title: "Look up Users Stream",
  summary: "Yields the org's users, page by page: all, or those that a search, a filter or the beginning of a name finds.",
  category: "User management",
  docs: docsOf("User", "listUsers"),
  version: 1,
  scopes: ["okta.users.read"],
  input,
  item: userSchema,
  examples: [
    { title: "Everybody", input: {} },
    { title: "One department", input: { search: 'profile.department eq "Engineering"', sortBy: "profile.lastName" } },
  ],
  start(wish) {
    checkTogether(wish);
    return { method: "GET", path: ["api", "v1", "users"], query: { ...selectionOf(wish), ...fieldsOf(wish), limit: limitOf(wish) } };
  },
  page(response, wish) {
    const users = readList(response.body).map(readUser);
    if (wish.q !== undefined) return { items: users, last: true, truncated: users.length >= limitOf(wish) };
    if (!dropsDeprovisioned(wish)) return { items: users };
    const items = users.filter((user) => user.status !== "DEPROVISIONED");
    return { items, dropped: users.length - items.length };
  },
  identify: (user) => user.id,
  limit: (wish) => wish.maxItems,
});

function limitOf(wish: Input): number {
  // What is dropped here must not make the last wanted page a page of nothing.
  const { maxItems, ...unlimited } = wish;
  return pageSizeOf(dropsDeprovisioned(wish) || maxItems === undefined ? unlimited : { ...unlimited, maxItems }, {
    usual: mostPerPage,
    max: mostPerPage,
  });
}

function dropsDeprovisioned({ search, filter, includeDeprovisioned }: Input): boolean {
  return includeDeprovisioned === false && (search !== undefined || filter !== undefined);
}

function checkTogether({ search, filter, q, sortBy, sortOrder, includeDeprovisioned }: Input): void {
  const faults: PlacedFault[] = [];
  const fault = (pointer: string, problem: string) => faults.push({ in: "input", pointer, problem });
  if ([search, filter, q].filter((one) => one !== undefined).length > 1) fault("", "takes at most one of search, filter and q");
  if (search === undefined && sortBy !== undefined) fault("/sortBy", "is only allowed with search");
  if (search === undefined && sortOrder !== undefined) fault("/sortOrder", "is only allowed with search");
  if (q !== undefined && includeDeprovisioned === true) fault("/includeDeprovisioned", "cannot be true with q, which never finds them");
  if (faults.length > 0) throw invalidInput("okta.user.stream", faults);
}

function selectionOf({ search, filter, q, sortBy, sortOrder, includeDeprovisioned }: Input) {
  if (search !== undefined) return { search, sortBy, sortOrder };
  if (filter !== undefined) return { filter };
  if (q !== undefined) return { q };
  return includeDeprovisioned === false ? {} : { filter: everyStatus };
}

function fieldsOf(wish: Input): { fields?: string } {
  if (wish.fields === undefined) return {};
  const asked = new Set(["id", ...wish.fields, ...(dropsDeprovisioned(wish) ? ["status"] : [])]);
  const inProfile = [...asked].filter((name) => name.startsWith("profile.")).map((name) => name.slice("profile.".length));
  const others = [...asked].filter((name) => !name.startsWith("profile."));
  return { fields: [...others, ...(inProfile.length > 0 && !asked.has("profile") ? [`profile:(${inProfile.join(",")})`] : [])].join(",") };
}
