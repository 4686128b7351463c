/**
 * A process that writes a numbered load to a sink and tells each batch that stands: to be killed, or to freeze itself once, within the commit
 * of a batch, after it has said so. Argument: what to write, as JSON.
 */
import { writeSync } from "node:fs";
import type { Change, WriterIdentity } from "@longarm/sync";
import { numberedBatches, writeNumbered } from "./numbered-batches.ts";
import { makeSink, type SinkSpec } from "./places.ts";

/** What the process is told. */
export interface WriterOrder {
  readonly spec: SinkSpec;
  readonly writer: WriterIdentity;
  /** The batch within whose commit it freezes; absent: none. */
  readonly freezesAt?: number;
}

let hasFrozen = false;

/** A change that freezes whoever looks at it first. */
function freezing(change: Change): Change {
  return Object.defineProperty({ ...change }, "kind", {
    get() {
      if (!hasFrozen) {
        hasFrozen = true;
        writeSync(1, "frozen\n");
        process.kill(process.pid, "SIGSTOP");
      }
      return change.kind;
    },
  });
}

const { spec, writer, freezesAt } = JSON.parse(process.argv[2] ?? "") as WriterOrder;
const batches = numberedBatches().map((batch, at) =>
  at + 1 === freezesAt ? { ...batch, changes: batch.changes.map((change, n) => (n === 1 ? freezing(change) : change)) } : batch,
);
// The pause before another try keeps no process alive.
const alive = setInterval(() => undefined, 60_000);
await writeNumbered(makeSink(spec), writer, { batches, onCommit: (n) => process.stdout.write(`committed ${n}\n`) });
clearInterval(alive);
