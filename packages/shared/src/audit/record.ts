import { hash } from "node:crypto";
import type { ControllerId } from "../ids.ts";
import { canonicalJson } from "../seal/canonical-json.ts";

/** The last record of a chain that somebody has seen. */
export interface AuditHead {
  readonly controller: ControllerId;
  readonly number: number;
  /** Of the record, 64 hexadecimal digits. */
  readonly hash: string;
}

/** An administrative act, an approval, a denial. Its details are free of secrets. */
export interface AuditAct {
  /** Who; "" for somebody who is not known. */
  readonly principal: string;
  /** What: the operation as the API names it, or one of `auditedActs`. */
  readonly what: string;
  /** To which things: names and ids. */
  readonly on: readonly string[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Acts that are no operation of the API, or that verification has to know. */
export const auditedActs = {
  /** Runs are removed; what anchors hold of them is then no longer there. */
  removeRun: "removeRun",
  sweepRuns: "sweepRuns",
  /** An act that was written down before it was tried came to nothing: `details.act` is its number in the same chain. */
  refused: "refused",
  /** What an act of the same chain has made. */
  made: "made",
  /** Somebody was turned away. */
  denied: "denied",
} as const;

/*
 * opened ─▶ act | anchor | keys ─▶ …      one chain for each start of a controller
 *
 * An anchor's signature covers the chain before it, since it names the hash of the record before, and the hashes of the messages of RUNS
 * that the controller stored since the last one.
 */

/** What a record says. */
export type AuditBody =
  | {
      readonly kind: "opened";
      /** The installation's public keys and the root's signature over them, base64url: what anchors are verified by. */
      readonly keys: string;
      readonly signature: string;
      /** How far the youngest other chains had come. */
      readonly heads: readonly AuditHead[];
    }
  /** The same keys anew, once they have changed. */
  | { readonly kind: "keys"; readonly keys: string; readonly signature: string }
  | ({ readonly kind: "act" } & AuditAct)
  | {
      readonly kind: "anchor";
      /** By subject: `sequence:hash` of each message, parted by spaces; the hash as base64url. */
      readonly runs: Readonly<Record<string, string>>;
      /** The signing key's id. */
      readonly key: string;
      /** By that key over the record without this member, base64url. */
      readonly signature: string;
    };

/** A record of a chain. */
export interface AuditRecord {
  readonly controller: ControllerId;
  /** From 1, without a gap. */
  readonly number: number;
  readonly timeMs: number;
  /** Hash of the record before it; "" for the first one. */
  readonly previous: string;
  readonly body: AuditBody;
}

/** SHA-256 over the canonical record, which names the hash of the one before it: 64 hexadecimal digits. */
export function hashAuditRecord(record: AuditRecord): string {
  return hash("sha256", `longarm audit v1\n${canonicalJson(record)}`);
}

/** What is signed of an anchor: `controller number hash`, so that a signer in a process of its own sees which anchor it signs. */
export function anchorBytes(record: Omit<AuditRecord, "body"> & { readonly body: Extract<AuditBody, { kind: "anchor" }> }): Uint8Array {
  const { signature: _signature, ...body } = record.body;
  return Buffer.from(`${record.controller} ${record.number} ${hash("sha256", canonicalJson({ ...record, body }))}`);
}

/** A message of RUNS as an anchor holds it. */
export interface AnchoredMessage {
  readonly sequence: number;
  readonly subject: string;
  /** Of its sealed bytes, base64url. */
  readonly hash: string;
}

/** Messages in the form of an anchor. */
export function groupBySubject(messages: readonly AnchoredMessage[]): Readonly<Record<string, string>> {
  const runs: Record<string, string> = {};
  for (const { sequence, subject, hash: of } of messages) {
    const before = runs[subject];
    runs[subject] = before === undefined ? `${sequence}:${of}` : `${before} ${sequence}:${of}`;
  }
  return runs;
}

/** The messages that an anchor holds. */
export function* messagesOf(runs: Readonly<Record<string, string>>): Generator<AnchoredMessage> {
  for (const [subject, text] of Object.entries(runs)) {
    for (const part of text.split(" ")) {
      const at = part.indexOf(":");
      yield { subject, sequence: Number(part.slice(0, at)), hash: part.slice(at + 1) };
    }
  }
}
