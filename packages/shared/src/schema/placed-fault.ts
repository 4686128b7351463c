import type { TSchema } from "typebox";
import { findSchemaFaults, toPointer } from "./find-faults.ts";

/** A fault as errors show it in their `details.faults`: the part it stands in, the JSON pointer (RFC 6901) inside it, and what is wrong. */
export interface PlacedFault {
  /** `body`, `query`, `params` or `headers` of a request; `input` or `output` of an action. */
  readonly in: string;
  readonly pointer: string;
  readonly problem: string;
}

const shownFaults = 5;
const longestPlace = 120;

/** Everything that is wrong with that part. Quotes no value. */
export function findPlacedFaults(part: string, schema: TSchema, value: unknown): readonly PlacedFault[] {
  return findSchemaFaults(schema, value).map(({ path, problem }) => ({ in: part, pointer: toPointer(path), problem }));
}

function placeOf({ in: part, pointer }: PlacedFault): string {
  const place = part + pointer;
  return place.length <= longestPlace ? place : `${place.slice(0, longestPlace / 2)}…${place.slice(-longestPlace / 4)}`;
}

/** `a fault: body/name must not be empty`: the first five of the faults as the end of a sentence; the details of an error hold them all. */
export function nameFaults(faults: readonly PlacedFault[]): string {
  const named = faults.slice(0, shownFaults).map((fault) => `${placeOf(fault)} ${fault.problem}`);
  const more = faults.length > shownFaults ? `; and ${faults.length - shownFaults} more` : "";
  return `${faults.length === 1 ? "a fault" : "faults"}: ${named.join("; ")}${more}`;
}
