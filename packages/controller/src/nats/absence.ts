import { setTimeout as pause } from "node:timers/promises";
import { LongarmError } from "@longarm/shared";
import type { NatsConnection } from "@nats-io/transport-node";

// A broker that is started again is back by then, and nobody need notice.
const patienceMs = 1_000;

/**
 * Has questions over this connection fail with `broker_unavailable`, retryable, while the broker is away: once it has been away for a
 * second, at once; and those that it has not answered when it goes, since that answer cannot come any more. The client itself would keep
 * each until its time is over, five seconds one after the other for a request that asks several times, and send it when the broker is
 * back, long after its asker was told that it failed.
 */
export function refuseWhileAway(connection: NatsConnection): void {
  const ask = connection.request.bind(connection);
  const open = new Set<(reason: LongarmError) => void>();
  let absence: Absence | undefined;
  const askNow: typeof ask = (...question) =>
    new Promise((resolve, reject) => {
      open.add(reject);
      ask(...question)
        .then(resolve, reject)
        .finally(() => open.delete(reject));
    });
  connection.request = (...question) => (absence ? absence.isShort.then(() => askNow(...question)) : askNow(...question));
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === "disconnect") {
        absence ??= new Absence();
        for (const reject of open) reject(isAway("The broker went away before it answered."));
      }
      if (type === "reconnect" || type === "close") {
        absence?.end();
        absence = undefined;
      }
    }
  })();
}

function isAway(sentence: string): LongarmError {
  return new LongarmError("broker_unavailable", sentence, { retryable: true });
}

class Absence {
  /** Resolves when it ends in time, else rejects. */
  readonly isShort: Promise<void>;
  readonly #ended = new AbortController();

  constructor() {
    this.isShort = pause(patienceMs, undefined, { signal: this.#ended.signal, ref: false }).then(
      () => {
        throw isAway("The broker is away; nothing is asked of it until it is back.");
      },
      () => undefined,
    );
    // Nobody may have asked.
    this.isShort.catch(() => undefined);
  }

  end(): void {
    this.#ended.abort();
  }
}
