import type { IndexLag } from "../index-lag.ts";
import type { IdSpace } from "../seed/id-space.ts";
import type { GroupRecord } from "./group.ts";
import { Membership, type SeededMembers } from "./membership.ts";

interface Entry {
  readonly group: GroupRecord;
  readonly members: Membership;
}

/** All groups of the org by index, with their members. An index is never given twice. */
export class GroupStore {
  readonly #ids: IdSpace;
  readonly #lag: IndexLag<GroupRecord>;
  readonly #entries = new Map<number, Entry>();
  #end = 0;

  constructor(ids: IdSpace, lag: IndexLag<GroupRecord>) {
    this.#ids = ids;
    this.#lag = lag;
  }

  /** One past the highest index in use. */
  get end(): number {
    return this.#end;
  }

  at(index: number): GroupRecord | undefined {
    return this.#entries.get(index)?.group;
  }

  /** The group as the search index shows it. */
  indexedAt(index: number, nowMs: number): GroupRecord | undefined {
    return this.#lag.seen(index, this.at(index), nowMs);
  }

  /** The index behind a group id of this org, whether or not the group still exists. */
  indexOfId(id: string): number | undefined {
    const index = this.#ids.indexOf(id);
    return index !== undefined && index < this.#end ? index : undefined;
  }

  byId(id: string): GroupRecord | undefined {
    const index = this.indexOfId(id);
    return index === undefined ? undefined : this.at(index);
  }

  /** The groups in order of creation. */
  all(): readonly GroupRecord[] {
    return [...this.#entries.values()].map((entry) => entry.group);
  }

  /** The members of a group that exists. */
  membersOf(group: GroupRecord): Membership {
    return this.#entries.get(group.index)?.members ?? new Membership();
  }

  /** Adds a group; its index and id are given here. */
  add(group: Omit<GroupRecord, "index" | "id">, nowMs: number, seeded?: SeededMembers): GroupRecord {
    const index = this.#end;
    this.#end += 1;
    const added = { ...group, index, id: this.#ids.idOf(index) };
    this.#lag.note(index, undefined, nowMs);
    this.#entries.set(index, { group: added, members: new Membership(seeded) });
    return added;
  }

  /** Stores the group in place of what stood at its index. */
  put(group: GroupRecord, nowMs: number): GroupRecord {
    const members = this.membersOf(group);
    this.#lag.note(group.index, this.at(group.index), nowMs);
    this.#entries.set(group.index, { group, members });
    return group;
  }

  remove(group: GroupRecord, nowMs: number): void {
    this.#lag.note(group.index, group, nowMs);
    this.#entries.delete(group.index);
  }
}
