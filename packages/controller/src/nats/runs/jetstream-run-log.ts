import { randomUUID } from "node:crypto";
import { control, isCommand, LongarmError, readId, streams, type Clock, type RunId, type Submission } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { decodeEndedRun, decodeEntries, decodeSubmission, encodeEntries, encodeSubmission } from "@longarm/shared/wire";
import { DeliverPolicy, type JetStreamClient, type JetStreamManager, type JsMsg } from "@nats-io/jetstream";
import type { RunWitness } from "../../ports/audit.ts";
import type { AppendResult, LogEvent, LogPosition, RunLog, StoredRun, SubmitResult } from "../../ports/run-log.ts";
import type { GroupCommit } from "./group-commit.ts";
import { askingBroker, throughOutages } from "./outage.ts";
import { pacedBatches } from "./paced-batches.ts";
import type { Published } from "./publish.ts";
import { lastOf, readSubject } from "./read-subject.ts";
import { endedKind, foundIn, type OpenedMessage, type SealedMessages } from "./sealed-message.ts";
import { steadyPull } from "./steady-pull.ts";
import { openRecords, type StoredRecords } from "./stored-records.ts";

interface Deps {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly commits: GroupCommit;
  readonly messages: SealedMessages;
  /** Told of what this process has stored. */
  readonly witness?: RunWitness;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Append = Parameters<RunLog["append"]>[1];

const none = new Uint8Array();
const mostTries = 3;
// While much comes, whoever follows does better with it together; a few runs are told record by record.
const followPace = { most: 500, much: 32, paceMs: 50 };

type Known = Exclude<SubmitResult, { readonly kind: "stored" }>;

/** The run log on the stream RUNS: compare and set by the subject's last sequence, read back when an answer is missing. */
export class JetStreamRunLog implements RunLog {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  submit(submission: Submission, { mayStore = true } = {}) {
    return askingBroker(async () => {
      const stored = mayStore ? await this.#submit(submission).catch(unlessFull) : undefined;
      const known = stored ?? (await this.#known(submission.runId));
      if (known) return known;
      throw new LongarmError("storage_full", undefined, { retryable: true });
    });
  }

  read(run: RunId): Promise<StoredRun | undefined> {
    return askingBroker(() => this.#read(run));
  }

  async append(run: RunId, append: Append, signal: AbortSignal): Promise<AppendResult> {
    const { commits, messages, clock } = this.#deps;
    const subject = control.log(run);
    const kind = [...new Set(append.entries.map((entry) => entry.kind))].join(",");
    const envelope = { epoch: append.epoch, appendId: randomUUID(), kind, timeMs: clock.nowMs(), previous: append.at.hash };
    const sealed = messages.seal(subject, {
      envelope,
      payload: encodeEntries(append.entries),
      meaning: { kind: "entries", entries: append.entries },
    });
    return throughOutages(clock, signal, async (): Promise<AppendResult> => {
      const published = await commits.publish({ subject, ...sealed, expect: { sequence: append.at.sequence } });
      if (published.kind === "stored") {
        this.#deps.witness?.saw({ sequence: published.sequence, subject, hash: sealed.hash });
        return appendedAt({ sequence: published.sequence, hash: sealed.hash, epoch: append.epoch }, envelope);
      }
      const settled = await this.#settle(run, append, envelope.appendId);
      if (settled?.kind === "appended") this.#deps.witness?.saw({ ...settled.position, subject });
      if (settled) return settled;
      throw unanswered(published);
    });
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<readonly LogEvent[]> {
    const { clock, js } = this.#deps;
    const consumer = await js.consumers.get(streams.runs, {
      filter_subjects: [control.allRuns()],
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after + 1,
    });
    const messages = await consumer.consume({ max_messages: followPace.most, ...steadyPull });
    const stop = (): void => void messages.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      yield* pacedBatches(messages, (message) => this.#eventOf(message), { clock, signal, ...followPace });
    } finally {
      signal.removeEventListener("abort", stop);
      await messages.close();
    }
  }

  identity(): Promise<{ readonly name: string; readonly lastSequence: number }> {
    return askingBroker(async () => {
      const { created, state } = await this.#deps.jsm.streams.info(streams.runs);
      return { name: created, lastSequence: state.last_seq };
    });
  }

  ageOf(sequence: number): Promise<number | undefined> {
    return askingBroker(async () => {
      const { streams: api } = this.#deps.jsm;
      const message = await api.getMessage(streams.runs, { seq: sequence });
      return message ? timeOf(await api.info(streams.runs)) - message.time.getTime() : undefined;
    });
  }

  async #submit(submission: Submission) {
    const { commits, messages } = this.#deps;
    const subject = control.submit(submission.lane, submission.runId);
    const envelope = { epoch: 0, appendId: randomUUID(), kind: "submission", timeMs: submission.submittedAtMs, previous: none };
    const sealed = messages.seal(subject, { envelope, payload: encodeSubmission(submission), meaning: { kind: "submission", submission } });
    const expect = { sequence: 0, over: control.submitOf(submission.runId) };
    for (let tries = 1; ; tries += 1) {
      const published = await commits.publish({ subject, ...sealed, expect });
      const found = published.kind === "stored" ? undefined : await this.#findSubmission(submission.runId);
      const sequence = published.kind === "stored" ? published.sequence : found?.sequence;
      if (sequence !== undefined && (!found || found.envelope.appendId === envelope.appendId)) {
        this.#deps.witness?.saw({ sequence, subject, hash: sealed.hash });
        return { kind: "stored" } as const;
      }
      if (found) return knownBy(found);
      // What it was refused for may have gone meanwhile: what is kept of a removed run has its time.
      if (published.kind === "uncertain" || tries === mostTries) throw unanswered(published);
    }
  }

  async #known(run: RunId): Promise<Known | undefined> {
    const found = await this.#findSubmission(run);
    return found && knownBy(found);
  }

  async #read(run: RunId): Promise<StoredRun | undefined> {
    const submitted = await this.#findSubmission(run);
    if (!submitted || submitted.envelope.kind === endedKind) return undefined;
    const position: LogPosition = { sequence: 0, hash: submitted.hash, epoch: 0 };
    const stored = await this.#readRecords(run, position);
    return stored && { submission: decodeSubmission(submitted.payload), position, records: stored.records };
  }

  async #findSubmission(run: RunId) {
    const message = await lastOf(this.#deps.jsm, streams.runs, control.submitOf(run));
    return message && { ...this.#deps.messages.open(message), sequence: message.seq };
  }

  async #readRecords(run: RunId, after: LogPosition): Promise<StoredRecords | undefined> {
    const { jsm, messages } = this.#deps;
    const found = await readSubject(jsm, { stream: streams.runs, subject: control.log(run), from: after.sequence + 1 });
    return openRecords(messages, found, { run, after });
  }

  /** After a conflict or a lost answer: whose record stands behind the expected one? Undefined: nobody's, so try again. */
  async #settle(run: RunId, append: Append, appendId: string): Promise<AppendResult | undefined> {
    const stored = await this.#readRecords(run, append.at);
    if (!stored) return { kind: "overtaken", epoch: append.epoch };
    const { records, end } = stored;
    const own = records.find((record) => record.appendId === appendId);
    if (own) return appendedAt(own.position, own);
    const newest = records.at(-1);
    if (!newest) return end.sequence > append.at.sequence ? { kind: "commands", records, position: end } : undefined;
    if (records.some((record) => record.position.epoch > append.epoch || !record.entries.every(isCommand))) {
      return { kind: "overtaken", epoch: newest.position.epoch };
    }
    return { kind: "commands", records, position: newest.position };
  }

  #eventOf(message: JsMsg): LogEvent | undefined {
    const { messages, logger } = this.#deps;
    try {
      const { envelope, payload, meaning } = messages.open(foundIn(message));
      const base = { sequence: message.seq, timeMs: envelope.timeMs };
      const [, kind, lastToken, runToken] = message.subject.split(".");
      if (envelope.kind === endedKind) return kind === "submit" ? { kind: "removed", ...base, ended: decodeEndedRun(payload) } : undefined;
      if (kind === "submit") {
        const submission = meaning?.kind === "submission" ? meaning.submission : decodeSubmission(payload);
        return { kind: "submitted", ...base, submission };
      }
      const runId = readId("run", lastToken ?? runToken ?? "");
      const entries = meaning?.kind === "entries" ? meaning.entries : decodeEntries(payload);
      return runId && { kind: "record", ...base, runId, epoch: envelope.epoch, entries };
    } catch (reason) {
      logger.error(
        { subject: message.subject, sequence: message.seq, reason: LongarmError.from(reason).message },
        "A stored record was left out: it does not open.",
      );
      return undefined;
    }
  }
}

function appendedAt(position: LogPosition, { timeMs }: { readonly timeMs: number }): AppendResult {
  return { kind: "appended", position, timeMs };
}

/** What stands where a submission would have to be stored. */
function knownBy({ envelope, payload }: OpenedMessage): Known {
  if (envelope.kind === endedKind) return { kind: "ended", ended: decodeEndedRun(payload) };
  return { kind: "exists", submission: decodeSubmission(payload) };
}

/** The store may be full for what it holds already, too. */
function unlessFull(reason: unknown): undefined {
  if (LongarmError.from(reason).code !== "storage_full") throw reason;
}

/** The broker says in each answer about a stream what time it is there; the client's types do not know of it. */
function timeOf(info: { readonly ts?: string }): number {
  const timeMs = Date.parse(info.ts ?? "");
  if (Number.isNaN(timeMs)) throw new LongarmError("internal", "The broker does not tell what time it is there.");
  return timeMs;
}

function unanswered(published: Published): LongarmError {
  return new LongarmError("broker_unavailable", undefined, {
    retryable: true,
    ...(published.kind === "uncertain" && { cause: published.reason }),
  });
}
