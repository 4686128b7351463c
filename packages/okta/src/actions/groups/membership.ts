import type { LongarmError } from "@longarm/shared";
import type { ActionRest, ReadBack, WritePlan } from "@longarm/spoke";
import { groupNotFound, requireUser, userNotFound } from "../../identity.ts";
import { listItems, nextQuery } from "../../paging.ts";
import { applied, notApplied, unclear } from "../../read-back.ts";
import { readGroupName, readList } from "../../schemas.ts";
import { change } from "../../plan.ts";

const silently = { status: 204, headers: {}, body: null };

/** The path of a membership. */
export function membershipPath(groupId: string, userId: string): readonly string[] {
  return ["api", "v1", "groups", groupId, "users", userId];
}

/** The plan of a call that begins or ends a membership. */
export function changeMembership(of: { readonly groupId: string; readonly userId: string }, isWanted: boolean): WritePlan {
  return change(`membership of user ${of.userId} in group ${of.groupId}`, "", { from: !isWanted, to: isWanted });
}

/** Finds out by the user's groups whether a lost call began or ended the membership. */
export function readingMembership(of: { readonly groupId: string; readonly userId: string }, isWanted: boolean): ReadBack {
  const path = ["api", "v1", "users", of.userId, "groups"];
  return {
    request: { path, query: { limit: 200 } },
    judge: (answer) => {
      if (answer.status !== 200) return unclear;
      if (readList(answer.body).some((item) => readGroupName(item).id === of.groupId)) return isWanted ? applied(silently) : notApplied;
      const query = nextQuery(answer.headers["link"]);
      if (query !== undefined) return { kind: "readOn", request: { path, query } };
      return isWanted ? notApplied : applied(silently);
    },
  };
}

/**
 * Is the user in the group? Asked from the user's side, over all its pages: a user has fewer groups than a group has users, and
 * that list is current where a search is not. Throws `user_not_found`.
 */
export async function isMember(
  rest: ActionRest,
  of: { readonly groupId: string; readonly userId: string; readonly user: string },
): Promise<boolean> {
  try {
    for await (const item of listItems(rest, { path: ["api", "v1", "users", of.userId, "groups"], query: { limit: 200 } })) {
      if (readGroupName(item).id === of.groupId) return true;
    }
    return false;
  } catch (reason) {
    throw isNotFound(reason) ? userNotFound(of.user) : reason;
  }
}

function isNotFound(reason: unknown): boolean {
  return (reason as { details?: { status?: unknown } } | null)?.details?.status === 404;
}

/** Which of the two a 404 on their membership means, as the error to throw. */
export async function whichIsAbsent(rest: ActionRest, of: { readonly group: string; readonly user: string }): Promise<LongarmError> {
  await requireUser(rest, of.user);
  return groupNotFound(of.group);
}
