import { LongarmError } from "@longarm/shared";

/** The revision that a change must find, from `If-Match: "7"` or `If-None-Match: *` (0: none yet); undefined: whichever. */
export function readExpectedRevision(headers: {
  readonly "if-match"?: string | undefined;
  readonly "if-none-match"?: string | undefined;
}): number | undefined {
  if (headers["if-none-match"]?.trim() === "*") return 0;
  const match = headers["if-match"];
  if (match === undefined || match.trim() === "*") return undefined;
  const revision = /^\s*"(\d{1,15})"\s*$/.exec(match)?.[1];
  if (revision !== undefined) return Number(revision);
  throw new LongarmError("invalid_request", '`If-Match` must be an ETag that this route gave, such as "7".', {
    details: { faults: [{ in: "headers", pointer: "/if-match", problem: "must be an ETag that this route gave" }] },
  });
}

/** The entity tag of a revision. */
export function toEtag(revision: number): string {
  return `"${revision}"`;
}
