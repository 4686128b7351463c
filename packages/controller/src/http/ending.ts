import type { FastifyReply } from "fastify";

/** Tells a route's work when nobody waits for its answer any more. */
export interface Ending {
  /** Aborted when the client has gone before the answer was complete, the server closes, or that time is over where one is given. */
  of(reply: FastifyReply, withinMs?: number): AbortSignal;
  /** Aborts them all, those to come included. */
  close(): void;
}

// Without a reason of one's own each abort makes an error with a stack trace.
const nobodyWaits = new Error("Nobody waits for this answer any more.");

/** One for each server. No signal is derived from another: what that costs is paid with every request. */
export function createEnding(): Ending {
  const open = new Set<AbortController>();
  let isClosing = false;
  return {
    of(reply, withinMs) {
      const ending = new AbortController();
      const end = (): void => ending.abort(nobodyWaits);
      if (isClosing) end();
      open.add(ending);
      const timer = withinMs === undefined ? undefined : setTimeout(end, withinMs).unref();
      reply.raw.once("close", () => {
        clearTimeout(timer);
        open.delete(ending);
        if (!reply.raw.writableFinished) end();
      });
      return ending.signal;
    },
    close() {
      isClosing = true;
      for (const ending of open) ending.abort(nobodyWaits);
    },
  };
}
