import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { judgeRoom, soundWrites, watchDisk, watchWrite, type RoomFacts } from "./storage.ts";

const test = suite("room for new runs");
const mib = 1024 * 1024;

const cases: readonly (readonly [what: string, facts: RoomFacts, reserve: number | undefined, hasRoom: boolean, sentence: RegExp])[] = [
  ["room on disk and in the quota", facts(1, 10_000, 9_000), undefined, true, /below 256 MB/],
  [
    "a quota that is nearly used up",
    facts(9_800, 10_000, 9_000),
    undefined,
    false,
    /Only 200 MB are left of the broker's quota.*256 MB.*runs rm/,
  ],
  ["a disk that is nearly full", facts(1, 10_000, 100), undefined, false, /Only 100 MB are left on the broker's disk.*free space there/],
  ["a small quota keeps a quarter of itself", facts(40, 64, 9_000), undefined, true, /below 16 MB/],
  ["a small quota that is three quarters full", facts(49, 64, 9_000), undefined, false, /Only 15 MB/],
  ["a reserve that was told counts as told", facts(40, 64, 9_000), 32 * mib, false, /32 MB are kept/],
  ["a limit of nothing", { usedBytes: 5, quotaBytes: null, freeDiskBytes: null }, undefined, true, /not known/],
  [
    "a broker that does not say what is used, on our disk",
    { usedBytes: null, quotaBytes: 5, freeDiskBytes: 0 },
    undefined,
    false,
    /Only 0 MB/,
  ],
];
for (const [what, known, reserve, hasRoom, sentence] of cases) {
  test(what, () => {
    const verdict = judgeRoom(known, reserve);
    assert.equal(verdict.hasRoom, hasRoom, verdict.sentence);
    if (!hasRoom || /below|known/.test(sentence.source)) assert.match(verdict.sentence, sentence);
  });
}

test("whoever has more room is never refused where somebody with less is not", () => {
  const size = fc.nat(1_000_000);
  fc.assert(
    fc.property(fc.tuple(size, size, size, size), ([used, quota, free, more]) => {
      const less = judgeRoom(facts(used, quota, free), 500 * mib);
      const greater = judgeRoom(facts(used, quota + more, free + more), 500 * mib);
      assert.ok(!less.hasRoom || greater.hasRoom);
    }),
  );
});

test("writes are tried only after the disk was nearly full and has room again, until one succeeds", () => {
  assert.equal(watchDisk(soundWrites, 100 * mib).mayTry, false);
  const full = watchDisk(soundWrites, 1 * mib);
  assert.equal(full.mayTry, false);
  const roomy = watchDisk(full.watch, 100 * mib);
  assert.equal(roomy.mayTry, true);
  assert.equal(watchDisk(watchWrite(roomy.watch, true).watch, 100 * mib).mayTry, false);
});

test("two writes that fail in a row restart the server, and then it is tried again", () => {
  const suspect = watchDisk(soundWrites, 0).watch;
  const first = watchWrite(suspect, false);
  const second = watchWrite(first.watch, false);
  assert.deepEqual([first.restart, second.restart, watchDisk(second.watch, 100 * mib).mayTry], [false, true, true]);
  assert.equal(watchWrite(second.watch, false).restart, false);
});

test.run();

/** In MiB. */
function facts(used: number, quota: number, free: number): RoomFacts {
  return { usedBytes: used * mib, quotaBytes: quota * mib, freeDiskBytes: free * mib };
}
