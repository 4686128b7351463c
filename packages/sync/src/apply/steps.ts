/** The actions of the catalogue that a plan is made of. */
export const applyActions = [
  "okta.user.create",
  "okta.user.activate",
  "okta.user.unsuspend",
  "okta.user.updateProfile",
  "okta.group.addUser",
  "okta.group.removeUser",
  "okta.user.suspend",
  "okta.user.deactivate",
] as const;
export type ApplyAction = (typeof applyActions)[number];

/** One run of a plan. */
export interface Step {
  /** From 1, in the plan's order. */
  readonly step: number;
  /** The source's line; null: the user stands in none. */
  readonly row: number | null;
  /** The login, for people, and what holds a user's steps together. */
  readonly user: string;
  readonly action: ApplyAction;
  readonly input: Readonly<Record<string, unknown>>;
  /** The values that an update replaces. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The name of the group of a membership. */
  readonly group?: string;
  /** The step without which this one is not tried. */
  readonly needs?: number;
}

/** A step before it has its place. `isGround`: the user's later steps are not tried without it. */
export type Draft = Pick<Step, "action" | "input" | "before" | "group"> & { readonly isGround?: boolean };

/** How many steps there are of each kind, and how many users they touch. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly activate: number;
  readonly unsuspend: number;
  readonly suspend: number;
  readonly deactivate: number;
  readonly add: number;
  readonly remove: number;
  /** Users of the org that any step touches; those that are created do not count. */
  readonly changed: number;
}

const kinds: Readonly<Record<ApplyAction, Exclude<keyof Counts, "changed">>> = {
  "okta.user.create": "create",
  "okta.user.activate": "activate",
  "okta.user.unsuspend": "unsuspend",
  "okta.user.updateProfile": "update",
  "okta.group.addUser": "add",
  "okta.group.removeUser": "remove",
  "okta.user.suspend": "suspend",
  "okta.user.deactivate": "deactivate",
};

/** Counts steps. */
export function countSteps(steps: readonly Pick<Step, "action" | "user">[]): Counts {
  const counts = { create: 0, update: 0, activate: 0, unsuspend: 0, suspend: 0, deactivate: 0, add: 0, remove: 0 };
  const [touched, created] = [new Set<string>(), new Set<string>()];
  for (const { action, user } of steps) {
    counts[kinds[action]] += 1;
    (action === "okta.user.create" ? created : touched).add(user.toLowerCase());
  }
  return { ...counts, changed: touched.difference(created).size };
}
