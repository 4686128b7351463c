import type { DescribedKey, KeyRing } from "@longarm/shared/seal";

/** Where the installation's key ring is kept. Synchronous: a record under a key that is not known yet is opened in the same step. */
export interface KeyRingSource {
  /** For people. */
  readonly where: string;
  exists(): boolean;
  /** Throws `key_ring_missing`. */
  load(): KeyRing;
  describe(): readonly DescribedKey[];
  /** Changes the ring where it is kept; absent: that is not ours to write (a variable, a command). */
  readonly change?: {
    create(): KeyRing;
    /** See `rotateKeyRingFile`. */
    rotate(options: { readonly activate: boolean }): void;
    drop(id: number): void;
  };
}
