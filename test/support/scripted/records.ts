import type { Clock, RecordKindName, RecordState } from "@longarm/shared";
import type { RecordKind } from "@longarm/spoke";
import { inMemory } from "../../../packages/controller/src/history/records/record-file.ts";
import { SqliteRecordHistory } from "../../../packages/controller/src/history/records/sqlite-record-history.ts";
import { MemoryRecordStore } from "../../../packages/controller/src/memory/memory-record-store.ts";
import type { RecordKey } from "../../../packages/controller/src/ports/record-store.ts";
import { records } from "../../../packages/okta/src/records/index.ts";

/** The records of a controller whose ports a test scripts; the view is brought up to date by hand. */
export interface ScriptedRecords {
  readonly store: MemoryRecordStore;
  readonly history: SqliteRecordHistory;
  readonly kinds: readonly RecordKind[];
  /** Keeps a record as if somebody had seen the object at that time, and shows it in lists. */
  keep(key: RecordKey, object: Readonly<Record<string, unknown>>, over?: Partial<RecordState>): Promise<void>;
}

/** No record yet. */
export function scriptedRecords(clock: Clock): ScriptedRecords {
  const store = new MemoryRecordStore(clock);
  const history = new SqliteRecordHistory(inMemory, records);
  const begun = new Set<RecordKindName>();
  return {
    ...{ store, history, kinds: records },
    async keep(key, object, over = {}) {
      const at = clock.nowMs();
      const state: RecordState = { object, changedAt: at, firstSeenAt: at, syncedAt: at, deletedAt: null, source: "sync", ...over };
      const record = await store.change(key, () => state);
      const identity = await store.identity(key.kind);
      if (!begun.has(key.kind)) history.begin(key.kind, identity);
      begun.add(key.kind);
      if (record) history.apply(key.kind, [{ sequence: identity.lastSequence, timeMs: at, record }]);
    },
  };
}
