import type { Spoke } from "@longarm/spoke";
import { addUserToGroup } from "./add-user.ts";

/** Group management. */
export const groupActions: Spoke["definitions"] = [addUserToGroup];
