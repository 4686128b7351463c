import type { Delivery, EffectClass } from "../effect.ts";
import type { ErrorBody } from "../errors.ts";
import type { CallId, ControllerId, RunId } from "../ids.ts";
import type { CallRecord } from "../rest/contract.ts";
import type { ResponseHead } from "./messages.ts";

/** One attempt of one call. */
export interface CallKey {
  readonly callId: CallId;
  /** From 1. */
  readonly attempt: number;
}

/** A response's body as it is kept: whole, or only by length and SHA-256 (empty when it was not read to its end). */
export type KeptBody =
  | { readonly kind: "whole"; readonly bytes: Uint8Array }
  | { readonly kind: "dropped"; readonly length: number; readonly sha256: Uint8Array };

/** How one attempt of a call ended, as its executor saw it. */
export type CallEnd =
  | { readonly kind: "response"; readonly head: ResponseHead; readonly body: KeptBody; readonly record: CallRecord }
  | { readonly kind: "failure"; readonly delivery: Delivery; readonly error: ErrorBody; readonly record: CallRecord };

/**
 * What an agent's journal says of a call. `notAfterMs` is in Unix milliseconds on the clock of the controller that sent the call; which
 * one that is may not be known.
 */
export type JournalEntry = CallKey & { readonly notAfterMs: number; readonly controllerId?: ControllerId } & (
    | {
        readonly kind: "begun";
        readonly controllerId: ControllerId;
        readonly runId: RunId;
        readonly effect: EffectClass;
        readonly method: string;
        readonly path: string;
      }
    // `endHash`: of the record that said so first, in hexadecimal digits, where this one was moved.
    | { readonly kind: "ended"; readonly end: CallEnd; readonly endHash?: string }
    | { readonly kind: "refused"; readonly reason: string }
    | { readonly kind: "delivered" }
  );

/** The first record of a journal's segment. */
export interface JournalHeader {
  readonly journalId: string;
  /** Segments are numbered upwards; the highest one holds. */
  readonly number: number;
  /** How many bytes the file has in all. */
  readonly capacityBytes: number;
  /** What the disk recognises the file by. */
  readonly file: string;
  /** Unix milliseconds: of any controller's calls whose `notAfterMs` is not later, records may have been dropped. */
  readonly horizonMs: number;
  /** The same for one controller's calls each, on its own clock. */
  readonly horizons: readonly { readonly controllerId: ControllerId; readonly horizonMs: number }[];
  /** Calls that were settled before this segment was begun. */
  readonly settled: readonly SettledCall[];
  /** Hash of the last record of the segment before; absent: there was none. */
  readonly follows?: Uint8Array;
}

/** A call of which the journal keeps only that it is over: it was never begun, or how it ended is stored. */
export interface SettledCall extends CallKey {
  readonly notAfterMs: number;
  readonly controllerId?: ControllerId;
  readonly isRefused: boolean;
  /** Hash of the record of how it ended, in hexadecimal digits; absent: it never began, or an older agent wrote it. */
  readonly endHash?: string;
}

/** Controller → agent: what became of this call? */
export interface AskMessage extends CallKey {
  readonly controllerId: ControllerId;
  readonly nonce: string;
  readonly notAfterMs: number;
}

/**
 * `ended`: this is how. `underWay`: the end is told when it comes. `begun`: the agent's process died before it knew. `neverSeen`: not
 * begun, and never will be. `unreadable`: the journal cannot tell.
 */
export type ToldAnswer =
  | { readonly kind: "ended"; readonly end: CallEnd }
  | { readonly kind: "underWay" }
  | { readonly kind: "begun" }
  | { readonly kind: "neverSeen" }
  | { readonly kind: "unreadable" };

/** Agent → controller: what its journal says of the call. */
export interface ToldMessage extends CallKey {
  readonly nonce: string;
  readonly journalId: string;
  readonly answer: ToldAnswer;
}

/** Controller → agent: how these calls ended is stored. */
export interface DeliveredMessage {
  readonly controllerId: ControllerId;
  readonly calls: readonly CallKey[];
}

/** Agent → controller: what time is it with you? */
export interface ClockAskedMessage {
  readonly nonce: string;
}

/** Controller → agent: the time, in Unix milliseconds. */
export interface ClockToldMessage {
  readonly controllerId: ControllerId;
  readonly nonce: string;
  readonly nowMs: number;
}
