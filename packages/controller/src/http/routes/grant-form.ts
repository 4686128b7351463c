import { lanes, type Grant } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { Type, type Static } from "typebox";
import { scopes } from "../../ports/scopes.ts";
import { parseFuture } from "../moments.ts";

const glob = Type.String({
  pattern: "^[A-Za-z0-9*][A-Za-z0-9_*-]{0,62}$",
  [expectsKeyword]: "a name, with * for any characters",
  examples: ["acme*"],
});

/** What somebody is to be granted, as it is written. */
export const grantMembers = {
  scopes: Type.Array(Type.Enum([...scopes, "*"]), {
    minItems: 1,
    uniqueItems: true,
    description: "What may be done; `*` alone stands for all, now and later.",
    examples: [["runs:read", "runs:submit"]],
  }),
  connections: Type.Optional(
    Type.Array(glob, { minItems: 1, maxItems: 100, description: "Names of connections and credentials; absent: all of them." }),
  ),
  lanes: Type.Optional(Type.Array(Type.Enum([...lanes]), { minItems: 1, uniqueItems: true, description: "Absent: all of them." })),
  ownRuns: Type.Optional(Type.Boolean({ description: "See and touch only the runs that it submits itself." })),
};

const grantForm = Type.Object(grantMembers);

/** The grant that a form describes. */
export function readGrant(form: Static<typeof grantForm> & { readonly expiresAt?: string }, nowMs: number): Grant {
  const { scopes: granted, connections, lanes: into, ownRuns, expiresAt } = form;
  return {
    scopes: granted,
    ...(connections && { connections }),
    ...(into && { lanes: into }),
    ...(ownRuns === true && { ownRuns }),
    ...(expiresAt !== undefined && { expiresAt: parseFuture("/expiresAt", expiresAt, nowMs) }),
  };
}
