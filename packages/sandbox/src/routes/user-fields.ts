import type { ApiRequest } from "../http/exchange.ts";

/** Which members of a user a list should show; `profile` null means the whole profile. */
export interface Fields {
  readonly top: ReadonlySet<string>;
  readonly profile: ReadonlySet<string> | null;
}

function names(text: string): Set<string> {
  return new Set(
    text
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
  );
}

/** Reads the `fields` parameter (`id,status,profile:(firstName,city)`); undefined when there is none. */
export function fieldsOf(request: ApiRequest): Fields | undefined {
  const text = request.query.get("fields");
  if (!text) return undefined;
  const inner = /profile:\(([^)]*)\)/.exec(text);
  const top = names(inner ? text.replace(inner[0], "profile") : text);
  return { top: top.add("id"), profile: inner ? names(inner[1] ?? "") : null };
}

function only(record: Readonly<Record<string, unknown>>, wanted: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted.has(name)));
}

/** The JSON of a user, cut down to these fields. */
export function projectUser(json: string, fields: Fields): string {
  const user = only(JSON.parse(json) as Record<string, unknown>, fields.top);
  const { profile } = user;
  if (profile && fields.profile) user["profile"] = only(profile as Record<string, unknown>, fields.profile);
  return JSON.stringify(user);
}
