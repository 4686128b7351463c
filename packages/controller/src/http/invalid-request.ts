import { LongarmError } from "@longarm/shared";
import { nameFaults, type PlacedFault } from "@longarm/shared/schema";

/** `invalid_request` with every fault at once; the message names the first. No value of the request is quoted. */
export function invalidRequest(faults: readonly PlacedFault[]): LongarmError {
  return new LongarmError("invalid_request", `The request has ${nameFaults(faults)}.`, { details: { faults } });
}

/** Refuses a request for one fault: `refuse("query", "/cursor", "is none that this route has given")`. */
export function refuse(part: "body" | "query" | "headers", pointer: string, problem: string): never {
  throw invalidRequest([{ in: part, pointer, problem }]);
}
