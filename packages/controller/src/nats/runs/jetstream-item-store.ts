import { control, LongarmError, streams, type Bytes, type Clock, type KeptPage, type RunId } from "@longarm/shared";
import { openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import { decodeKeptPage, encodeKeptPage } from "@longarm/shared/wire";
import { DeliverPolicy, type JetStreamClient, type JetStreamManager, type StoredMsg } from "@nats-io/jetstream";
import type { MsgHdrs, NatsConnection } from "@nats-io/transport-node";
import type { ItemsEnd, ItemStore, StoredPage } from "../../ports/item-store.ts";
import { askingBroker, throughOutages } from "./outage.ts";
import { publish } from "./publish.ts";
import { lastOf } from "./read-subject.ts";
import { steadyPull } from "./steady-pull.ts";

interface Deps {
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly ring: KeyRing;
  readonly clock: Clock;
}

const epochHeader = "Longarm-Epoch";
const fenceHeader = "Longarm-Fence";
// A page may be close to the broker's payload limit of 1 MB, and each waits in memory on both sides.
const pagesOnTheWay = 8;
const noItems: Bytes = { kind: "inline", bytes: new Uint8Array() };

type Message = Pick<StoredMsg, "subject" | "data"> & { readonly header: MsgHdrs | undefined };

/**
 * Kept pages on the stream ITEMS, one subject a run, one message a page. A fence is a message, too: it repeats the head of the page
 * before it, or is empty where there is none, and is sealed as what it is.
 */
export class JetStreamItemStore implements ItemStore {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async last(run: RunId, signal?: AbortSignal): Promise<ItemsEnd | undefined> {
    const ask = () => this.#last(run);
    return signal ? throughOutages(this.#deps.clock, signal, ask) : askingBroker(ask);
  }

  async append(run: RunId, put: Parameters<ItemStore["append"]>[1], signal: AbortSignal) {
    signal.throwIfAborted();
    const message = this.#seal(run, put);
    return throughOutages(this.#deps.clock, signal, async () => {
      const published = await publish(this.#deps.connection, { ...message, expect: { sequence: put.after } });
      if (published.kind === "stored") return published;
      const last = await this.#last(run);
      if (last && Buffer.compare(message.payload, last.payload) === 0) return { kind: "stored", sequence: last.sequence } as const;
      if (published.kind === "conflict") return { kind: "conflict", epoch: last?.epoch ?? 0 } as const;
      throw unanswered(published.reason);
    });
  }

  async fence(run: RunId, epoch: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await throughOutages(this.#deps.clock, signal, async () => {
      for (;;) {
        const last = await this.#last(run);
        if (last && last.epoch >= epoch) return;
        const page = last?.page && { ...last.page, items: noItems };
        const message = this.#seal(run, { page, epoch, isFence: true });
        const published = await publish(this.#deps.connection, { ...message, expect: { sequence: last?.sequence ?? 0 } });
        if (published.kind === "stored") return;
        // A former owner kept one more page meanwhile: behind that one, then.
        if (published.kind === "uncertain") throw unanswered(published.reason);
      }
    });
  }

  async *read(run: RunId, signal: AbortSignal): AsyncGenerator<StoredPage> {
    const consumer = await this.#deps.js.consumers.get(streams.items, {
      filter_subjects: [control.items(run)],
      deliver_policy: DeliverPolicy.All,
    });
    const messages = await consumer.consume({ max_messages: pagesOnTheWay, ...steadyPull });
    const stop = (): void => void messages.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      if (signal.aborted) return;
      for await (const message of messages) {
        const { page, isFence } = this.#open({ subject: message.subject, data: message.data, header: message.headers });
        if (page && !isFence) yield { page, sequence: message.seq };
      }
    } finally {
      signal.removeEventListener("abort", stop);
      await messages.close();
    }
  }

  async #last(run: RunId) {
    const message = await lastOf(this.#deps.jsm, streams.items, control.items(run));
    return message && { ...this.#open(message), sequence: message.seq, payload: message.data };
  }

  #seal(run: RunId, put: { readonly page: KeptPage | undefined; readonly epoch: number; readonly isFence?: boolean }) {
    const { page, epoch, isFence = false } = put;
    const subject = control.items(run);
    const head = { [epochHeader]: String(epoch), ...(isFence && { [fenceHeader]: "1" }) };
    const payload = sealRecord(this.#deps.ring, page ? encodeKeptPage(page) : new Uint8Array(), placeOf(subject, epoch, isFence));
    return { subject, payload, headers: head };
  }

  #open({ subject, data, header }: Message) {
    const epoch = Number(header?.get(epochHeader) ?? Number.NaN);
    const isFence = header?.has(fenceHeader) ?? false;
    const plain = openRecord(this.#deps.ring, data, placeOf(subject, epoch, isFence));
    return { page: isFence && plain.length === 0 ? undefined : decodeKeptPage(plain), epoch, isFence };
  }
}

function placeOf(subject: string, epoch: number, isFence: boolean): (string | number)[] {
  return [streams.items, subject, epoch, ...(isFence ? ["fence"] : [])];
}

function unanswered(cause: unknown): LongarmError {
  return new LongarmError("broker_unavailable", "The broker did not say whether it kept a page.", { retryable: true, cause });
}
