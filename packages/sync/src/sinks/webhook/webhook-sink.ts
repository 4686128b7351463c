import type { Clock } from "@longarm/shared";
import type { RestExecutor } from "@longarm/shared/rest";
import type { CheckpointStore, HeldCheckpoint } from "../../ports/checkpoint-store.ts";
import type { Batch, CommitReport, Sink, SinkWriter, WriterIdentity } from "../../ports/sink.ts";
import { rowsWritten } from "../change-record.ts";
import { messagesOf } from "./messages.ts";
import { Receiver, type ReceiverOptions } from "./receiver.ts";

/** Who is told, how much at a time, and by what means. */
export interface WebhookSinkOptions extends ReceiverOptions {
  /** A message's changes have about this size at most; default 512 KiB. */
  readonly maxBytes?: number;
}

/** What a webhook sink works with. */
export interface WebhookSinkDeps {
  readonly executor: RestExecutor;
  readonly clock: Clock;
  readonly checkpoints: CheckpointStore;
}

interface State {
  readonly checkpoint: string | null;
  readonly sequence: number;
}

/**
 * Tells changes to an address, batch after batch, signed as Standard Webhooks say. The receiver has no transaction with us, so a batch may be
 * told again, under the same id where it says the same: a receiver that ignores ids it has seen, and epochs below the highest it has seen
 * (`data.epoch`), ends with what was told once.
 */
export class WebhookSink implements Sink {
  readonly #receiver: Receiver;
  readonly #checkpoints: CheckpointStore;
  readonly #maxBytes: number;

  /** Throws `invalid_configuration` for an address or a secret that is none. */
  constructor({ maxBytes = 512 * 1_024, ...options }: WebhookSinkOptions, { checkpoints, ...deps }: WebhookSinkDeps) {
    this.#receiver = new Receiver(options, deps);
    this.#checkpoints = checkpoints;
    this.#maxBytes = maxBytes;
  }

  async open(writer: WriterIdentity): Promise<SinkWriter> {
    const held = await this.#checkpoints.hold(writer);
    return new WebhookWriter({ held, writer, receiver: this.#receiver, maxBytes: this.#maxBytes });
  }
}

interface WriterParts {
  readonly held: HeldCheckpoint;
  readonly writer: WriterIdentity;
  readonly receiver: Receiver;
  readonly maxBytes: number;
}

class WebhookWriter implements SinkWriter {
  readonly #parts: WriterParts;
  readonly #stop = new AbortController();
  readonly checkpoint: string | null;
  #sequence: number;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    const state: State = parts.held.content === null ? { checkpoint: null, sequence: 0 } : (JSON.parse(parts.held.content) as State);
    this.checkpoint = state.checkpoint;
    this.#sequence = state.sequence;
  }

  async commit(batch: Batch): Promise<CommitReport> {
    const { held, receiver, writer, maxBytes } = this.#parts;
    const sequence = this.#sequence + 1;
    for (const message of messagesOf(batch, { writer, sequence, maxBytes })) {
      // Not sure, since the receiver knows nothing of our store, but it keeps an overtaken writer from telling on and on.
      await held.check();
      await receiver.tell(message, this.#stop.signal);
    }
    const state: State = { checkpoint: batch.checkpoint, sequence };
    await held.save(JSON.stringify(state));
    this.#sequence = sequence;
    return { written: rowsWritten(batch), marked: null, faults: [] };
  }

  async countLive(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {
    this.#stop.abort();
  }
}
