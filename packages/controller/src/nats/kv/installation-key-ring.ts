import { buckets, LongarmError } from "@longarm/shared";
import { openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import { Kvm, type KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { KeyRingSource } from "../../ports/key-ring-source.ts";
import { isRevisionConflict, kvFault } from "./kv-fault.ts";

// No controller's id, so that it is never taken for a sign of life.
const markKey = "key-ring";
const place = ["KV", buckets.controllers, markKey] as const;

async function readMark(bucket: KV): Promise<Uint8Array | undefined> {
  const entry = await bucket.get(markKey);
  return entry?.operation === "PUT" ? entry.value : undefined;
}

function opens(ring: KeyRing, mark: Uint8Array): boolean {
  try {
    openRecord(ring, mark, place);
    return true;
  } catch {
    return false;
  }
}

/** Leaves a record that only this ring opens, unless another controller was first; returns the one that stands. */
async function leaveMark(bucket: KV, ring: KeyRing): Promise<Uint8Array> {
  const mark = sealRecord(ring, Buffer.from("longarm"), place);
  try {
    await bucket.create(markKey, mark);
    return mark;
  } catch (reason) {
    const found = await readMark(bucket);
    if (!isRevisionConflict(reason) || !found) throw reason;
    return found;
  }
}

/**
 * The installation's key ring: from where it is kept, or made there when neither the ring nor anything on the broker exists yet. A ring
 * that does not open what the installation stored, or an absent one where there should be one → `key_ring_missing`, before
 * anything is read or written under the wrong key.
 */
export async function openInstallationKeyRing(connection: NatsConnection, source: KeyRingSource): Promise<KeyRing> {
  const bucket = await new Kvm(connection).open(buckets.controllers, { allow_direct: false });
  try {
    const mark = await readMark(bucket);
    const isThere = source.exists();
    if (!isThere && (mark || !source.change)) {
      throw new LongarmError(
        "key_ring_missing",
        `What is stored was sealed under a key ring that is not at ${source.where}: copy it there from another controller or from a backup.`,
      );
    }
    const ring = isThere || !source.change ? source.load() : source.change.create();
    ring.reloadBy(() => source.load());
    if (opens(ring, mark ?? (await leaveMark(bucket, ring)))) return ring;
  } catch (reason) {
    throw kvFault(reason, buckets.controllers);
  }
  throw new LongarmError(
    "key_ring_missing",
    `The key ring at ${source.where} is another one than what is stored was sealed under: put the installation's own there.`,
  );
}
