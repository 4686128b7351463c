import { isDeepStrictEqual } from "node:util";
import type { PlacedFault } from "@longarm/shared/schema";
import { fieldsKeyword, invalidInput } from "@longarm/spoke";
import Type from "typebox";

/** Fields by name and what they shall hold; null: nothing. */
export type Wanted = Readonly<Record<string, unknown>>;

/** The members of an input that leave a profile's fields untouched, set them, or clear them; `fieldsFrom` tells which fields there are. */
export function fieldWishes(fieldsFrom: string) {
  return {
    set: Type.Optional(
      Type.Record(Type.String({ minLength: 1 }), Type.Unknown(), {
        [fieldsKeyword]: fieldsFrom,
        description: "Fields by name and what they shall hold, the empty text too. What is not named stays as it is.",
      }),
    ),
    clear: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true, description: "Names of fields that shall hold nothing any more." }),
    ),
  };
}

interface FieldWishes {
  readonly set?: Wanted;
  readonly clear?: readonly string[];
}

/**
 * What the fields shall hold, those with a member of their own (`own`) among them. Throws `invalid_request` that names every wish
 * which contradicts another, is null, or clears what the object cannot be without (`needed`).
 */
export function wantedOf(
  definition: string,
  { set = {}, clear = [] }: FieldWishes,
  { own = {}, needed = [] }: { readonly own?: Wanted; readonly needed?: readonly string[] } = {},
): Wanted {
  const faults: PlacedFault[] = [];
  const fault = (pointer: string, problem: string) => faults.push({ in: "input", pointer, problem });
  for (const [field, value] of Object.entries(set)) {
    if (Object.hasOwn(own, field)) fault(`/set/${field}`, `is given as /${field} too`);
    if (value === null) fault(`/set/${field}`, "is null; name the field in clear instead");
  }
  for (const [index, field] of clear.entries()) {
    if (needed.includes(field)) fault(`/clear/${index}`, `names the ${field}, which cannot be taken away`);
    else if (Object.hasOwn(own, field) || Object.hasOwn(set, field)) fault(`/clear/${index}`, `names "${field}", which is also set`);
  }
  const wanted = { ...set, ...own, ...Object.fromEntries(clear.map((field) => [field, null])) };
  if (Object.keys(wanted).length === 0) fault("", "names no field to set or to clear");
  if (faults.length > 0) throw invalidInput(definition, faults);
  return wanted;
}

/** Does a profile hold all that already? A field that is left out and one that is null both hold nothing; the empty text is a value. */
export function holds(profile: Wanted, wanted: Wanted): boolean {
  return Object.entries(wanted).every(([field, value]) => isDeepStrictEqual(profile[field] ?? null, value));
}

/** Where each of those fields stands in the input: with a member of its own, in `set`, or in `clear`. */
export function placesOf({ clear = [] }: FieldWishes, own: readonly string[] = []): (field: string) => string {
  return (field) => {
    if (own.includes(field)) return `/${field}`;
    const at = clear.indexOf(field);
    return at >= 0 ? `/clear/${at}` : `/set/${field.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  };
}
