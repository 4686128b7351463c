import { LongarmError } from "./errors.ts";
import type { Logger } from "./logger.ts";

/** Does the work for each of them. A fault is logged and stays the item's own: time limits of all the others hang on their turn. */
export function eachAlone<T>(items: Iterable<T>, logger: Logger, work: (item: T) => void): void {
  for (const item of items) {
    try {
      work(item);
    } catch (reason) {
      const { code, message } = LongarmError.from(reason);
      logger.error({ code, reason: message }, "What was due for a call or an agent failed by a fault of ours; the others go on.");
    }
  }
}
