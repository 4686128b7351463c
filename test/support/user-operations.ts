import type { UserStatus } from "@longarm/sandbox";
import { seededPassword } from "@longarm/sandbox";
import type { SandboxOrg } from "./sandbox.ts";

/** An operation on one user: its method, what its path has behind the user's, and its body, of a seeded user's index. */
export type Operation = readonly [name: string, method: string, path: string, body?: (index: number) => unknown];

/** All of them. */
export const operations: readonly Operation[] = [
  ["activate", "POST", "/lifecycle/activate?sendEmail=false"],
  ["reactivate", "POST", "/lifecycle/reactivate"],
  ["deactivate", "POST", "/lifecycle/deactivate"],
  ["suspend", "POST", "/lifecycle/suspend"],
  ["unsuspend", "POST", "/lifecycle/unsuspend"],
  ["unlock", "POST", "/lifecycle/unlock"],
  ["expire_password", "POST", "/lifecycle/expire_password"],
  ["expire_password_with_temp_password", "POST", "/lifecycle/expire_password_with_temp_password"],
  ["reset_password", "POST", "/lifecycle/reset_password?sendEmail=false"],
  [
    "change_password",
    "POST",
    "/credentials/change_password",
    (index) => ({ oldPassword: { value: seededPassword(index) }, newPassword: { value: "Fresh-Start-9" } }),
  ],
  ["set password", "POST", "", () => ({ credentials: { password: { value: "Fresh-Start-9" } } })],
  ["reset_factors", "POST", "/lifecycle/reset_factors"],
  ["delete", "DELETE", ""],
];

/** Gives a seeded user that status, and its id back. */
export async function userIn(org: SandboxOrg, index: number, status: UserStatus): Promise<string> {
  const { body } = await org.call("POST", `/sandbox/users/user${String(index).padStart(6, "0")}/status`, { status });
  return (body as { id: string }).id;
}
