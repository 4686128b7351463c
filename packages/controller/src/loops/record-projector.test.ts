import { deepEqual } from "node:assert/strict";
import { LongarmError, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";
import { inMemory } from "../history/records/record-file.ts";
import { SqliteRecordHistory } from "../history/records/sqlite-record-history.ts";
import { MemoryRecordStore } from "../memory/memory-record-store.ts";
import { projectRecords } from "./record-projector.ts";

const test = suite("the projector of records");
const groups = { kind: "groups", fields: [{ name: "name" }] } as const;

test("shows what is stored, and goes on after the store was away", async () => {
  const store = new MemoryRecordStore(systemClock);
  const history = new SqliteRecordHistory(inMemory, [groups]);
  const keep = (id: string) =>
    store.change({ kind: "groups", connection: "acme", id }, () => {
      const state = { changedAt: null, firstSeenAt: 1, syncedAt: 1, deletedAt: null, source: "sync" } as const;
      return { object: { name: id }, ...state };
    });
  const shown = () => history.list("groups", {}, { limit: 10 }).records.map(({ id }) => id);
  await keep("00g1");
  let isAway = true;
  const identity = store.identity.bind(store);
  store.identity = async (kind) => {
    if (isAway) throw new LongarmError("broker_unavailable");
    return identity(kind);
  };
  const stopping = new AbortController();
  const clock = new ManualClock();
  const ended = projectRecords({ records: store, history, kinds: ["groups"], clock, logger: silentLogger }, stopping.signal);
  isAway = false;
  await until("it goes on", async () => {
    await clock.advance(500);
    return shown().length === 1;
  });
  await keep("00g2");
  await until("it shows the second", async () => shown().length === 2);
  deepEqual(shown(), ["00g1", "00g2"]);
  stopping.abort();
  await ended;
  history.close();
});

test.run();
