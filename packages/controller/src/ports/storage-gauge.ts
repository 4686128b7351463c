/** What is known of the store, in bytes; null: nobody knows, or there is no such limit. */
export interface StorageReading {
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  /** Of the disk that holds the store, where that is this machine's. */
  readonly freeDiskBytes: number | null;
}

/** Looks at where everything is stored. */
export interface StorageGauge {
  /** Never rejects: what cannot be found out is null. */
  measure(): Promise<StorageReading>;
  /** Writes a little everywhere; false: something refuses, or does not answer. */
  canWrite(): Promise<boolean>;
  /** Starts the server again, so that streams that refuse every write come back; null: it is not ours. */
  readonly restart: (() => Promise<void>) | null;
}
