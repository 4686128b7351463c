import { control, LongarmError, streams, type Clock, type KeptPage, type RunId } from "@longarm/shared";
import { openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import { decodeKeptPage, encodeKeptPage } from "@longarm/shared/wire";
import { DeliverPolicy, type JetStreamClient, type JetStreamManager } from "@nats-io/jetstream";
import { headers, type MsgHdrs } from "@nats-io/transport-node";
import type { ItemStore, StoredPage } from "../../ports/item-store.ts";
import { askingBroker, throughOutages } from "./outage.ts";
import { publish } from "./publish.ts";
import { lastOf } from "./read-subject.ts";

interface Deps {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly ring: KeyRing;
  readonly clock: Clock;
}

const epochHeader = "Longarm-Epoch";
// A page may be close to the broker's payload limit of 1 MB, and each waits in memory on both sides.
const pagesOnTheWay = 8;

/** Kept pages on the stream ITEMS, one subject a run, one message a page. */
export class JetStreamItemStore implements ItemStore {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async last(run: RunId, signal?: AbortSignal): Promise<(StoredPage & { readonly payload: Uint8Array }) | undefined> {
    const ask = () => lastOf(this.#deps.jsm, streams.items, control.items(run));
    const message = await (signal ? throughOutages(this.#deps.clock, signal, ask) : askingBroker(ask));
    return message && { page: this.#open(message), sequence: message.seq, payload: message.data };
  }

  async append(run: RunId, put: Parameters<ItemStore["append"]>[1], signal: AbortSignal) {
    const { page } = put;
    signal.throwIfAborted();
    const { js, ring, clock } = this.#deps;
    const subject = control.items(run);
    const head = headers();
    head.set(epochHeader, String(put.epoch));
    const payload = sealRecord(ring, encodeKeptPage(page), [streams.items, subject, put.epoch]);
    return throughOutages(clock, signal, async () => {
      const published = await publish(js, { subject, payload, headers: head, expect: { sequence: put.after } });
      if (published.kind === "stored") return published;
      const last = await this.last(run);
      if (last && Buffer.compare(payload, last.payload) === 0) return { kind: "stored", sequence: last.sequence } as const;
      if (published.kind === "conflict") return published;
      throw new LongarmError("broker_unavailable", "The broker did not say whether it kept a page.", {
        retryable: true,
        cause: published.reason,
      });
    });
  }

  async *read(run: RunId, signal: AbortSignal): AsyncGenerator<StoredPage> {
    const consumer = await this.#deps.js.consumers.get(streams.items, {
      filter_subjects: [control.items(run)],
      deliver_policy: DeliverPolicy.All,
    });
    const messages = await consumer.consume({ max_messages: pagesOnTheWay });
    const stop = (): void => void messages.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      if (signal.aborted) return;
      for await (const message of messages) {
        yield { page: this.#open({ subject: message.subject, data: message.data, header: message.headers }), sequence: message.seq };
      }
    } finally {
      signal.removeEventListener("abort", stop);
      await messages.close();
    }
  }

  #open(message: { readonly subject: string; readonly data: Uint8Array; readonly header: MsgHdrs | undefined }): KeptPage {
    const epoch = Number(message.header?.get(epochHeader) ?? Number.NaN);
    return decodeKeptPage(openRecord(this.#deps.ring, message.data, [streams.items, message.subject, epoch]));
  }
}
