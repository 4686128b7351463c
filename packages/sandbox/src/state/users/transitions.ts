/**
 * The user state machine. A cell is the status that the operation leads to, or the error it is refused with.
 * `STAGED` and `PROVISIONED` wait for activation, `RECOVERY` and `PASSWORD_EXPIRED` for a new password, `LOCKED_OUT` for an unlock,
 * `SUSPENDED` for the administrator, `DEPROVISIONED` for deletion. Two cells depend on more than the status: `activate` leads a user
 * that has a password straight to ACTIVE, and `unlock` frees an ACTIVE user that is blocked from unknown devices. `delete` removes a
 * DEPROVISIONED user. Cells marked "assumed" have no public source.
 */
import type { OktaErrorCode } from "../refusal.ts";
import type { UserRecord, UserStatus } from "./user.ts";

export type LifecycleOperation =
  | "activate"
  | "reactivate"
  | "deactivate"
  | "suspend"
  | "unsuspend"
  | "unlock"
  | "expirePassword"
  | "resetPassword"
  | "changePassword"
  | "setPassword"
  | "resetFactors"
  | "delete";

/** Where an operation leads from a status: another status, the same one, away for good, or an error. */
export type Cell = UserStatus | "stays" | "gone" | OktaErrorCode;

type Row = Readonly<Record<UserStatus, Cell>>;

function row(usual: Cell, others: Partial<Row>): Row {
  return {
    STAGED: usual,
    PROVISIONED: usual,
    ACTIVE: usual,
    RECOVERY: usual,
    PASSWORD_EXPIRED: usual,
    LOCKED_OUT: usual,
    SUSPENDED: usual,
    DEPROVISIONED: usual,
    ...others,
  };
}

/** Every operation against every status. */
export const transitions: Readonly<Record<LifecycleOperation, Row>> = {
  // Assumed: E0000038 in the other states.
  activate: row("E0000038", {
    STAGED: "PROVISIONED",
    DEPROVISIONED: "PROVISIONED",
    ACTIVE: "E0000016",
  }),
  reactivate: row("E0000038", { PROVISIONED: "stays", RECOVERY: "stays" }),
  deactivate: row("DEPROVISIONED", { DEPROVISIONED: "E0000007" }),
  suspend: row("E0000001", { ACTIVE: "SUSPENDED" }),
  unsuspend: row("E0000001", { SUSPENDED: "ACTIVE" }),
  unlock: row("E0000032", { LOCKED_OUT: "ACTIVE" }),
  // Assumed: refused in RECOVERY and LOCKED_OUT too.
  expirePassword: row("E0000038", { ACTIVE: "PASSWORD_EXPIRED", PASSWORD_EXPIRED: "stays" }),
  // Assumed: possible from PASSWORD_EXPIRED and LOCKED_OUT.
  resetPassword: row("E0000038", {
    ACTIVE: "RECOVERY",
    RECOVERY: "stays",
    PASSWORD_EXPIRED: "RECOVERY",
    LOCKED_OUT: "RECOVERY",
  }),
  changePassword: row("E0000035", {
    STAGED: "stays",
    ACTIVE: "stays",
    RECOVERY: "ACTIVE",
    PASSWORD_EXPIRED: "ACTIVE",
  }),
  // Assumed: unlocks a locked-out user, leaves a suspended one suspended.
  setPassword: row("ACTIVE", {
    STAGED: "stays",
    ACTIVE: "stays",
    SUSPENDED: "stays",
    DEPROVISIONED: "E0000007",
  }),
  // Assumed: refused once DEPROVISIONED.
  resetFactors: row("stays", { DEPROVISIONED: "E0000038" }),
  delete: row("DEPROVISIONED", { DEPROVISIONED: "gone" }),
};

const statusOrStay = /^[A-Z_]+$|^stays$|^gone$/;

/** Does this cell let the operation happen? */
export function isAllowed(cell: Cell): cell is UserStatus | "stays" | "gone" {
  return statusOrStay.test(cell);
}

/** The cell for this very user. */
export function cellOf(operation: LifecycleOperation, { status, deviceBlocked }: UserRecord): Cell {
  if (operation === "unlock" && status === "ACTIVE" && deviceBlocked) return "stays";
  return transitions[operation][status];
}
