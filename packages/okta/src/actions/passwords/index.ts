import type { Spoke } from "@longarm/spoke";

/** Password management. */
export const passwordActions: Spoke["definitions"] = [];
