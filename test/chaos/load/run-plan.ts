import type { EffectClass, Lane } from "@longarm/shared";
import { seededLogin, seededPassword } from "@longarm/sandbox";
import type { Chance } from "../chance.ts";

/** The effect that the org's ledger must hold of a run: what happened, and to what. */
export interface ExpectedEffect {
  readonly effect: string;
  /** A user's login, a group's or an event hook's name, or the user whose membership it is. */
  readonly of: { readonly user: string } | { readonly group: string } | { readonly hook: string } | { readonly memberOfShared: string };
}

/** One run of the load. Everything that it touches is its own, so that each effect can be tied to it. */
export interface RunPlan {
  readonly index: number;
  /** Its idempotency key. */
  readonly key: string;
  /** When it is submitted, milliseconds since the load began. */
  readonly atMs: number;
  readonly effect: EffectClass;
  readonly body: {
    readonly action: string;
    readonly connection: string;
    readonly lane: Lane;
    readonly input: object;
    readonly deadline?: string;
  };
  /** When it is cancelled, milliseconds after it was accepted; absent: never. */
  readonly cancelAfterMs?: number;
  /** The status that its user must be in beforehand; absent: as it is. */
  readonly status?: string;
  /** Null: it only reads. */
  readonly expected: ExpectedEffect | null;
}

interface Draft {
  readonly effect: EffectClass;
  readonly action: string;
  readonly input: object;
  readonly status?: string;
  readonly expected: ExpectedEffect | null;
}

type Recipe = (at: { readonly index: number; readonly user: string; readonly key: string; readonly group: string }) => Draft;

const toUser = (action: string, of: { readonly effect: EffectClass; readonly done: string; readonly status?: string }): Recipe => {
  const { effect, done, status } = of;
  return ({ user }) => ({
    effect,
    action: `okta.user.${action}`,
    input: { user },
    ...(status !== undefined && { status }),
    expected: { effect: `user.${done}`, of: { user } },
  });
};

/** The actions of the load, by name; how often each is drawn. */
const recipes: Readonly<Record<string, { readonly weight: number; readonly draft: Recipe }>> = {
  getUser: { weight: 4, draft: ({ user }) => ({ effect: "read", action: "okta.user.get", input: { user }, expected: null }) },
  getGroup: { weight: 2, draft: ({ group }) => ({ effect: "read", action: "okta.group.get", input: { group }, expected: null }) },
  suspend: { weight: 2, draft: toUser("suspend", { effect: "converge", done: "suspended" }) },
  unsuspend: { weight: 2, draft: toUser("unsuspend", { effect: "converge", done: "unsuspended", status: "SUSPENDED" }) },
  addUser: {
    weight: 2,
    draft: ({ user, group }) => ({
      ...{ effect: "converge", action: "okta.group.addUser", input: { group, user } },
      expected: { effect: "group.memberAdded", of: { memberOfShared: user } },
    }),
  },
  updateProfile: {
    weight: 2,
    draft: ({ user, key }) => ({
      ...{ effect: "converge", action: "okta.user.updateProfile", input: { user, set: { nickName: key } } },
      expected: { effect: "user.updated", of: { user } },
    }),
  },
  createUser: {
    weight: 3,
    draft: ({ key }) => {
      const login = `${key}@example.com`;
      const profile = { firstName: "Ada", lastName: "Lovelace", email: login, login };
      return {
        ...{ effect: "create", action: "okta.user.create", input: { profile, activate: false } },
        expected: { effect: "user.created", of: { user: login } },
      };
    },
  },
  createGroup: {
    weight: 2,
    draft: ({ key }) => ({
      ...{ effect: "create", action: "okta.group.create", input: { name: key } },
      expected: { effect: "group.created", of: { group: key } },
    }),
  },
  // Its name and uri may stand twice, so that a second request is an effect of its own and not refused.
  createHook: {
    weight: 2,
    draft: ({ key }) => ({
      ...{ effect: "create", action: "okta.eventHook.create" },
      input: { name: key, events: ["user.lifecycle.create"], uri: `https://hooks.example.com/${key}`, verify: false },
      expected: { effect: "eventHook.created", of: { hook: key } },
    }),
  },
  temporaryPassword: { weight: 2, draft: toUser("resetToTemporaryPassword", { effect: "once", done: "passwordExpired" }) },
  changePassword: {
    weight: 2,
    draft: ({ user, index }) => ({
      ...{ effect: "once", action: "okta.user.changePassword" },
      input: { user, oldPassword: seededPassword(index), newPassword: `Quiet-7-Rivers-${index}` },
      expected: { effect: "user.passwordChanged", of: { user } },
    }),
  },
  reactivate: { weight: 2, draft: toUser("reactivate", { effect: "once", done: "reactivated", status: "PROVISIONED" }) },
};

const drawn = Object.values(recipes).flatMap(({ weight, draft }) => Array.from({ length: weight }, () => draft));
const lanes: readonly Lane[] = ["interactive", "standard", "standard", "bulk"];

const cancelledPercent = 4;
const deadlinePercent = 3;

/** A few are cancelled, a few have a deadline that they may or may not meet. */
function limitsOf(chance: Chance): { readonly cancelAfterMs?: number; readonly deadline?: string } {
  const lot = chance.between(1, 100);
  if (lot <= cancelledPercent) return { cancelAfterMs: chance.between(0, 1_500) };
  return lot <= cancelledPercent + deadlinePercent ? { deadline: `${chance.between(200, 6_000)}ms` } : {};
}

/** What a load is made of. */
export interface LoadWish {
  readonly runs: number;
  readonly overMs: number;
  /** Makes keys differ from those of another load. */
  readonly name: string;
  /** Id of the group that memberships are added to. */
  readonly group: string;
  readonly connections: readonly string[];
  /** The number of the first; absent: 0. */
  readonly from?: number;
  /** When it begins; absent: 0. */
  readonly afterMs?: number;
}

/** The runs of a load, first to last: mixed in action, lane and connection by chance, in bursts of uneven size. */
export function planLoad(chance: Chance, wish: LoadWish): readonly RunPlan[] {
  const eachMs = wish.overMs / wish.runs;
  const { from = 0, afterMs = 0 } = wish;
  return Array.from({ length: wish.runs }, (_, at) => {
    const index = from + at;
    const key = `${wish.name}-${index}`;
    const { action, input, effect, expected, status } = chance.pick(drawn)({ index, key, user: seededLogin(index), group: wish.group });
    const { deadline, ...cancel } = limitsOf(chance);
    const place = { connection: chance.pick(wish.connections), lane: chance.pick(lanes) };
    const body = { action, ...place, input, ...(deadline !== undefined && { deadline }) };
    const atMs = afterMs + Math.round(Math.max(0, at * eachMs - chance.between(0, Math.round(eachMs * 10))));
    return { index, key, atMs, effect, body, expected, ...cancel, ...(status !== undefined && { status }) };
  });
}

// So that some five reads are open at a moment whatever the machine's load makes of their way there.
const readsAbout = { fromMs: -600, toMs: 200, everyMs: 16 };

/** Reads through one connection that are under way about each of these moments. */
export function planReadsAbout(
  moments: readonly number[],
  wish: Pick<LoadWish, "name" | "group"> & { readonly connection: string; readonly from: number },
): readonly RunPlan[] {
  const { fromMs, toMs, everyMs } = readsAbout;
  const each = (toMs - fromMs) / everyMs;
  return moments.flatMap((momentMs, number) =>
    Array.from({ length: each }, (_, at): RunPlan => {
      const index = wish.from + number * each + at;
      const body = { action: "okta.group.get", connection: wish.connection, lane: "interactive", input: { group: wish.group } } as const;
      const atMs = momentMs + fromMs + at * everyMs;
      return { index, key: `${wish.name}-read-${index}`, atMs, effect: "read", body, expected: null };
    }),
  );
}
