import type { Spoke } from "@longarm/spoke";
import { activateUser } from "./activate-user.ts";
import { clearSessions } from "./clear-sessions.ts";
import { createUser } from "./create-user.ts";
import { deactivateUser } from "./deactivate-user.ts";
import { deleteUser } from "./delete-user.ts";
import { findUserId } from "./find-user-id.ts";
import { getProfile } from "./get-profile.ts";
import { getUser } from "./get-user.ts";
import { isUserLocked } from "./is-user-locked.ts";
import { reactivateUser } from "./reactivate-user.ts";
import { suspendUser } from "./suspend-user.ts";
import { unsuspendUser } from "./unsuspend-user.ts";
import { updateProfile } from "./update-profile.ts";

/** User management: what is done to one user. */
export const userActions: Spoke["definitions"] = [
  activateUser,
  clearSessions,
  createUser,
  deactivateUser,
  deleteUser,
  findUserId,
  getProfile,
  getUser,
  isUserLocked,
  reactivateUser,
  suspendUser,
  unsuspendUser,
  updateProfile,
];
