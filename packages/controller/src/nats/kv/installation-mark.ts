import { buckets, LongarmError } from "@longarm/shared";
import { type KeyRing, openRecord, sealRecord } from "@longarm/shared/seal";
import { Kvm, type KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { InstallationTrust } from "../../ports/installation-trust.ts";
import { isRevisionConflict, kvFault } from "./kv-fault.ts";

// No controller's id, so that it is never taken for a sign of life.
const markKey = "installation";
const place = ["KV", buckets.controllers, markKey] as const;

async function readMark(bucket: KV, ring: KeyRing): Promise<string | undefined> {
  const entry = await bucket.get(markKey);
  return entry?.operation === "PUT" ? Buffer.from(openRecord(ring, entry.value, place)).toString() : undefined;
}

async function leaveMark(bucket: KV, ring: KeyRing, fingerprint: string): Promise<string> {
  try {
    await bucket.create(markKey, sealRecord(ring, Buffer.from(fingerprint), place));
    return fingerprint;
  } catch (reason) {
    const found = await readMark(bucket, ring);
    if (!isRevisionConflict(reason) || found === undefined) throw reason;
    return found;
  }
}

/**
 * The installation's trust: `open`ed, or `make`d at the installation's first start. Throws `key_ring_missing` when the keys are not
 * those that the installation's agents know, or are absent where there should be some.
 */
export async function openInstallationTrust(
  connection: NatsConnection,
  ring: KeyRing,
  source: {
    /** Where the keys are, for people. */
    readonly where: string;
    readonly open: () => Promise<InstallationTrust | undefined>;
    readonly make: () => Promise<InstallationTrust>;
  },
): Promise<InstallationTrust> {
  const bucket = await new Kvm(connection).open(buckets.controllers, { allow_direct: false });
  try {
    const mark = await readMark(bucket, ring);
    const opened = await source.open();
    if (!opened && mark !== undefined) throw missing(`The keys that agents know this installation by are not at ${source.where}`);
    const trust = opened ?? (await source.make());
    if ((mark ?? (await leaveMark(bucket, ring, trust.fingerprint))) === trust.fingerprint) return trust;
  } catch (reason) {
    throw kvFault(reason, buckets.controllers);
  }
  throw missing(`The keys at ${source.where} are another installation's than its agents know`);
}

function missing(sentence: string): LongarmError {
  return new LongarmError("key_ring_missing", `${sentence}: copy the installation's own there from another controller or a backup.`);
}
