import type { WriterIdentity } from "./sink.ts";

/** A checkpoint that one writer holds until a writer of a higher epoch takes it. */
export interface HeldCheckpoint {
  /** As last saved, by whomever; null: nothing yet. */
  readonly content: string | null;
  /** Throws `overtaken` once a higher epoch holds it. */
  check(): Promise<void>;
  /** Stored when it returns. Throws `overtaken` once a higher epoch holds it; what was saved then does not count. */
  save(content: string): Promise<void>;
}

/** Where the checkpoint of a sync is kept whose sink has no place for it. */
export interface CheckpointStore {
  /** Shuts out every writer of a lower epoch. Throws `overtaken` when a higher one holds it, `conflict` when it is another sync's. */
  hold(writer: WriterIdentity): Promise<HeldCheckpoint>;
}
