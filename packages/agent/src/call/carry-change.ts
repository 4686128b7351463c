import { createHash } from "node:crypto";
import { LongarmError } from "@longarm/shared";
import type { RestExecutor, RestRequest, RestResponse } from "@longarm/shared/rest";
import { type CallEnd, chunkBytes } from "@longarm/shared/wire";
import type { FrameSender } from "./frame-sender.ts";

/** How a changing call is carried, beside what the target answers. */
export interface ChangeCarriage {
  readonly executor: RestExecutor;
  readonly sender: FrameSender;
  readonly signal: AbortSignal;
  /** Resolves once it is on disk that the call begins. Rejects: it must not. */
  readonly begin: () => Promise<void>;
  /** Resolves once it is on disk how the call ended, or cannot be, to the same with the place where it stands. */
  readonly end: (end: CallEnd) => Promise<CallEnd>;
  /** Why the call must not begin any more, or undefined. */
  readonly lateness: () => LongarmError | undefined;
}

/**
 * Performs a request that changes something: on disk it stands before its first byte leaves, and how it ended before that is told. It
 * goes on to its end even when nobody takes its answer. Never rejects.
 */
export async function carryChange(request: RestRequest, carriage: ChangeCarriage): Promise<CallEnd | undefined> {
  const { executor, sender, signal, lateness } = carriage;
  try {
    await carriage.begin();
  } catch (reason) {
    sender.send({ kind: "refused", error: LongarmError.from(reason).toBody() });
    return undefined;
  }
  // The disk took its time.
  const late = lateness();
  if (late) return tellFailure(carriage, { kind: "failure", delivery: "not_sent", error: late.toBody(), record: emptyRecord(request) });
  // So may a token, a name, a connection.
  const answer = await executor.send({ ...request, lastLook: lateness }, signal);
  if (answer.kind === "response") return new AnswerOfChange(answer, carriage).carry();
  return tellFailure(carriage, { kind: "failure", delivery: answer.delivery, error: answer.error.toBody(), record: answer.record });
}

async function tellFailure({ sender, end }: ChangeCarriage, failure: CallEnd & { kind: "failure" }): Promise<CallEnd> {
  const { record } = await end(failure);
  sender.send({ ...failure, record });
  return failure;
}

/** One answer on its way: to the disk, and to the controller. A short one waits for the disk; of a long one only the end does. */
class AnswerOfChange {
  readonly #response: RestResponse;
  readonly #carriage: ChangeCarriage;
  readonly #head;
  readonly #hash = createHash("sha256");
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #sentBytes = 0;

  constructor(response: RestResponse, carriage: ChangeCarriage) {
    const { status, headers, grantedScopes } = response;
    this.#response = response;
    this.#carriage = carriage;
    this.#head = { status, headers, ...(grantedScopes && { grantedScopes }) };
  }

  async carry(): Promise<CallEnd> {
    try {
      for await (const chunk of this.#response.body) {
        this.#hash.update(chunk);
        this.#held.push(chunk);
        this.#heldBytes += chunk.length;
        if (this.#heldBytes > chunkBytes) await this.#release();
      }
    } catch (reason) {
      const error = LongarmError.from(reason).toBody();
      this.#sendHead();
      return tellFailure(this.#carriage, { kind: "failure", delivery: "unknown", error, record: this.#response.record() });
    }
    return this.#sentBytes > 0 ? this.#finishLong() : this.#finishShort();
  }

  async #finishShort(): Promise<CallEnd> {
    const { sender, end } = this.#carriage;
    const bytes = Buffer.concat(this.#held, this.#heldBytes);
    const ended: CallEnd = { kind: "response", head: this.#head, body: { kind: "whole", bytes }, record: this.#response.record() };
    const { record } = await end(ended);
    const last = { record, next: null, last: true };
    if (sender.hasCreditFor(bytes.length)) sender.send({ kind: "whole", head: this.#head, body: bytes, end: last });
    else {
      sender.send({ kind: "head", head: this.#head });
      await sender.sendBytes(bytes);
      sender.send({ kind: "end", end: last });
    }
    return ended;
  }

  async #finishLong(): Promise<CallEnd> {
    await this.#release();
    const { sender, end } = this.#carriage;
    const body = { kind: "dropped", length: this.#sentBytes, sha256: this.#hash.digest() } as const;
    const ended: CallEnd = { kind: "response", head: this.#head, body, record: this.#response.record() };
    const { record } = await end(ended);
    sender.send({ kind: "end", end: { record, next: null, last: true } });
    return ended;
  }

  async #release(): Promise<void> {
    this.#sendHead();
    const bytes = Buffer.concat(this.#held, this.#heldBytes);
    this.#held = [];
    this.#heldBytes = 0;
    this.#sentBytes += bytes.length;
    await this.#carriage.sender.sendBytes(bytes);
  }

  #sendHead(): void {
    if (this.#sentBytes === 0) this.#carriage.sender.send({ kind: "head", head: this.#head });
  }
}

/** The record of a request of which nothing was sent. */
export function emptyRecord(request: RestRequest) {
  const { method, path, body } = request;
  const nothing = { status: null, headMs: null, totalMs: null, oktaRequestId: null, rateLimit: null };
  return { ...nothing, method, path, sentAt: 0, requestBytes: body?.length ?? 0, responseBytes: 0 };
}
