import type { AnyFlow } from "@longarm/spoke";
import { checkActivationHook, inboundIntegration } from "./activation-hook.ts";
import { addUserToGroup } from "./add-user-to-group.ts";
import { onboardUser } from "./onboard-user.ts";
import { removeMembershipsOnDeactivation } from "./remove-memberships.ts";
import { upsertGroup } from "./upsert-group.ts";

/** The spoke's sample flows and subflows. */
export const flows: readonly AnyFlow[] = [
  addUserToGroup,
  checkActivationHook,
  inboundIntegration,
  onboardUser,
  removeMembershipsOnDeactivation,
  upsertGroup,
];
