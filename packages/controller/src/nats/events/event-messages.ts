import { randomBytes } from "node:crypto";
import { control, streams, type EventSource, type StoredEvent } from "@longarm/shared";
import { canonicalJson, fingerprint, openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import type { MsgHdrs } from "@nats-io/transport-node";
import { encodeEvent } from "../../ports/event-store.ts";
import type { PlainHeaders } from "../runs/plain-headers.ts";

/** A message of EVENTS as the broker gives it. */
export interface FoundEvent {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly header: MsgHdrs | undefined;
}

const appendHeader = "Longarm-Append";
const bytes = new TextEncoder();
const text = new TextDecoder();

/** What the subjects of an event are made of: nobody without the installation's keys can tell which event it is, or whether it is there. */
export function hashOfEvent(ring: KeyRing, source: EventSource, id: string): string {
  return Buffer.from(fingerprint(ring, "run-id", bytes.encode(canonicalJson(["event", source, id])))).toString("base64url");
}

/** The message that an event becomes, and the id that tells it from another one of the same subject. */
export function sealEvent(
  ring: KeyRing,
  event: StoredEvent,
): { readonly subject: string; readonly payload: Uint8Array; readonly headers: PlainHeaders; readonly appendId: string } {
  const subject = control.event(hashOfEvent(ring, event.source, event.id));
  const appendId = randomBytes(12).toString("base64url");
  const payload = sealRecord(ring, bytes.encode(encodeEvent(event)), [streams.events, subject, appendId]);
  return { subject, payload, headers: { [appendHeader]: appendId }, appendId };
}

/** The event in a message. Throws `sealed_record_rejected` when it, its subject or its id was changed. */
export function openEvent(
  ring: KeyRing,
  { subject, data, header }: FoundEvent,
): { readonly event: StoredEvent; readonly appendId: string } {
  const appendId = header?.get(appendHeader) ?? "";
  return { event: JSON.parse(text.decode(openRecord(ring, data, [streams.events, subject, appendId]))) as StoredEvent, appendId };
}

/** Does the broker say that there is no message of that kind? */
export function isNothingFound(reason: unknown): boolean {
  return reason instanceof Error && "code" in reason && reason.code === 404;
}
