import { randomBytes } from "node:crypto";
import type { Clock } from "@longarm/shared";
import { AppStore } from "./apps/app-store.ts";
import { Departed } from "./departed.ts";
import { GroupStore } from "./groups/group-store.ts";
import { RuleStore } from "./groups/rules/rule-store.ts";
import { HookStore } from "./hooks/hook-store.ts";
import { createOAuth, type OAuth } from "./oauth/oauth.ts";
import { IndexLag } from "./index-lag.ts";
import { SystemLog } from "./log/system-log.ts";
import { CustomAttributes } from "./schemas/custom-attributes.ts";
import { IdSpace } from "./seed/id-space.ts";
import { SeededPeople, type SeedStatuses } from "./seed/people.ts";
import { seedApps, seedDirectory } from "./seed/seed-apps.ts";
import { seedGroups } from "./seed/seed-groups.ts";
import { UserStore } from "./users/user-store.ts";
import { UserTypes } from "./users/user-types.ts";

/** What an org starts with. */
export interface OrgOptions {
  readonly users: number;
  readonly seed: number;
  readonly statuses: SeedStatuses;
  /** How long `search` keeps showing the state before a change. */
  readonly indexLagMs: number;
  /** How long an activation, a deactivation and a deletion take. */
  readonly transitionMs: number;
  readonly clock: Clock;
}

/** The whole state of one simulated org. */
export interface Org {
  readonly id: string;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly apps: AppStore;
  readonly groupRules: RuleStore;
  readonly hooks: HookStore;
  readonly log: SystemLog;
  /** What was removed a moment ago. */
  readonly departed: Departed;
  readonly oauth: OAuth;
  /** What the org's network zones do with requests. */
  readonly network: { isBlocked: boolean };
  /** Id of the administrator whom the token belongs to; no user of the org that can be seen. */
  readonly adminId: string;
  /** Id of what the org does by itself, such as by its rules. */
  readonly systemId: string;
  readonly userTypes: UserTypes;
  readonly groupSchemaId: string;
  /** What the org added to the profiles of groups. */
  readonly groupAttributes: CustomAttributes;
  readonly transitionMs: number;
  /** Does this after so many milliseconds, unless the org is closed before. */
  readonly after: (ms: number, work: () => void) => void;
  /** Ends whatever is still to be done. */
  readonly close: () => void;
  readonly nowMs: () => number;
  /** The present moment as Okta writes it. */
  readonly now: () => string;
  /** A fresh secret of that many letters and digits, for tokens and temporary passwords. */
  readonly newSecret: (length: number) => string;
}

const secretAlphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

function newSecret(length: number): string {
  return Array.from(randomBytes(length), (byte) => secretAlphabet[byte % secretAlphabet.length]).join("");
}

/** Makes an org; the same seed and number of users give the same org, ids included. */
export function createOrg({ users: seededCount, seed, statuses, indexLagMs, transitionMs, clock }: OrgOptions): Org {
  const closed = new AbortController();
  const ids = new IdSpace("00u", seed);
  const userTypes = new UserTypes(new IdSpace("oty", seed), new IdSpace("osc", seed));
  const people = new SeededPeople({ seed, ids, typeId: userTypes.default.id, statuses });
  const groups = new GroupStore(new IdSpace("00g", seed), new IndexLag(indexLagMs));
  const apps = new AppStore(new IdSpace("0oa", seed));
  seedGroups(groups, { people, seed, seededCount, sourceId: seedDirectory(apps).id });
  seedApps(apps, { groups, people, seed, seededCount });
  return {
    id: new IdSpace("00o", seed).idOf(0),
    oauth: createOAuth(() => clock.nowMs()),
    network: { isBlocked: false },
    users: new UserStore({ seeded: people, seededCount, ids, lag: new IndexLag(indexLagMs) }),
    groups,
    apps,
    groupRules: new RuleStore(new IdSpace("0pr", seed)),
    hooks: new HookStore(new IdSpace("who", seed)),
    log: new SystemLog(),
    adminId: ids.idOf(0xffffffff),
    systemId: new IdSpace("spr", seed).idOf(0),
    userTypes,
    departed: new Departed(),
    groupSchemaId: new IdSpace("gsc", seed).idOf(0),
    groupAttributes: new CustomAttributes((name) => name === "name" || name === "description"),
    transitionMs,
    after: (ms, work) => void clock.sleep(ms, closed.signal).then(work, () => undefined),
    close: () => closed.abort(),
    nowMs: () => clock.nowMs(),
    now: () => new Date(clock.nowMs()).toISOString(),
    newSecret,
  };
}
