import { type Clock, type ControllerId, type ErrorBody, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { RestExecutor, RestRequest } from "@longarm/shared/rest";
import {
  type AskMessage,
  type CallEnd,
  type CallKey,
  type CallMessage,
  decodeAsk,
  decodeDelivered,
  encodeTold,
  type ToldAnswer,
} from "@longarm/shared/wire";
import { type ChangeSituation, farAheadMs } from "../decide/admit.ts";
import type { Journal } from "../journal/journal.ts";
import { carryChange } from "./carry-change.ts";
import type { Exchange } from "./open-call.ts";

/** What calls that change something rest on. */
export interface ChangeDeskDeps {
  readonly executor: RestExecutor;
  readonly journal: Pick<Journal, "id" | "state" | "horizonMs" | "horizonOf" | "find" | "write" | "note" | "endOf">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Did this controller enrol the agent? */
  readonly knows: (controller: ControllerId) => boolean;
  /** Unix milliseconds on that controller's clock, and by how much they may be wrong. */
  readonly timeOf: (controller: ControllerId) => { readonly nowMs: number; readonly uncertaintyMs: number };
  /** Tells a controller what became of a call. */
  readonly tell: (controller: ControllerId, told: Uint8Array) => void;
}

/** Who asked for the end of a call that is under way, by the question's nonce. */
type Askers = Map<string, ControllerId>;

// The exchange has a limit of its own; this is for what it does beside, such as getting a token.
const overtimeMs = 500;

function keyOf({ callId, attempt }: CallKey): string {
  return `${callId}/${attempt}`;
}

/** Carries the calls that change something, by the journal, and tells what became of them. */
export class ChangeDesk {
  readonly #deps: ChangeDeskDeps;
  readonly #underWay = new Map<string, Askers>();
  readonly #refusing = new Set<string>();

  constructor(deps: ChangeDeskDeps) {
    this.#deps = deps;
  }

  /** What the admission of a call is decided by. */
  situation({ controllerId, work: { request } }: CallMessage): ChangeSituation {
    const { journal, timeOf } = this.#deps;
    const key = keyOf(request);
    const isKnown = this.#underWay.has(key) || this.#refusing.has(key) || journal.find(request) !== undefined;
    const { id, state } = journal;
    // A call that was sent before bears its sender's id then as now, so what was forgotten of another's calls does not matter.
    const horizonMs = journal.horizonOf(controllerId);
    return { isKnown, journal: { id, state, horizonMs }, clockUncertaintyMs: timeOf(controllerId).uncertaintyMs };
  }

  /** A call was refused: whoever replays it is refused too. */
  refused({ controllerId, notAfterMs, work: { request } }: CallMessage, { code, details = {} }: ErrorBody): void {
    const { callId, attempt } = request;
    const { reason = code } = details;
    if (!this.#deps.knows(controllerId) || reason === "already_seen") return;
    this.#deps.journal.note({
      kind: "refused",
      callId,
      attempt,
      notAfterMs,
      controllerId,
      reason: typeof reason === "string" ? reason : code,
    });
  }

  /** From now on the call counts as begun. */
  admitted({ work: { request } }: CallMessage): void {
    this.#underWay.set(keyOf(request), new Map());
  }

  /** Carries an admitted call, whose body is complete, to its end. */
  async carry(call: CallMessage, request: RestRequest, { sender, signal }: Exchange): Promise<void> {
    const { executor, clock, timeOf } = this.#deps;
    const over = new AbortController();
    const tooLong = new AbortController();
    const begin = async (): Promise<void> => {
      await this.#begin(call);
      void clock.sleep(request.timeoutMs + overtimeMs, over.signal).then(
        () => tooLong.abort(new LongarmError("target_timeout", "The call was not over in its time.")),
        () => undefined,
      );
    };
    try {
      const limited = AbortSignal.any([signal, tooLong.signal]);
      const lateness = (): LongarmError | undefined => latenessOf(call, timeOf(call.controllerId).nowMs);
      const end = (how: CallEnd): Promise<CallEnd> => this.#end(call, how);
      await carryChange(request, { executor, sender, signal: limited, begin, end, lateness });
    } finally {
      over.abort();
    }
  }

  /** The call is off the desk, however it came to that. */
  left({ work: { request } }: CallMessage): void {
    this.#underWay.delete(keyOf(request));
  }

  /** A message on `agent.<id>.ask`. */
  takeAsk(message: Uint8Array): void {
    const ask = decodeAsk(message);
    if (this.#deps.knows(ask.controllerId)) void this.#reply(ask);
  }

  /** A message on `agent.<id>.delivered`. */
  takeDelivered(message: Uint8Array): void {
    const { controllerId, calls } = decodeDelivered(message);
    if (!this.#deps.knows(controllerId)) return;
    for (const { callId, attempt } of calls) {
      const known = this.#deps.journal.find({ callId, attempt });
      if (known?.state !== "ended") continue;
      const sender = known.controllerId === undefined ? {} : { controllerId: known.controllerId };
      this.#deps.journal.note({ kind: "delivered", callId, attempt, notAfterMs: known.notAfterMs, ...sender });
    }
  }

  #begin({ controllerId, notAfterMs, work: { request } }: CallMessage): Promise<string> {
    const { runId, callId, attempt, effect, method, path } = request;
    const begun = this.#deps.journal.write({ kind: "begun", callId, attempt, notAfterMs, controllerId, runId, effect, method, path });
    return begun.catch((reason: unknown) => {
      const details = { reason: "journal_failed" };
      throw new LongarmError("agent_refused", LongarmError.from(reason).message, { retryable: true, details, cause: reason });
    });
  }

  // It has happened: a disk that fails now is no reason to keep it to ourselves. On it stands that the call was begun.
  async #end({ controllerId, notAfterMs, work: { request } }: CallMessage, end: CallEnd): Promise<CallEnd> {
    const { callId, attempt } = request;
    const { journal, logger } = this.#deps;
    const hash = await journal.write({ kind: "ended", callId, attempt, notAfterMs, controllerId, end }).catch((reason: unknown) => {
      logger.error({ callId, reason: LongarmError.from(reason).message }, "how a call ended could not be written down");
      return undefined;
    });
    const told = standingIn(journal.id, hash, end);
    this.#tellAskers(request, told);
    return told;
  }

  async #reply(ask: AskMessage): Promise<void> {
    const { controllerId, callId, attempt, nonce } = ask;
    const answer = await this.#answer(ask);
    this.#deps.logger.debug({ controllerId, callId, attempt, answer: answer.kind }, "told what became of a call");
    this.#tell(controllerId, { callId, attempt }, { nonce, answer });
  }

  async #answer(ask: AskMessage): Promise<ToldAnswer> {
    const askers = this.#underWay.get(keyOf(ask));
    const hasEnded = ["ended", "delivered"].includes(this.#deps.journal.find(ask)?.state ?? "");
    if (askers && !hasEnded) {
      askers.set(ask.nonce, ask.controllerId);
      return { kind: "underWay" };
    }
    try {
      return await this.#fromJournal(ask);
    } catch (reason) {
      this.#deps.logger.error({ callId: ask.callId, reason: LongarmError.from(reason).message }, "the journal could not tell of a call");
      return { kind: "unreadable" };
    }
  }

  async #fromJournal(ask: AskMessage): Promise<ToldAnswer> {
    const { journal } = this.#deps;
    const known = journal.find(ask);
    if (known?.state === "begun") return { kind: "begun" };
    if (!known && ask.notAfterMs <= journal.horizonMs) return { kind: "unreadable" };
    // Whoever asks need not be who sent it, so a refusal would count for every controller's calls once it is forgotten.
    if (!known && ask.notAfterMs > this.#deps.timeOf(ask.controllerId).nowMs + farAheadMs) return { kind: "unreadable" };
    if (!known || known.state === "refused") return this.#refuse(ask);
    const end = await journal.endOf(ask);
    return end ? { kind: "ended", end: standingIn(journal.id, known.endHash, end) } : { kind: "unreadable" };
  }

  /** What was told to be never seen may not be seen later: that stands on the disk first. */
  async #refuse(ask: AskMessage): Promise<ToldAnswer> {
    const { callId, attempt, notAfterMs } = ask;
    const key = keyOf(ask);
    this.#refusing.add(key);
    try {
      await this.#deps.journal.write({ kind: "refused", callId, attempt, notAfterMs, reason: "asked" });
      return { kind: "neverSeen" };
    } finally {
      this.#refusing.delete(key);
    }
  }

  #tellAskers(key: CallKey, end: CallEnd): void {
    for (const [nonce, controller] of this.#underWay.get(keyOf(key)) ?? [])
      this.#tell(controller, key, { nonce, answer: { kind: "ended", end } });
  }

  #tell(
    controller: ControllerId,
    { callId, attempt }: CallKey,
    { nonce, answer }: { readonly nonce: string; readonly answer: ToldAnswer },
  ): void {
    this.#deps.tell(controller, encodeTold({ callId, attempt, nonce, journalId: this.#deps.journal.id, answer }));
  }
}

/** An end as it is told: with the record of the journal that says the same. */
function standingIn(journalId: string, journalHash: string | undefined, end: CallEnd): CallEnd {
  return journalHash === undefined ? end : { ...end, record: { ...end.record, journalId, journalHash } };
}

function latenessOf({ notAfterMs }: CallMessage, nowMs: number): LongarmError | undefined {
  if (nowMs <= notAfterMs) return undefined;
  const details = { reason: "too_late", lateMs: Math.round(nowMs - notAfterMs) };
  return new LongarmError("agent_refused", "The call was ready only after it might last begin.", { retryable: true, details });
}
