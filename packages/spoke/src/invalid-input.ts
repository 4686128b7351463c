import { LongarmError } from "@longarm/shared";
import { nameFaults, type PlacedFault } from "@longarm/shared/schema";

/** `invalid_request` for an input that its definition refuses; `details.faults` is `faults`, whose places are inside the input. */
export function invalidInput(definition: string, faults: readonly PlacedFault[]): LongarmError {
  return new LongarmError("invalid_request", `The input of ${definition} has ${nameFaults(faults)}.`, { details: { faults } });
}
