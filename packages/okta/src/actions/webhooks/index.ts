import type { Spoke } from "@longarm/spoke";
import { activateHook } from "./activate-hook.ts";
import { createHook } from "./create-hook.ts";
import { deactivateHook } from "./deactivate-hook.ts";
import { getHook } from "./get-hook.ts";
import { listHooks } from "./list-hooks.ts";
import { updateHook } from "./update-hook.ts";
import { verifyHook } from "./verify-hook.ts";

/** Event hooks. */
export const webhookActions: Spoke["definitions"] = [activateHook, createHook, deactivateHook, getHook, listHooks, updateHook, verifyHook];
