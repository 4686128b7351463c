import type { IdSpace } from "../seed/id-space.ts";
import type { HookRecord } from "./hook.ts";

/** All event hooks of the org, in order of creation. */
export class HookStore {
  readonly #ids: IdSpace;
  readonly #hooks = new Map<string, HookRecord>();
  #end = 0;

  constructor(ids: IdSpace) {
    this.#ids = ids;
  }

  all(): readonly HookRecord[] {
    return [...this.#hooks.values()];
  }

  byId(id: string): HookRecord | undefined {
    return this.#hooks.get(id);
  }

  /** Adds a hook; its id is given here, and never twice. */
  add(hook: Omit<HookRecord, "id">): HookRecord {
    const added = { ...hook, id: this.#ids.idOf(this.#end) };
    this.#end += 1;
    return this.put(added);
  }

  /** Stores the hook in place of the one with its id. */
  put(hook: HookRecord): HookRecord {
    this.#hooks.set(hook.id, hook);
    return hook;
  }

  remove(hook: HookRecord): void {
    this.#hooks.delete(hook.id);
  }
}
