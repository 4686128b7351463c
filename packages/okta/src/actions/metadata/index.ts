import type { Spoke } from "@longarm/spoke";

/** What the org itself looks like: fields and choices for other actions. */
export const metadataActions: Spoke["definitions"] = [];
