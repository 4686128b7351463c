import type { FastifyReply } from "fastify";

/** Tells a route's work when nobody waits for its answer any more. */
export interface Ending {
  /** Aborted when the client has gone before the answer was complete, or the server closes. */
  of(reply: FastifyReply): AbortSignal;
  /** Aborts them all, those to come included. */
  close(): void;
}

/** One for each server. */
export function createEnding(): Ending {
  const closing = new AbortController();
  return {
    of(reply) {
      const gone = new AbortController();
      reply.raw.once("close", () => {
        if (!reply.raw.writableFinished) gone.abort();
      });
      return AbortSignal.any([gone.signal, closing.signal]);
    },
    close: () => closing.abort(),
  };
}
