import type { Spoke } from "@longarm/spoke";
import { getApp } from "./get-app.ts";
import { revokeUser } from "./revoke-user.ts";

/** Applications, and who may use them. */
export const appActions: Spoke["definitions"] = [getApp, revokeUser];
