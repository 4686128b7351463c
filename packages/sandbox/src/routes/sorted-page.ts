import type { Answer, ApiRequest } from "../http/exchange.ts";
import { answerPage, type PageRequest, refuseCursor } from "../http/paging.ts";
import type { Refusal } from "../state/refusal.ts";
import type { UserRecord } from "../state/users/user.ts";
import { readUserAttribute } from "../state/users/user-search.ts";

interface SortedUsers {
  readonly page: PageRequest;
  readonly sortBy: string;
  readonly users: Iterable<UserRecord>;
  readonly show: (user: UserRecord) => string;
}

/** Where a user stands in the order: by the attribute, then by id. */
type Place = readonly [string, string];

function compare([aKey, aId]: Place, [bKey, bId]: Place): number {
  if (aKey !== bKey) return aKey < bKey ? -1 : 1;
  return aId < bId ? -1 : Number(aId > bId);
}

function sortText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return (typeof value === "string" ? value : JSON.stringify(value)).toLowerCase();
}

function readPlace(cursor: string): Place | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === "string")
      ? (place as unknown as Place)
      : undefined;
  } catch {
    return undefined;
  }
}

/** One page of users ordered by an attribute; the cursor holds the place of its last user, so the page after goes on from there. */
export function sortedPage(request: ApiRequest, { page, sortBy, users, show }: SortedUsers): Answer | Refusal {
  const direction = request.query.get("sortOrder")?.toLowerCase().startsWith("desc") ? -1 : 1;
  const placeOf = (user: UserRecord): Place => [sortText(readUserAttribute(user, sortBy)), user.id];
  const after = page.after === null ? null : readPlace(page.after);
  if (after === undefined) return refuseCursor();
  const items = [...users]
    .map((user) => ({ user, place: placeOf(user) }))
    .filter(({ place }) => after === null || compare(place, after) * direction > 0)
    .toSorted((a, b) => compare(a.place, b.place) * direction);
  return answerPage(request, {
    page,
    items,
    show: (item) => show(item.user),
    cursor: (item) => Buffer.from(JSON.stringify(item.place)).toString("base64url"),
  });
}
