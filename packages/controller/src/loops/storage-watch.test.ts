import assert from "node:assert/strict";
import { systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { suite } from "../../../../test/support/suite.ts";
import { soundWrites } from "../decide/storage.ts";
import type { StorageGauge } from "../ports/storage-gauge.ts";
import { StorageRoom } from "../run/steer/storage-room.ts";
import { lookOnce } from "./storage-watch.ts";

const test = suite("the watch over the store");
const mib = 1024 * 1024;

/** A gauge that a test sets, and what the watch did with it. */
function scripted(canRestart: boolean) {
  const state = { freeDiskBytes: 1_000 * mib, writes: true, probes: 0, restarts: 0 };
  const gauge: StorageGauge = {
    measure: async () => ({ usedBytes: 0, quotaBytes: 2_000 * mib, freeDiskBytes: state.freeDiskBytes }),
    canWrite: async () => {
      state.probes += 1;
      return state.writes;
    },
    restart: canRestart
      ? async () => {
          state.restarts += 1;
          state.writes = true;
        }
      : null,
  };
  const room = new StorageRoom();
  const deps = { gauge, room, reserveBytes: undefined, clock: systemClock, logger: silentLogger };
  let watch = soundWrites;
  const look = async (): Promise<void> => void (watch = await lookOnce(deps, watch));
  return { state, room, look };
}

test("an embedded broker that refuses writes after its disk was full is started again, once there is room", async () => {
  const { state, room, look } = scripted(true);
  await look();
  assert.deepEqual([room.hasRoom, state.probes], [true, 0]);
  Object.assign(state, { freeDiskBytes: 0, writes: false });
  await look();
  await look();
  assert.deepEqual([room.hasRoom, state.probes, state.restarts], [false, 0, 0]);
  state.freeDiskBytes = 1_000 * mib;
  await look();
  assert.deepEqual([room.hasRoom, /must be started again/.test(room.sentence), state.restarts], [false, true, 0]);
  await look();
  assert.equal(state.restarts, 1);
  await look();
  await look();
  assert.deepEqual([room.hasRoom, state.probes, state.restarts], [true, 3, 1]);
});

test("a broker that is not ours is told about and not started again, and its return is noticed", async () => {
  const { state, room, look } = scripted(false);
  Object.assign(state, { freeDiskBytes: 0, writes: false });
  await look();
  state.freeDiskBytes = 1_000 * mib;
  for (let n = 0; n < 5; n += 1) await look();
  assert.deepEqual([room.hasRoom, state.restarts], [false, 0]);
  state.writes = true;
  await look();
  assert.deepEqual([room.hasRoom, room.sentence.includes("may still be stored")], [true, true]);
});

test.run();
