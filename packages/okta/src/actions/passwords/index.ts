import type { Spoke } from "@longarm/spoke";
import { changePassword } from "./change-password.ts";
import { expirePassword } from "./expire-password.ts";
import { resetFactors } from "./reset-factors.ts";
import { resetToTemporaryPassword } from "./reset-to-temporary-password.ts";
import { setPassword } from "./set-password.ts";
import { unlockUser } from "./unlock-user.ts";

/** Password management. */
export const passwordActions: Spoke["definitions"] = [
  changePassword,
  expirePassword,
  resetFactors,
  resetToTemporaryPassword,
  setPassword,
  unlockUser,
];
