export type { ObservedAnswer } from "./http/api.ts";
export type { Fault, FaultKind, FaultRequest } from "./http/faults.ts";
export type { LedgerEntry } from "./http/ledger.ts";
export type { BucketRule, LimitName, LimitTable } from "./http/limits.ts";
export type { RouteCounts } from "./http/request-log.ts";
export { defaultOptions, type SandboxOptions } from "./options.ts";
export { type Sandbox, startSandbox } from "./start.ts";
export { seededLogin, seededPassword } from "./state/seed/people.ts";
export type { UserStatus } from "./state/users/user.ts";
