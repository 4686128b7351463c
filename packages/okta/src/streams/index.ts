import type { Spoke } from "@longarm/spoke";
import { streamUsers } from "./users.ts";

/** Everything that is read page by page. */
export const streams: Spoke["definitions"] = [streamUsers];
