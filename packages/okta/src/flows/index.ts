import type { AnyFlow } from "@longarm/spoke";
import { checkActivationHook, inboundIntegration } from "./activation-hook.ts";
import { addUserToGroup } from "./add-user-to-group.ts";
import { onboardUser } from "./onboard-user.ts";
import { pullApplications, pullGroups } from "./pull-records.ts";
import { removeMembershipsOnDeactivation } from "./remove-memberships.ts";
import { upsertGroup } from "./upsert-group.ts";
import { upsertApplicationRecord, upsertGroupRecord, upsertUserRecord } from "./upsert-records.ts";

/** The spoke's sample flows and subflows. */
export const flows: readonly AnyFlow[] = [
  addUserToGroup,
  checkActivationHook,
  inboundIntegration,
  onboardUser,
  pullApplications,
  pullGroups,
  removeMembershipsOnDeactivation,
  upsertApplicationRecord,
  upsertGroup,
  upsertGroupRecord,
  upsertUserRecord,
];
