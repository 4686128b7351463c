import type { Spoke } from "@longarm/spoke";
import { streamAppGroups } from "./app-groups.ts";
import { streamAppUsers } from "./app-users.ts";
import { streamApps } from "./apps.ts";
import { streamEventHooks } from "./event-hooks.ts";
import { streamGroupMembers } from "./group-members.ts";
import { streamGroups } from "./groups.ts";
import { streamLauncher } from "./launcher.ts";
import { streamLogs } from "./logs.ts";
import { streamUserGroups } from "./user-groups.ts";
import { streamUserTypes } from "./user-types.ts";
import { streamUsers } from "./users.ts";

/** Everything that is read page by page. */
export const streams: Spoke["definitions"] = [
  streamAppGroups,
  streamAppUsers,
  streamApps,
  streamEventHooks,
  streamLauncher,
  streamLogs,
  streamGroupMembers,
  streamGroups,
  streamUserGroups,
  streamUserTypes,
  streamUsers,
];
