import type { Spoke } from "@longarm/spoke";
import { addUserToGroup } from "./actions/groups/add-user.ts";
import { createUser } from "./actions/users/create-user.ts";
import { findUserId } from "./actions/users/find-user-id.ts";
import { getUser } from "./actions/users/get-user.ts";
import { suspendUser } from "./actions/users/suspend-user.ts";
import { explain } from "./errors.ts";
import { streamUsers } from "./streams/users.ts";

/** Everything that Longarm can do with an Okta org. */
export const okta: Spoke = {
  name: "okta",
  definitions: [createUser, findUserId, getUser, suspendUser, streamUsers, addUserToGroup],
  explain,
  probe: { path: ["api", "v1", "users"] },
};
