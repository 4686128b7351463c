import { setImmediate as turn } from "node:timers/promises";

const flushBytes = 65_536;
const notYet = Symbol("not yet");

type Next =
  | { readonly kind: "item"; readonly item: unknown }
  | { readonly kind: "end" }
  | { readonly kind: "failed"; readonly reason: unknown };

// A failure is kept as a value, so that nobody's rejection goes unheard while what was gathered is handed on.
function settle(result: Promise<IteratorResult<unknown>>): Promise<Next> {
  return result.then(
    ({ done, value }) => (done ? { kind: "end" } : { kind: "item", item: value }),
    (reason: unknown) => ({ kind: "failed", reason }),
  );
}

/**
 * Items as lines of JSON, gathered to chunks of about 64 KiB while they come without a pause, and handed on at once when they
 * do not. Nothing is read ahead of the consumer but one item, so back-pressure reaches the source.
 */
export async function* toNdjson(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  const source = items[Symbol.asyncIterator]();
  let gathered = "";
  try {
    let pending = settle(source.next());
    for (;;) {
      let next = gathered === "" ? await pending : await Promise.race([pending, turn(notYet)]);
      if (next === notYet) {
        yield gathered;
        gathered = "";
        next = await pending;
      }
      if (typeof next === "symbol" || next.kind === "end") break;
      if (next.kind === "failed") {
        if (gathered !== "") yield gathered;
        throw next.reason;
      }
      gathered += `${JSON.stringify(next.item)}\n`;
      if (gathered.length >= flushBytes) {
        yield gathered;
        gathered = "";
      }
      pending = settle(source.next());
    }
    if (gathered !== "") yield gathered;
  } finally {
    await source.return?.();
  }
}
