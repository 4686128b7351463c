import { type Clock, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { type WebSocket, WebSocketServer } from "ws";
import type { LiveDoor, LiveGuest, Upgrade } from "../ports/live.ts";
import { gap, type LiveFeed, type Seat } from "./live-feed.ts";

interface Deps {
  readonly feed: LiveFeed;
  readonly clock: Clock;
  readonly logger: Logger;
}

const mostGuests = 200;
// Nothing is expected of a listener.
const mostHeardBytes = 1_024;
// Whoever takes in less than is told misses some of it, and learns that.
const mostUnsentBytes = 4 * 1_024 * 1_024;
const lookAfterGuestMs = 15_000;

/** Codes of RFC 6455. */
const goingAway = 1_001;
const policyViolation = 1_008;

/** Listeners over WebSockets: told by the feed, pinged, and shown out when their token ends. */
export class WebSocketDoor implements LiveDoor {
  readonly #deps: Deps;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: mostHeardBytes, perMessageDeflate: false });

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  assertRoom(): void {
    if (this.#deps.feed.size < mostGuests) return;
    throw new LongarmError(
      "too_many_requests",
      `${mostGuests} listen already, which is as many as this controller tells; ask another one.`,
      {
        retryable: true,
      },
    );
  }

  accept({ request, socket, head }: Upgrade, guest: LiveGuest): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#seat(webSocket, guest));
  }

  close(): void {
    for (const webSocket of this.#server.clients) {
      webSocket.close(goingAway, "This controller stops.");
      webSocket.terminate();
    }
    this.#server.close();
  }

  #seat(webSocket: WebSocket, guest: LiveGuest): void {
    const { feed, logger } = this.#deps;
    const gone = new AbortController();
    let isBehind = false;
    const seat: Seat = {
      guest,
      send: (text) => {
        if (webSocket.bufferedAmount > mostUnsentBytes) isBehind = true;
        else if (isBehind) {
          isBehind = false;
          webSocket.send(gap);
        }
        if (!isBehind) webSocket.send(text);
      },
    };
    webSocket.on("error", (error) =>
      logger.debug({ principal: guest.principal, reason: error.message }, "A listener's connection failed."),
    );
    webSocket.once("close", () => {
      feed.leave(seat);
      gone.abort();
    });
    webSocket.send(JSON.stringify({ kind: "hello", kinds: [...guest.kinds] }));
    feed.join(seat);
    void this.#lookAfter(webSocket, { guest, signal: gone.signal });
  }

  /** Ends a listener that does not answer, or whose token is not valid any more. */
  async #lookAfter(webSocket: WebSocket, { guest, signal }: { readonly guest: LiveGuest; readonly signal: AbortSignal }): Promise<void> {
    let isThere = true;
    webSocket.on("pong", () => (isThere = true));
    for (;;) {
      await this.#deps.clock.sleep(lookAfterGuestMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      if (!isThere) return webSocket.terminate();
      if (!(await guest.isStillValid())) return webSocket.close(policyViolation, "The token is not valid any more.");
      isThere = false;
      webSocket.ping();
    }
  }
}
