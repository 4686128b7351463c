/*
 * Two questions about where runs are stored.
 *
 * Is there room for new runs? While less is left than the reserve, none is taken: what is left is for the appends of those accepted.
 *
 * Can it be written at all? A stream that has met a full disk refuses every write until its server starts again, also when there
 * is room again (nats-server 2.15.1):
 *
 *   sound ── the disk was nearly full ──▶ suspect ── there is room, a write succeeds ──▶ sound
 *                                            │ ▲
 *                  two writes in a row fail  ▼ │
 *                                          restart
 */

/** What is known of the store, in bytes; null: nobody knows, or there is no such limit. */
export interface RoomFacts {
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  readonly freeDiskBytes: number | null;
}

/** Is there room for new runs, and a sentence about it that says what to do. */
export interface RoomVerdict {
  readonly hasRoom: boolean;
  /** What may still be stored; null: nobody knows. */
  readonly roomBytes: number | null;
  readonly sentence: string;
}

const mib = 1024 * 1024;
const usualReserveBytes = 256 * mib;
// A small store must not consist of its reserve alone.
const mostOfQuota = 4;

function reserveFor(quotaBytes: number | null, told: number | undefined): number {
  return told ?? Math.min(usualReserveBytes, quotaBytes === null ? usualReserveBytes : quotaBytes / mostOfQuota);
}

function shown(bytes: number): string {
  return bytes >= 10 * 1024 * mib ? `${Math.floor(bytes / mib / 1024)} GB` : `${Math.floor(bytes / mib)} MB`;
}

/** `reserveBytes` as configured; absent: 256 MB, but at most a quarter of the quota. */
export function judgeRoom({ usedBytes, quotaBytes, freeDiskBytes }: RoomFacts, reserveBytes?: number): RoomVerdict {
  const ofQuota = quotaBytes === null || usedBytes === null ? null : Math.max(0, quotaBytes - usedBytes);
  if (ofQuota === null && freeDiskBytes === null) {
    return { hasRoom: true, roomBytes: null, sentence: "How much may still be stored is not known; watch the broker's disk." };
  }
  const reserve = reserveFor(quotaBytes, reserveBytes);
  const roomBytes = Math.min(ofQuota ?? Number.POSITIVE_INFINITY, freeDiskBytes ?? Number.POSITIVE_INFINITY);
  if (roomBytes >= reserve) {
    const sentence = `${shown(roomBytes)} may still be stored; below ${shown(reserve)} new runs are refused.`;
    return { hasRoom: true, roomBytes, sentence };
  }
  const [where, remedy] =
    roomBytes === freeDiskBytes ? ["on the broker's disk", "free space there"] : ["of the broker's quota", "remove runs (longarm runs rm)"];
  const sentence = `Only ${shown(roomBytes)} are left ${where}, and ${shown(reserve)} are kept for the runs already accepted, so new ones are refused: ${remedy}.`;
  return { hasRoom: false, roomBytes, sentence };
}

/** What is believed of the store's writes. */
export interface WriteWatch {
  readonly isSuspect: boolean;
  /** Writes that failed in a row, though there was room. */
  readonly failures: number;
}

export const soundWrites: WriteWatch = { isSuspect: false, failures: 0 };

// Far more than is written between two looks at the disk.
const brinkBytes = 32 * mib;
const failuresToRestart = 2;

/** A look at the disk: was it so full that a write may have failed? `mayTry`: a write would tell now. */
export function watchDisk(watch: WriteWatch, freeDiskBytes: number | null): { readonly watch: WriteWatch; readonly mayTry: boolean } {
  if (freeDiskBytes !== null && freeDiskBytes < brinkBytes) return { watch: { isSuspect: true, failures: 0 }, mayTry: false };
  return { watch, mayTry: watch.isSuspect };
}

/** A write was tried. `restart`: the server must be started again, or nothing is ever written. */
export function watchWrite(watch: WriteWatch, succeeded: boolean): { readonly watch: WriteWatch; readonly restart: boolean } {
  if (succeeded) return { watch: soundWrites, restart: false };
  const failures = watch.failures + 1;
  const restart = failures >= failuresToRestart;
  return { watch: { isSuspect: true, failures: restart ? 0 : failures }, restart };
}
