import type { Spoke } from "@longarm/spoke";
import { appActions } from "./actions/apps/index.ts";
import { groupActions } from "./actions/groups/index.ts";
import { metadataActions } from "./actions/metadata/index.ts";
import { passwordActions } from "./actions/passwords/index.ts";
import { userActions } from "./actions/users/index.ts";
import { webhookActions } from "./actions/webhooks/index.ts";
import { explain } from "./errors.ts";
import { flowSource } from "./flow-source.ts";
import { flows } from "./flows/index.ts";
import { inbound } from "./hooks/inbound.ts";
import { triggers } from "./flows/triggers.ts";
import { identify } from "./identify.ts";
import { limits } from "./limits.ts";
import { records } from "./records/index.ts";
import { streams } from "./streams/index.ts";

export { allOf, anyOf, compare, type Expression } from "./expressions.ts";
export { everyStatus } from "./streams/users.ts";

/** Everything that Longarm can do with an Okta org. */
export const okta: Spoke = {
  name: "okta",
  definitions: [...userActions, ...passwordActions, ...groupActions, ...appActions, ...metadataActions, ...webhookActions, ...streams],
  flows,
  records,
  flowSource,
  triggers,
  explain,
  probe: { path: ["api", "v1", "users"] },
  tokenPath: "/oauth2/v1/token",
  limits,
  identify,
  inbound,
};
