import { Membership, type SeededMembers } from "../groups/membership.ts";
import type { IdSpace } from "../seed/id-space.ts";
import type { AppRecord, GroupAssignment } from "./app.ts";

interface Entry {
  readonly app: AppRecord;
  readonly direct: Membership;
  readonly groups: Map<string, GroupAssignment>;
}

/** All applications of the org by index, with whom and what is assigned to them. An index is never given twice. */
export class AppStore {
  readonly #ids: IdSpace;
  readonly #entries = new Map<number, Entry>();
  #end = 0;

  constructor(ids: IdSpace) {
    this.#ids = ids;
  }

  /** In order of creation. */
  all(): readonly AppRecord[] {
    return [...this.#entries.values()].map(({ app }) => app);
  }

  /** The index behind an id of this org, whether or not that application still exists. */
  indexOfId(id: string): number | undefined {
    const index = this.#ids.indexOf(id);
    return index !== undefined && index < this.#end ? index : undefined;
  }

  byId(id: string): AppRecord | undefined {
    const index = this.indexOfId(id);
    return index === undefined ? undefined : this.#entries.get(index)?.app;
  }

  /** Adds an application; its index and id are given here. */
  add(app: Omit<AppRecord, "index" | "id">, seeded?: SeededMembers): AppRecord {
    const index = this.#end;
    this.#end += 1;
    const added = { ...app, index, id: this.#ids.idOf(index) };
    this.#entries.set(index, { app: added, direct: new Membership(seeded), groups: new Map() });
    return added;
  }

  /** Stores the application in place of what stood at its index. */
  put(app: AppRecord): AppRecord {
    this.#entries.set(app.index, { app, direct: this.usersOf(app), groups: this.groupsOf(app) });
    return app;
  }

  remove(app: AppRecord): void {
    this.#entries.delete(app.index);
  }

  /** The users that are assigned by themselves, by index. */
  usersOf(app: AppRecord): Membership {
    return this.#entries.get(app.index)?.direct ?? new Membership();
  }

  /** The groups that are assigned, by id, in the order of their assignment. */
  groupsOf(app: AppRecord): Map<string, GroupAssignment> {
    return this.#entries.get(app.index)?.groups ?? new Map();
  }
}
