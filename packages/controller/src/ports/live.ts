import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Lane, RunId } from "@longarm/shared";
import type { RunRow } from "./run-history.ts";

/** What an event is about, as far as it decides who hears it. */
export interface LiveSubject {
  readonly kind: "run" | "progress" | "agent" | "budget" | "hook";
  readonly connection?: string | null;
  readonly run?: { readonly id: RunId; readonly principal: string; readonly lane: Lane; readonly status: string };
}

/** A request to go on as a WebSocket, and what it needs for that. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Somebody who wants to hear what happens. */
export interface LiveGuest {
  readonly principal: string;
  readonly kinds: ReadonlySet<LiveSubject["kind"]>;
  /** Runs whose progress is told while they go on. */
  readonly runs: ReadonlySet<RunId>;
  hears(subject: LiveSubject): boolean;
  /** Does the token still stand for them? Asked again and again while they listen. */
  isStillValid(): Promise<boolean>;
}

/** Where listeners come in. */
export interface LiveDoor {
  /** Throws `too_many_requests` while as many listen as may. */
  assertRoom(): void;
  /** Makes the upgrade, and tells them from then on. */
  accept(upgrade: Upgrade, guest: LiveGuest): void;
  /** Ends every listener. */
  close(): void;
}

/** Rows of runs by their ids, as far as they are there. */
export interface RunRows {
  find(ids: readonly RunId[]): readonly RunRow[];
}
