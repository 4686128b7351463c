import type { Spoke } from "@longarm/spoke";

/** Event hooks. */
export const webhookActions: Spoke["definitions"] = [];
