import type { IndexLag } from "../index-lag.ts";
import type { IdSpace } from "../seed/id-space.ts";
import { type SeededPeople, seededIndexOf, seededLogin } from "../seed/people.ts";
import { loginOf, shortNameOf, type UserRecord, type UserStatus } from "./user.ts";

interface UserStoreDeps {
  readonly seeded: SeededPeople;
  readonly seededCount: number;
  readonly ids: IdSpace;
  readonly lag: IndexLag<UserRecord>;
}

/**
 * All users of the org by index: the seeded ones are computed until they first change, the rest are kept. Order of indexes is order
 * of creation, and an index is never given twice, so that a cursor stays good when its user is gone.
 */
export class UserStore {
  readonly #deps: UserStoreDeps;
  readonly #changed = new Map<number, UserRecord | null>();
  readonly #logins = new Map<string, number>();
  readonly #shortNames = new Map<string, Set<number>>();
  #end: number;

  constructor(deps: UserStoreDeps) {
    this.#deps = deps;
    this.#end = deps.seededCount;
  }

  /** One past the highest index in use. */
  get end(): number {
    return this.#end;
  }

  /** The user with this index, or undefined when there is none (any more). */
  at(index: number): UserRecord | undefined {
    const changed = this.#changed.get(index);
    if (changed !== undefined) return changed ?? undefined;
    return index < this.#deps.seededCount ? this.#deps.seeded.at(index) : undefined;
  }

  /** The user's status without making the whole user. */
  statusAt(index: number): UserStatus | undefined {
    const changed = this.#changed.get(index);
    if (changed !== undefined) return changed?.status;
    return index < this.#deps.seededCount ? this.#deps.seeded.statusOf(index) : undefined;
  }

  /** The JSON of the user's profile. */
  profileJson(user: UserRecord): string {
    const isPristine = user.index < this.#deps.seededCount && user.version === 1;
    return isPristine ? this.#deps.seeded.profileJson(user.index) : JSON.stringify(user.profile);
  }

  /** The user as the search index shows it. */
  indexedAt(index: number, nowMs: number): UserRecord | undefined {
    return this.#deps.lag.seen(index, this.at(index), nowMs);
  }

  /** Indexes that `indexedAt` may show differently from `at`. */
  lagging(): Iterable<number> {
    return this.#deps.lag.pending();
  }

  /** The index behind an id, whether or not that user still exists; undefined for what is no user id of this org. */
  indexOfId(id: string): number | undefined {
    const index = this.#deps.ids.indexOf(id);
    return index !== undefined && index < this.#end ? index : undefined;
  }

  /** The user with exactly this id. */
  byId(id: string): UserRecord | undefined {
    const index = this.indexOfId(id);
    return index === undefined ? undefined : this.at(index);
  }

  /** The user with this login, in any case of letters. */
  byLogin(login: string): UserRecord | undefined {
    const wanted = login.toLowerCase();
    const index = this.#logins.get(wanted) ?? seededIndexOf(shortNameOf(wanted));
    if (index === undefined || (index < this.#deps.seededCount && !this.#logins.has(wanted) && seededLogin(index) !== wanted))
      return undefined;
    const user = this.at(index);
    return user && loginOf(user).toLowerCase() === wanted ? user : undefined;
  }

  /** The one user whose login starts with this name before its `@`; undefined when there is none or more than one. */
  byShortName(name: string): UserRecord | undefined {
    const wanted = name.toLowerCase();
    const candidates = new Set(this.#shortNames.get(wanted));
    const seeded = seededIndexOf(wanted);
    if (seeded !== undefined) candidates.add(seeded);
    const users = [...candidates].map((index) => this.at(index)).filter((user) => user && shortNameOf(loginOf(user)) === wanted);
    return users.length === 1 ? users[0] : undefined;
  }

  /** The user that a path names: by id, else by login, else by an unambiguous short name. */
  find(reference: string): UserRecord | undefined {
    return this.byId(reference) ?? this.byLogin(reference) ?? (reference.includes("@") ? undefined : this.byShortName(reference));
  }

  /** Index and id for the next new user. */
  reserve(): { index: number; id: string } {
    const index = this.#end;
    this.#end += 1;
    return { index, id: this.#deps.ids.idOf(index) };
  }

  /** Stores the user in place of what stood at its index. */
  put(user: UserRecord, nowMs: number): UserRecord {
    const before = this.at(user.index);
    this.#deps.lag.note(user.index, before, nowMs);
    if (before && loginOf(before) !== loginOf(user)) this.#forgetNames(before);
    this.#rememberNames(user);
    this.#changed.set(user.index, user);
    return user;
  }

  /** Removes the user for good. */
  remove(user: UserRecord, nowMs: number): void {
    this.#deps.lag.note(user.index, user, nowMs);
    this.#forgetNames(user);
    this.#changed.set(user.index, null);
  }

  #rememberNames(user: UserRecord): void {
    const login = loginOf(user).toLowerCase();
    this.#logins.set(login, user.index);
    const shortName = shortNameOf(login);
    const sharing = this.#shortNames.get(shortName) ?? new Set();
    this.#shortNames.set(shortName, sharing.add(user.index));
  }

  #forgetNames(user: UserRecord): void {
    const login = loginOf(user).toLowerCase();
    if (this.#logins.get(login) === user.index) this.#logins.delete(login);
    this.#shortNames.get(shortNameOf(login))?.delete(user.index);
  }
}
