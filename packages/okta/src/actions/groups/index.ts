import type { Spoke } from "@longarm/spoke";
import { addUserToGroup } from "./add-user.ts";
import { createGroup } from "./create-group.ts";
import { findGroupId } from "./find-group-id.ts";
import { getChangedGroups } from "./get-changed.ts";
import { getGroup } from "./get-group.ts";
import { hasUser } from "./has-user.ts";
import { removeUserFromGroup } from "./remove-user.ts";
import { updateGroup } from "./update-group.ts";

/** Group management. */
export const groupActions: Spoke["definitions"] = [
  addUserToGroup,
  createGroup,
  findGroupId,
  getChangedGroups,
  getGroup,
  hasUser,
  removeUserFromGroup,
  updateGroup,
];
