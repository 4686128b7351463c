import type { ActionRest } from "@longarm/spoke";
import { acceptOrAbsent } from "../../identity.ts";
import { readUser, type User } from "../../schemas.ts";
import { userPath } from "./user-steps.ts";

// Okta mostly ends a transition within a second; a user of many applications may take it a minute.
const pausesMs = [0, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000] as const;

/** How many reads a run makes that has more to lose by waiting than by not knowing: eight seconds' worth. */
export const shortly = 5;

/**
 * Reads a user, ever less often, until it stands as `isSettled` says: for a minute at most, then as it was read last. Undefined: it is
 * not there (any more).
 */
export async function readUntil(
  rest: ActionRest,
  id: string,
  until: { readonly isSettled: (user: User | undefined) => boolean; readonly mostReads?: number },
): Promise<User | undefined> {
  const { isSettled, mostReads = pausesMs.length } = until;
  let user: User | undefined;
  for (const ms of pausesMs.slice(0, mostReads)) {
    const after = { ms, why: `Okta is still at work on the user ${id}; it is looked at again in ${Math.ceil(ms / 1_000)} s.` };
    const response = acceptOrAbsent(await rest.get({ path: userPath(id), ...(ms > 0 && { after }) }));
    user = response && readUser(response.body);
    if (isSettled(user)) break;
  }
  return user;
}
