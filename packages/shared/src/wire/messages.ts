import type { Delivery } from "../effect.ts";
import type { ErrorBody } from "../errors.ts";
import type { AgentId, CallId, ControllerId } from "../ids.ts";
import type { CallRecord, PageRequest, RestRequest } from "../rest/contract.ts";
import type { Facts, Labels } from "../selector/contract.ts";
import type { AgentKeys, SignedInstallationKeys } from "./trust-messages.ts";

/** The facts that only change with the agent's process or its network. */
export type StableFacts = Pick<Facts, "os" | "arch" | "version" | "hostname" | "addresses" | "credentials">;

/** What the agent evaluates again before it acts. */
export interface CarriedCheck {
  readonly connection: string;
  readonly target: { readonly host: string; readonly addresses: readonly string[] };
  /** CEL, and the agent's facts as the controller knew them when it chose; absent: any agent will do. */
  readonly condition?: { readonly selector: string; readonly facts: StableFacts };
}

/** How much more of a body may be on the way, and how many more pages may be fetched. */
export interface Credit {
  readonly bytes: number;
  readonly pages: number;
}

/** One exchange, or pages of one target in order. */
export type Work = { readonly kind: "send"; readonly request: RestRequest } | { readonly kind: "pages"; readonly request: PageRequest };

/** Controller → agent: perform this. `work.request.body` is only the beginning when `bodyBytes` is more. */
export interface CallMessage {
  readonly protocol: number;
  readonly controllerId: ControllerId;
  /** Unique among this controller's open calls; an unsigned 32-bit number. */
  readonly channel: number;
  readonly work: Work;
  readonly bodyBytes: number;
  /** Unix milliseconds on the controller's clock; nothing begins after it. */
  readonly notAfterMs: number;
  readonly credit: Credit;
  readonly check: CarriedCheck;
  /** Calls that change something: the journal that the controller knows of; absent: any. */
  readonly journalId?: string;
  readonly address: CallAddress;
  /** Of the whole body; absent: there is none. */
  readonly bodySha256?: Uint8Array;
}

/** Whom a call is for, and by what it is answered. */
export interface CallAddress {
  readonly audience: AgentId;
  /** The process of that agent. */
  readonly bootId: string;
  /** Of the run's claim that the call is made under; 0: it is made under none. */
  readonly epoch: number;
  /** Seals what follows the call in both directions; 32 bytes, made for this one. */
  readonly replyKey: Uint8Array;
}

/** The head of a response, as a frame carries it. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The scopes of the access token that went along; absent: there was none. */
  readonly grantedScopes?: readonly string[];
}

/** The end of a response, with its record. */
export interface ResponseEnd {
  readonly record: CallRecord;
  /** The absolute URL of the next page; null when there is none. */
  readonly next: string | null;
  /** No frame follows. */
  readonly last: boolean;
}

/** What one frame says. */
export type FramePart =
  | { readonly kind: "accepted" }
  | { readonly kind: "head"; readonly head: ResponseHead }
  | { readonly kind: "chunk"; readonly bytes: Uint8Array }
  | { readonly kind: "end"; readonly end: ResponseEnd }
  | { readonly kind: "whole"; readonly head: ResponseHead; readonly body: Uint8Array; readonly end: ResponseEnd }
  | { readonly kind: "failure"; readonly delivery: Delivery; readonly error: ErrorBody; readonly record: CallRecord }
  | { readonly kind: "refused"; readonly error: ErrorBody }
  | { readonly kind: "bodyCredit"; readonly bytes: number };

/** Agent → controller: the next piece of what became of a call. */
export interface FrameMessage {
  readonly channel: number;
  readonly callId: CallId;
  /** From 0, without a gap. */
  readonly seq: number;
  readonly part: FramePart;
}

/** What one control message says. */
export type ControlPart =
  | { readonly kind: "credit"; readonly credit: Credit }
  | { readonly kind: "cancel"; readonly code: string }
  | { readonly kind: "bodyChunk"; readonly bytes: Uint8Array };

/** Controller → agent: about an open call. */
export interface ControlMessage {
  readonly controllerId: ControllerId;
  readonly channel: number;
  readonly callId: CallId;
  readonly part: ControlPart;
}

/** Agent → controllers: let me in. The token travels as bytes and is never logged. */
export interface EnrolMessage {
  readonly protocol: number;
  readonly name: string;
  readonly facts: StableFacts;
  readonly slots: number;
  readonly bootId: string;
  readonly nonce: string;
  /** Of calls that change something; absent: the agent keeps none. */
  readonly journalId?: string;
  /** How often it was let in; absent: it does not say. */
  readonly generation?: number;
  readonly keys: AgentKeys;
  /** See `signedByAgent`. */
  readonly proof: Uint8Array;
}

/** Every state that a controller may want an agent to be in. */
export const desiredStates = ["up", "paused", "draining", "revoked"] as const;
/** The state that the controller wants an agent to be in. */
export type DesiredState = (typeof desiredStates)[number];

/** What a controller answers to an enrolment. */
export type EnrolAnswer =
  | { readonly kind: "granted"; readonly labels: Labels; readonly desired: DesiredState }
  | { readonly kind: "refused"; readonly error: ErrorBody };

/** Controller → agent: the answer of one controller to `Enrol`. */
export interface EnrolledMessage {
  readonly controllerId: ControllerId;
  readonly nonce: string;
  readonly protocolMin: number;
  readonly protocolMax: number;
  /** Unix milliseconds on the controller's clock. */
  readonly nowMs: number;
  readonly answer: EnrolAnswer;
  readonly installation: SignedInstallationKeys;
}

/** Every state that a beat may tell. */
export const beatStates = ["up", "draining", "leaving"] as const;
/** The state that an agent says it is in. */
export type BeatState = (typeof beatStates)[number];

/** Whether calls are taken that change something: only with a journal that is open. */
export const journalStates = ["open", "full", "failed"] as const;
/** The state of an agent's journal. */
export type JournalState = (typeof journalStates)[number];

/** Agent → controllers, each second and at once on a change of state. */
export interface BeatMessage {
  readonly bootId: string;
  readonly seq: number;
  readonly slots: { readonly total: number; readonly free: number };
  readonly load: number;
  readonly loopLagMs: number;
  readonly reach: Readonly<Record<string, number>>;
  /** Only when they changed since the beat before. */
  readonly facts?: StableFacts;
  readonly state: BeatState;
  readonly openCalls: number;
  /** Of calls that change something; absent: the agent keeps none. */
  readonly journal?: { readonly id: string; readonly state: JournalState };
  /** The site's policy that holds; absent: the agent knows no policies. */
  readonly policy?: HeldPolicy;
}

/** Which policy of its site an agent goes by. */
export interface HeldPolicy {
  /** Of the policy's text, or `none`. */
  readonly hash: string;
  /** The file was changed into one with faults, or is gone; the policy of before holds on. */
  readonly isStale: boolean;
}

/** Controller → agent: what is wanted of it. */
export interface DesiredMessage {
  readonly controllerId: ControllerId;
  readonly state?: DesiredState;
  /** The controller does not know this process of the agent: it is to enrol again. */
  readonly enrol: boolean;
}
