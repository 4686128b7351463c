import type { JsMsg } from "@nats-io/jetstream";

/** Acknowledges messages together at the end of the event loop's turn: the client writes to its socket once, and not for each. */
export class Acks {
  #waiting: JsMsg[] = [];

  /** Not before this turn has ended; whoever does not wait for it loses nothing but an offer that comes once more. */
  ack(message: JsMsg): void {
    if (this.#waiting.push(message) > 1) return;
    setImmediate(() => {
      for (const waiting of this.#waiting.splice(0)) ackNow(waiting);
    });
  }
}

function ackNow(message: JsMsg): void {
  try {
    message.ack();
  } catch {
    // The connection is closed for good. The message is offered again, as one is whose acknowledgement was lost on its way.
  }
}
