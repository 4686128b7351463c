import type { Route } from "../http/exchange.ts";
import { appAccessRoutes } from "./app-access.ts";
import { appRoutes } from "./apps.ts";
import { eventHookRoutes } from "./event-hooks.ts";
import { groupMemberRoutes } from "./group-members.ts";
import { groupRuleRoutes } from "./group-rules.ts";
import { groupRoutes } from "./groups.ts";
import { logRoutes } from "./logs.ts";
import { oauthRoutes } from "./oauth.ts";
import { organizationRoutes } from "./organization.ts";
import { schemaRoutes } from "./schemas.ts";
import { userLifecycleRoutes } from "./user-lifecycle.ts";
import { userTypeRoutes } from "./user-types.ts";
import { userRoutes } from "./users.ts";

/** Every route of the org's API. A new noun is a file beside this one and a line here. */
export const apiRoutes: readonly Route[] = [
  ...userRoutes,
  ...userLifecycleRoutes,
  ...appRoutes,
  ...appAccessRoutes,
  ...groupRoutes,
  ...groupMemberRoutes,
  ...groupRuleRoutes,
  ...eventHookRoutes,
  ...logRoutes,
  ...schemaRoutes,
  ...userTypeRoutes,
  ...oauthRoutes,
  ...organizationRoutes,
];
