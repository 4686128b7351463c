import type { Spoke } from "@longarm/spoke";
import { createUser } from "./create-user.ts";
import { findUserId } from "./find-user-id.ts";
import { getUser } from "./get-user.ts";
import { suspendUser } from "./suspend-user.ts";

/** User management: what is done to one user. */
export const userActions: Spoke["definitions"] = [createUser, findUserId, getUser, suspendUser];
