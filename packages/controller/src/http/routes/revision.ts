import type { Revised } from "../../ports/connection-store.ts";
import { Type } from "typebox";
import { refuse } from "../invalid-request.ts";

const ifMatch = Type.Optional(Type.String({ description: "The `ETag` that must still be there; else `conflict`." }));

/** The header by which a removal says what it removes. */
export const ifMatchHeader = Type.Object({ "if-match": ifMatch });

/** The headers by which a change says what it follows. */
export const revisionHeaders = Type.Object({
  "if-match": ifMatch,
  "if-none-match": Type.Optional(Type.String({ description: "`*`: there must be none yet; else `conflict`." })),
});

/** The sequence that a change must find, from `If-Match: "2-7"` or `If-None-Match: *` (0: none yet); undefined: whichever. */
export function readExpectedSequence(headers: {
  readonly "if-match"?: string | undefined;
  readonly "if-none-match"?: string | undefined;
}): number | undefined {
  if (headers["if-none-match"]?.trim() === "*") return 0;
  const match = headers["if-match"];
  if (match === undefined || match.trim() === "*") return undefined;
  const sequence = /^\s*"\d{1,15}-(\d{1,15})"\s*$/.exec(match)?.[1];
  return sequence === undefined ? refuse("headers", "/if-match", 'must be an ETag that this route gave, such as "2-7"') : Number(sequence);
}

/** The entity tag: the revision for people, and the sequence, since a definition that was made anew begins at revision 1 again. */
export function toEtag({ revision, sequence }: Pick<Revised<unknown>, "revision" | "sequence">): string {
  return `"${revision}-${sequence}"`;
}
