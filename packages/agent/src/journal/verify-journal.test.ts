import assert from "node:assert/strict";
import type { CallKey } from "@longarm/shared/wire";
import { suite } from "../../../../test/support/suite.ts";
import type { Disk } from "./disk.ts";
import { begun, delivered, ended, keyOfCall, refused, Shelf } from "./journal.fixture.ts";
import { type JournalReport, verifyJournal } from "./verify-journal.ts";

const test = suite("an agent's journal that is verified");
const calls = 10;
const atOnce = (): Promise<void> => Promise.resolve();

function verified(shelf: Shelf, disk: Pick<Disk, "list" | "read"> = shelf.disk): Promise<JournalReport> {
  return verifyJournal(disk, shelf.deps.seal, atOnce);
}

/** A journal of some calls, and the hash that was told of each. */
async function written() {
  const shelf = new Shelf({ segmentBytes: 64 * 1024 });
  const journal = await shelf.open();
  const told: { readonly key: CallKey; readonly hash: string }[] = [];
  for (let n = 0; n < calls; n += 1) {
    const key = keyOfCall();
    await journal.write(begun(key));
    told.push({ key, hash: await journal.write(ended(key)) });
  }
  return { shelf, journal, told };
}

function kindsOf(report: JournalReport, told: readonly { readonly hash: string }[]): (string | undefined)[] {
  return told.map(({ hash }) => report.find(hash)?.kind);
}

test("is sound, tells its latest hash, and holds every hash that was told of a call, as it is written to and once it is closed", async () => {
  const { shelf, journal, told } = await written();
  const report = await verified(shelf);
  const [segment] = report.segments;
  assert.deepEqual(
    [report.journalId, report.latestHash, segment?.records, segment?.fault, segment?.isCopy],
    [journal.id, told.at(-1)?.hash, 1 + 2 * calls, null, false],
  );
  for (const { key, hash } of told) {
    const { kind, callId, attempt } = report.find(hash) ?? assert.fail(`${hash} was not found`);
    assert.deepEqual([kind, callId, attempt], ["record", key.callId, key.attempt]);
  }
  assert.equal(report.find("0".repeat(32)), undefined);
  const { steps } = shelf.disk;
  await journal.close();
  assert.deepEqual(kindsOf(await verified(shelf), told), Array(calls).fill("record"));
  assert.equal(shelf.disk.steps, steps, "to look changes nothing");
});

test("holds the hashes that were told when its segment was replaced, of calls that go on in it and of those that were delivered", async () => {
  const { shelf, journal, told } = await written();
  const [gone] = told;
  journal.note(delivered(gone!.key));
  for (let round = 0; round < 3; round += 1) {
    const key = keyOfCall();
    await journal.write(ended(key));
    journal.note(delivered(key));
    await journal.tidy();
    const report = await verified(shelf);
    assert.deepEqual(kindsOf(report, told), ["settled", ...Array<string>(calls - 1).fill("moved")]);
    assert.equal(report.find(gone!.hash)?.callId, gone!.key.callId);
    assert.ok(report.find(report.segments[0]?.follows ?? ""));
  }
  await journal.close();
  const again = await shelf.open();
  assert.equal(again.find(gone!.key)?.endHash, gone!.hash);
});

test("is damaged from the record on in which a bit has flipped; what was told of those before it is held, of later ones not", async () => {
  const { shelf, told } = await written();
  const segment = await shelf.segment();
  const { bytes } = await shelf.disk.read(segment);
  // The frame that holds the end of the sixth call begins behind its predecessor's, whose hash it bears.
  const at = Buffer.from(bytes).indexOf(Buffer.from(told[5]!.hash, "hex")) - 8;
  shelf.disk.spoil(segment, (spoilt) => {
    spoilt[at + 40]! ^= 1;
    return spoilt;
  });
  const report = await verified(shelf);
  const [found] = report.segments;
  assert.deepEqual([found?.fault?.record, found?.fault?.byte, report.latestHash], [1 + 2 * 6 + 1, at, told[5]?.hash]);
  assert.match(found?.fault?.message ?? "", /checksum/);
  assert.deepEqual(kindsOf(report, told), [...Array<string>(6).fill("record"), undefined, undefined, undefined, undefined]);
});

test("goes on under a new id once it was opened after damage, and still holds what was told of the calls that were kept", async () => {
  const { shelf, journal, told } = await written();
  shelf.disk.spoil(await shelf.segment(), (bytes) => bytes.subarray(0, bytes.length - 1));
  await shelf.open();
  const report = await verified(shelf);
  assert.notEqual(report.journalId, journal.id);
  assert.deepEqual(kindsOf(report, told), Array(calls).fill("moved"));
});

test("may be a copy, which is said, and is sound all the same", async () => {
  const { shelf, told } = await written();
  const segment = await shelf.segment();
  const { bytes } = await shelf.disk.read(segment);
  await shelf.disk.remove(segment);
  shelf.disk.restore(segment, bytes);
  const report = await verified(shelf);
  assert.deepEqual([report.segments[0]?.isCopy, report.segments[0]?.fault], [true, null]);
  assert.deepEqual(kindsOf(report, told), Array(calls).fill("record"));
});

test("is looked at again when it was read in the middle of a record, or of its renewal", async () => {
  const { shelf, told } = await written();
  let looks = 0;
  const gone = Object.assign(new Error("gone"), { code: "ENOENT" });
  const disk = {
    list: () => shelf.disk.list(),
    read: async (name: string) => {
      looks += 1;
      if (looks === 1) throw gone;
      const { bytes, identity } = await shelf.disk.read(name);
      return {
        bytes:
          looks === 2
            ? bytes.with(
                bytes.findLastIndex((byte) => byte !== 0),
                0,
              )
            : bytes,
        identity,
      };
    },
  };
  const report = await verified(shelf, disk);
  assert.deepEqual([looks, report.segments[0]?.fault, report.latestHash], [3, null, told.at(-1)?.hash]);
});

test("holds a record that was written over by another one of the same journal's key for no other", async () => {
  const one = await written();
  const key = keyOfCall();
  const before = (await verified(one.shelf)).latestHash;
  const twin = one.shelf.twin();
  const other = await twin.open();
  const [mine, theirs] = [await one.journal.write(refused(key)), await other.write(refused(keyOfCall()))];
  assert.notEqual(mine, theirs);
  assert.equal((await verified(twin)).find(mine), undefined, "a history that was rewritten lacks what was told");
  assert.equal((await verified(twin)).find(before ?? "")?.kind, "record");
});

test("is none where no segment stands", async () => {
  await assert.rejects(verified(new Shelf()), { code: "invalid_usage" });
});

test.run();
