import { LongarmError, streams } from "@longarm/shared";
import { type AuditRecord } from "@longarm/shared/audit";
import { canonicalJson, type KeyRing, lastingRing, openRecord, sealRecord } from "@longarm/shared/seal";

/** Seals and opens records of the audit, each bound to its subject. */
export class SealedAudit {
  readonly #ring: KeyRing;

  constructor(ring: KeyRing) {
    this.#ring = lastingRing(ring, "audit");
  }

  seal(subject: string, record: AuditRecord): Uint8Array {
    return sealRecord(this.#ring, Buffer.from(canonicalJson(record)), [streams.audit, subject]);
  }

  /** Throws `sealed_record_rejected` for what was changed, or stands on another subject. */
  open(subject: string, sealed: Uint8Array): AuditRecord {
    const text = Buffer.from(openRecord(this.#ring, sealed, [streams.audit, subject])).toString();
    try {
      return JSON.parse(text) as AuditRecord;
    } catch (cause) {
      throw new LongarmError("sealed_record_rejected", `What stands on ${subject} is no record of the audit.`, { cause });
    }
  }
}
