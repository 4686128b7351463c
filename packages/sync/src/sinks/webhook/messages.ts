import { createHash } from "node:crypto";
import type { Batch, WriterIdentity } from "../../ports/sink.ts";
import { changeRecords } from "../change-record.ts";

/** One message of a batch, without what changes from try to try. */
export interface Message {
  readonly id: string;
  readonly body: string;
}

/** What a batch is told as. `sequence` counts the batches of the sync that were told. */
interface MessageOptions {
  readonly writer: WriterIdentity;
  readonly sequence: number;
  /** A message whose changes have this length is closed; one change is never divided. */
  readonly maxBytes: number;
}

/**
 * A batch as messages, none where it changes nothing. The id depends on what is said and on nothing else: told again after a crash the same
 * content has the same id, under whichever epoch, and other content another one.
 */
export function messagesOf(batch: Batch, { writer, sequence, maxBytes }: MessageOptions): readonly Message[] {
  const parts = divided(
    changeRecords(batch).map((record) => JSON.stringify(record)),
    maxBytes,
  );
  return parts.map((changes, at) => {
    const said = `${JSON.stringify({ sync: writer.sync, sequence, part: at + 1, parts: parts.length, generation: batch.generation }).slice(0, -1)},"changes":[${changes.join(",")}]`;
    const id = `msg_${createHash("sha256").update(said).digest("base64url")}`;
    const head = JSON.stringify({ type: "longarm.sync.batch", timestamp: batch.at }).slice(0, -1);
    return { id, body: `${head},"data":${said},"epoch":${writer.epoch}}}` };
  });
}

function divided(records: readonly string[], maxBytes: number): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const own = Buffer.byteLength(record);
    if (bytes + own > maxBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(record);
    bytes += own;
  }
  return parts;
}
