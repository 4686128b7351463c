import { createHmac } from "node:crypto";
import { LongarmError, type Secret } from "@longarm/shared";

const secretPattern = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const fewestBytes = 24;
const mostBytes = 64;

/** A message as it is signed (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). */
export interface SignedMessage {
  readonly id: string;
  /** Unix seconds at which this try is made. */
  readonly timestamp: number;
  readonly body: string;
}

/** The bytes of a secret `whsec_…`: base64 of 24 to 64 bytes. Anything else throws `invalid_configuration`. */
export function keyOf(secret: Secret): Uint8Array {
  const encoded = secretPattern.exec(secret.reveal())?.[1];
  const key = Buffer.from(encoded ?? "", "base64");
  if (key.length >= fewestBytes && key.length <= mostBytes) return key;
  throw new LongarmError("invalid_configuration", "The webhook's secret must be whsec_ and the base64 of 24 to 64 random bytes.");
}

/** The headers that tell a receiver which message this is and that it is ours: HMAC-SHA256 over `id.timestamp.body`. */
export function signatureHeaders(key: Uint8Array, { id, timestamp, body }: SignedMessage): Readonly<Record<string, string>> {
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": `v1,${signature}` };
}
