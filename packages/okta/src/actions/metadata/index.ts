import type { Spoke } from "@longarm/spoke";
import { appChoices } from "./app-choices.ts";
import { eventHookChoices } from "./event-hook-choices.ts";
import { groupMetadata } from "./group-metadata.ts";
import { userFields } from "./user-fields.ts";

/** What the org itself looks like: fields and choices for other actions. */
export const metadataActions: Spoke["definitions"] = [appChoices, eventHookChoices, groupMetadata, userFields];
