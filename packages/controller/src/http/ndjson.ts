import { setImmediate as turn } from "node:timers/promises";

const flushBytes = 65_536;
const notYet = Symbol("not yet");

/**
 * Items as lines of JSON, gathered to chunks of about 64 KiB while they come without a pause, and handed on at once when they
 * do not. Nothing is read ahead of the consumer but one item, so back-pressure reaches the source.
 */
export async function* toNdjson(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  const source = items[Symbol.asyncIterator]();
  let gathered = "";
  try {
    let pending = source.next();
    for (;;) {
      let result = gathered === "" ? await pending : await Promise.race([pending, turn(notYet)]);
      if (result === notYet) {
        yield gathered;
        gathered = "";
        result = await pending;
      }
      if (typeof result === "symbol" || result.done) break;
      gathered += `${JSON.stringify(result.value)}\n`;
      if (gathered.length >= flushBytes) {
        yield gathered;
        gathered = "";
      }
      pending = source.next();
    }
    if (gathered !== "") yield gathered;
  } finally {
    await source.return?.();
  }
}
