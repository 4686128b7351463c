/** What sinks do on a disk that is really full. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { withTemporaryDirectory } from "../support/directories.ts";
import { batchCount, numberedBatch, writeNumbered } from "../support/sinks/numbered-batches.ts";
import { ndjsonPlace, type SinkPlace, sqlitePlace } from "../support/sinks/places.ts";
import { canMount, fillDisk, noSmallDisk, withSmallDisk } from "../support/small-disk.ts";
import { suite } from "../support/suite.ts";

const test = suite("a sink on a full disk");
const writer = { sync: "acme", epoch: 1 };
const fullBehind = 20;

/** Writes a load during which the disk is filled, and freed once the sink has said so. Tells which batch was refused. */
async function writeOnFullDisk({ sink }: SinkPlace, disk: string): Promise<number> {
  const ballast = join(disk, "ballast");
  const open = await sink.open(writer);
  let refused = 0;
  for (let n = 1; n <= batchCount; n += 1) {
    if (n === fullBehind) fillDisk(ballast, disk);
    await open.commit(numberedBatch(n)).catch(async (reason: unknown) => {
      assert.deepEqual([LongarmError.from(reason).code, refused], ["sink_full", 0], String(reason));
      refused = n;
      rmSync(ballast);
      await open.commit(numberedBatch(n));
    });
  }
  await open.close();
  return refused;
}

const places = { "a SQLite sink": sqlitePlace, "an NDJSON sink": ndjsonPlace };
const may = canMount();

for (const [name, placeIn] of Object.entries(places)) {
  const title = `says so as ${name}, loses nothing, and takes the same batch when there is room again`;
  if (!may) test.skip(title, noSmallDisk);
  else
    test(title, () =>
      withSmallDisk("12m", (disk) =>
        withTemporaryDirectory(async (elsewhere) => {
          const [full, calm] = [placeIn(disk), placeIn(elsewhere)];
          const refused = await writeOnFullDisk(full, disk);
          assert.ok(refused >= fullBehind && refused < batchCount, `batch ${refused} was refused`);
          await writeNumbered(calm.sink, writer);
          assert.deepEqual(await full.state(), await calm.state());
        }),
      ),
    );
}

test.run();
