/**
 * Does `work` for every item, at most `atOnce` at a time. When one fails the signal that the others got is aborted, all are waited for, and
 * the first failure is thrown.
 */
export async function inParallel<T>(
  items: Iterable<T>,
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const waiting = Iterator.from(items);
  const carry = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true && !both.aborted; next = waiting.next()) await work(next.value, both);
  };
  const failures: unknown[] = [];
  const carriers = Array.from({ length: atOnce }, async () =>
    carry().catch((reason: unknown) => {
      failures.push(reason);
      stop.abort(reason);
    }),
  );
  await Promise.all(carriers);
  if (failures.length > 0) throw failures[0];
  signal.throwIfAborted();
}
