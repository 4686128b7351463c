import { randomInt } from "node:crypto";
import { type AgentId, type Clock, type ControllerId, eachAlone, field, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { RestRequest } from "@longarm/shared/rest";
import {
  type CallMessage,
  closesCall,
  type ControlPart,
  decodeFrame,
  encodeCall,
  encodeControl,
  type FramePart,
} from "@longarm/shared/wire";
import { lostError } from "./call-failures.ts";
import type { FieldSeals, SealedLine } from "./seal/field-seals.ts";

/** What an open call does with what comes in for it. Every one of these is called at most once after `ended`. */
export interface Line {
  readonly agent: AgentId;
  readonly request: RestRequest;
  /** Frames in order, none missing. */
  onPart(part: FramePart): void;
  /** Nothing more will come. */
  onLost(error: LongarmError): void;
  /** By when, monotonic, the next frame must have come; Infinity: whenever. */
  dueAtMs(): number;
}

/** The connection's part of it. */
export interface SwitchboardDeps {
  readonly controllerId: ControllerId;
  readonly publish: (subject: string, payload: Uint8Array) => void;
  readonly seals: Pick<FieldSeals, "line" | "channelOf">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A call as its executor makes it: without what its way adds. */
export type PlainCall = Omit<CallMessage, "channel" | "controllerId" | "address"> & { readonly epoch: number };

/** The subjects to and from one agent. */
interface Ways {
  readonly call: string;
  readonly control: string;
  readonly frame: string;
}

interface Open {
  readonly ways: Ways;
  readonly channel: number;
  readonly line: Line;
  readonly sealed: SealedLine;
  readonly openedAtMs: number;
  /** Controls that wait until the call has left. */
  held: Uint8Array[] | undefined;
  seq: number;
  spokenAtMs: number;
}

/** An agent says within a quarter of a second that it has a call; a call of which nothing is heard for this long never arrived. */
export const silenceMs = 5_000;
// Tells the agent of a call that waits for credit that its controller is still there.
const reassureMs = 10_000;
// These tell by themselves that nothing was sent, and why.
const unsentCodes: ReadonlySet<string> = new Set(["agent_refused", "signer_unavailable"]);

/** Connects open calls and what agents send about them: one subscription, a number for each call, one sweep for all timeouts. */
export class Switchboard {
  readonly #deps: SwitchboardDeps;
  readonly #open = new Map<number, Open>();
  readonly #ways = new Map<AgentId, Ways>();
  // A random beginning keeps frames for a controller before us, under the same id, from being taken for ours.
  #channel = randomInt(0x7fff_ffff);

  constructor(deps: SwitchboardDeps) {
    this.#deps = deps;
  }

  get openCalls(): number {
    return this.#open.size;
  }

  /** Publishes the call and connects its line; resolves to its channel. */
  connect(line: Line, { epoch, ...call }: PlainCall): number {
    const channel = this.#nextChannel();
    const nowMs = this.#deps.clock.monotonicMs();
    const { controllerId, seals } = this.#deps;
    const sealed = seals.line(line.agent);
    const envelope = sealed.seal(encodeCall({ ...call, channel, controllerId, address: { ...sealed.address, epoch } }));
    const ways = this.#waysOf(line.agent);
    const open: Open = { ways, channel, line, sealed, openedAtMs: nowMs, held: undefined, seq: 0, spokenAtMs: nowMs };
    this.#open.set(channel, open);
    if (envelope instanceof Promise) this.#sendLater(open, envelope);
    else this.#send(open, envelope);
    return channel;
  }

  #send(open: Open, envelope: Uint8Array): void {
    try {
      this.#deps.publish(open.ways.call, envelope);
    } catch (reason) {
      this.#open.delete(open.channel);
      throw reason;
    }
  }

  /** Sends a call whose signature takes its time; what is said about it meanwhile follows it. */
  #sendLater(open: Open, envelope: Promise<Uint8Array>): void {
    open.held = [];
    const send = (made: Uint8Array): void => {
      if (this.#open.get(open.channel) !== open) return;
      this.#send(open, made);
      for (const control of open.held?.splice(0) ?? []) this.#deps.publish(open.ways.control, control);
      open.held = undefined;
    };
    envelope.then(send).catch((reason: unknown) => {
      this.disconnect(open.channel);
      open.line.onPart({ kind: "refused", error: unsent(reason).toBody() });
    });
  }

  /** Forgets the line; what still comes for it is dropped. */
  disconnect(channel: number): void {
    this.#open.delete(channel);
  }

  /** Says something about an open call to its agent. */
  control(channel: number, part: ControlPart): void {
    const open = this.#open.get(channel);
    if (!open) return;
    const { callId } = open.line.request;
    open.spokenAtMs = this.#deps.clock.monotonicMs();
    const control = open.sealed.sealControl(encodeControl({ controllerId: this.#deps.controllerId, channel, callId, part }));
    if (open.held) open.held.push(control);
    else this.#deps.publish(open.ways.control, control);
  }

  /** Forgets the line and tells its agent to end the call. */
  cancel(channel: number, code: string): void {
    try {
      this.control(channel, { kind: "cancel", code });
    } catch (reason) {
      this.#deps.logger.debug({ reason: LongarmError.from(reason).message }, "a cancellation could not be sent");
    }
    this.disconnect(channel);
  }

  /** A message on `ctl.<us>.from.<agent>.frame`. */
  deliver(subject: string, payload: Uint8Array): void {
    const channel = this.#deps.seals.channelOf(payload);
    const open = channel === undefined ? undefined : this.#open.get(channel);
    if (!open || open.ways.frame !== subject) return;
    const opened = open.sealed.openFrame(payload);
    const frame = opened && decodeFrame(opened.frame);
    if (!frame || frame.channel !== channel || open.line.request.callId !== frame.callId) return;
    if (frame.seq !== open.seq) return this.#lose(open, missingFrame(open.seq, frame.seq));
    open.seq += 1;
    if (closesCall(frame.part) !== opened.isClosing) return this.#lose(open, unsigned());
    open.line.onPart(frame.part);
  }

  /** Ends every open call of this agent; with `tell` the agent is told so, in case it is there. */
  agentLost(agent: AgentId, error: LongarmError, tell = false): void {
    this.#each((open) => open.line.agent === agent && this.#lose(open, error, tell));
  }

  /** Ends the open reads of this agent, and tells it so in case it is there: they may be made again elsewhere at once. */
  agentSuspect(agent: AgentId, error: LongarmError): void {
    this.#each((open) => open.line.agent === agent && open.line.request.effect === "read" && this.#lose(open, error, true));
  }

  /** Ends what is overdue. */
  sweep(): void {
    const nowMs = this.#deps.clock.monotonicMs();
    this.#each((open) => {
      if (open.seq === 0 && nowMs - open.openedAtMs > silenceMs) this.#lose(open, silent("does not say that the call arrived"));
      else if (nowMs > open.line.dueAtMs()) this.#lose(open, silent("did not answer in time"));
      else if (nowMs - open.spokenAtMs > reassureMs) this.#reassure(open);
    });
  }

  #each(work: (open: Open) => void): void {
    eachAlone(this.#open.values(), this.#deps.logger, work);
  }

  #waysOf(agent: AgentId): Ways {
    const known = this.#ways.get(agent);
    if (known) return known;
    const ways = { call: field.call(agent), control: field.callControl(agent), frame: field.frame(this.#deps.controllerId, agent) };
    this.#ways.set(agent, ways);
    return ways;
  }

  #reassure(open: Open): void {
    this.control(open.channel, { kind: "credit", credit: { bytes: 0, pages: 0 } });
  }

  #lose(open: Open, error: LongarmError, tell = true): void {
    if (tell) this.cancel(open.channel, error.code);
    else this.disconnect(open.channel);
    open.line.onLost(error);
  }

  #nextChannel(): number {
    do this.#channel = (this.#channel + 1) >>> 0;
    while (this.#open.has(this.#channel));
    return this.#channel;
  }
}

function missingFrame(expected: number, got: number): LongarmError {
  return lostError(`A part of the agent's answer was lost on the way (${expected} was expected, ${got} came).`, {
    reason: "frame_missing",
    expected,
    got,
  });
}

/** Why a call was not sent. */
export function unsent(reason: unknown): LongarmError {
  if (reason instanceof LongarmError && unsentCodes.has(reason.code)) return reason;
  const sentence = `The call could not be published: ${LongarmError.from(reason).message}`;
  return new LongarmError("broker_unavailable", sentence, { retryable: true, cause: reason });
}

function unsigned(): LongarmError {
  return lostError("The agent ended the call without signing what it told.", { reason: "not_signed" });
}

function silent(what: string): LongarmError {
  return lostError(`The agent ${what}.`, { reason: "silent" });
}
