import { LongarmError, type RecordField, type RecordKindName } from "@longarm/shared";

/** What the engine must know of the objects of which a spoke keeps records. Data alone. */
export interface RecordKind {
  readonly kind: RecordKindName;
  /** The first is what people call the object by, and what lists are sorted by unless told. */
  readonly fields: readonly [RecordField, ...RecordField[]];
  /** Members that hold RFC 3339 times: the latest tells which of two states is the newer one. */
  readonly changedAt: readonly string[];
  /** The flow that reads all or what has changed into the records; absent: they come one by one. */
  readonly pull?: string;
  /** The flow that reads one object anew, and the member of its input that takes an id, or whatever else finds it. */
  readonly refresh: { readonly flow: string; readonly member: string };
}

const idPattern = /^[A-Za-z0-9_-]{1,100}$/;

/** The id of an object as actions and streams give it. Throws `invalid_request` where it cannot be one. */
export function objectId(object: unknown): string {
  const { id } = (object ?? {}) as { readonly id?: unknown };
  if (typeof id === "string" && idPattern.test(id)) return id;
  throw new LongarmError(
    "invalid_request",
    `A record needs an object whose "id" is 1 to 100 letters, digits, "_" or "-"; it was ${JSON.stringify(id)}.`,
  );
}

/** When an object last changed by the target's clock, Unix milliseconds; null: it does not tell. */
export function changedAtOf({ changedAt }: Pick<RecordKind, "changedAt">, object: Readonly<Record<string, unknown>>): number | null {
  const times = changedAt.map((member) => Date.parse(String(object[member]))).filter((ms) => !Number.isNaN(ms));
  return times.length === 0 ? null : Math.max(...times);
}
