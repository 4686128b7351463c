import type { Spoke } from "@longarm/spoke";

/** Applications and who may use them. */
export const appActions: Spoke["definitions"] = [];
