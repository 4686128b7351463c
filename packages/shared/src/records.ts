/** Of which objects local copies are kept. */
export const recordKinds = ["applications", "groups", "users"] as const;
/** One of them. */
export type RecordKindName = (typeof recordKinds)[number];

/** Where a record was last seen: told by an event hook, by a flow, in a listing of everything, or looked up because somebody asked. */
export const recordSources = ["hook", "flow", "sync", "live"] as const;
/** One of them. */
export type RecordSource = (typeof recordSources)[number];

/** Is it a kind that records are kept of? */
export function isRecordKind(text: string): text is RecordKindName {
  return (recordKinds as readonly string[]).includes(text);
}

/** What is kept of an object of the target. Times are Unix milliseconds. */
export interface RecordState {
  /** As the spoke's actions and streams give it; JSON. */
  readonly object: Readonly<Record<string, unknown>>;
  /** When it last changed in the target, by the target's clock; null: it does not tell. */
  readonly changedAt: number | null;
  readonly firstSeenAt: number;
  /** When it was last seen in the target. */
  readonly syncedAt: number;
  /** When it was found to be gone; null: it is there. */
  readonly deletedAt: number | null;
  readonly source: RecordSource;
}

/** An object as somebody has read it. */
export interface SeenObject {
  readonly object: Readonly<Record<string, unknown>>;
  readonly changedAt: number | null;
  /** When it was read, at the latest. */
  readonly seenAt: number;
  readonly source: RecordSource;
}

/** A member of a kind's objects by which lists filter and sort. */
export interface RecordField {
  /** What people call it: letters. */
  readonly name: string;
  /** Where it stands in the object; default: the member of that name. */
  readonly path?: readonly string[];
}

/** A field of an object as lists compare it: text; empty where there is none. */
export function fieldOf({ name, path = [name] }: RecordField, object: Readonly<Record<string, unknown>>): string {
  let value: unknown = object;
  for (const member of path) value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[member] : undefined;
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
