import type { Spoke } from "@longarm/spoke";
import { streamGroupMembers } from "./group-members.ts";
import { streamGroups } from "./groups.ts";
import { streamUserGroups } from "./user-groups.ts";
import { streamUsers } from "./users.ts";

/** Everything that is read page by page. */
export const streams: Spoke["definitions"] = [streamGroupMembers, streamGroups, streamUserGroups, streamUsers];
