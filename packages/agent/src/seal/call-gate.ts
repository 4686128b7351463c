import { hash, type KeyObject } from "node:crypto";
import { type AgentId, type Clock, field, LongarmError, type Rejections } from "@longarm/shared";
import { AgentLine, lineOfControl, openCall, passingKeyOf, SealingPublicKey, TurnSigner } from "@longarm/shared/seal";
import { type CallMessage, decodeCall } from "@longarm/shared/wire";
import type { CallSeal, OpenedCall } from "../call/call-seal.ts";
import { farAheadMs } from "../decide/admit.ts";
import type { AgentKeyRing } from "../keys/agent-keys.ts";
import type { KnownInstallation } from "../keys/known-installation.ts";
import { SeenEnvelopes } from "./seen-envelopes.ts";

/** What the gate rests on. */
export interface CallGateDeps {
  readonly agentId: AgentId;
  readonly keys: AgentKeyRing;
  readonly installation: KnownInstallation;
  readonly rejections: Rejections;
  readonly clock: Clock;
  /** A call is signed by a key that is not known here: there may be newer ones. */
  readonly onUnknownKey: () => void;
}

// A controller makes a fresh passing key each minute; those of some hundred controllers are kept.
const keysKept = 256;

// A call may last begin within a minute from now; clocks that drift and a little more.
const seenForMs = farAheadMs + 10_000;

/** Lets calls through that this installation signed for this agent and sealed to it, each once; what follows a call, only on its line. */
export class CallGate implements CallSeal {
  readonly #deps: CallGateDeps;
  readonly #subject: string;
  readonly #seen: SeenEnvelopes;
  readonly #ends: TurnSigner;
  readonly #agreed = new Map<string, KeyObject>();
  readonly #lines = new Map<string, AgentLine>();

  constructor(deps: CallGateDeps) {
    this.#deps = deps;
    this.#subject = field.call(deps.agentId);
    this.#ends = new TurnSigner((transcripts) => deps.keys.signing.signAll("end", transcripts));
    this.#seen = new SeenEnvelopes(deps.clock, seenForMs);
  }

  openCall(envelope: Uint8Array): OpenedCall | undefined {
    const opened = this.#verified(envelope);
    if (typeof opened === "string") {
      this.#deps.rejections.count(opened, this.#subject);
      return undefined;
    }
    const { call, message } = opened;
    const { channel, address } = message;
    const sign = (transcript: Uint8Array): Promise<Uint8Array> => this.#ends.sign(transcript);
    const line = new AgentLine(call, { channel, replyKey: address.replyKey, sign });
    this.#lines.set(line.line, line);
    return {
      call: message,
      sealFrame: (frame, isClosing) => line.sealFrame(frame, isClosing),
      end: () => void this.#lines.delete(line.line),
    };
  }

  openControl(envelope: Uint8Array): Uint8Array | undefined {
    const name = lineOfControl(envelope);
    const line = name === undefined ? undefined : this.#lines.get(name);
    // A control may cross with the end of its call: that is nobody's doing.
    if (name !== undefined && !line) return undefined;
    const control = line?.openControl(envelope);
    if (!control) this.#deps.rejections.count(line ? "control_not_of_its_call" : "no_envelope", this.#subject);
    return control;
  }

  /** What is in the envelope, or why it is dropped. */
  #verified(envelope: Uint8Array): { readonly call: Uint8Array; readonly message: CallMessage } | string {
    const passing = passingKeyOf(envelope);
    if (!passing) return "no_envelope";
    const key = this.#agreedWith(passing);
    const opened = key && openCall(envelope, key, this.#subject);
    if (!opened) return "does_not_open";
    const { call, keyId, signature } = opened;
    const verifying = this.#deps.installation.verifying(keyId);
    if (!verifying) {
      this.#deps.onUnknownKey();
      return "unknown_signing_key";
    }
    if (!verifying.verify("call", call, signature)) return "not_signed_by_the_installation";
    this.#remember(passing, key);
    if (this.#seen.isRepeated(hash("sha256", call, "buffer"))) return "replayed";
    return this.#understood(call);
  }

  #understood(call: Uint8Array): { readonly call: Uint8Array; readonly message: CallMessage } | string {
    try {
      const message = decodeCall(call);
      return message.address.audience === this.#deps.agentId ? { call, message } : "for_another_agent";
    } catch (reason) {
      return LongarmError.from(reason).code;
    }
  }

  #agreedWith(passing: Uint8Array): KeyObject | undefined {
    const known = this.#agreed.get(nameOf(passing));
    if (known) return known;
    try {
      return this.#deps.keys.sealing.agree(new SealingPublicKey(passing), "call", { isFrom: false });
    } catch {
      return undefined;
    }
  }

  // Only one that a signed call came under: what anybody makes up pushes none out.
  #remember(passing: Uint8Array, key: KeyObject): void {
    const name = nameOf(passing);
    if (this.#agreed.has(name)) return;
    this.#agreed.set(name, key);
    if (this.#agreed.size <= keysKept) return;
    for (const oldest of this.#agreed.keys()) return void this.#agreed.delete(oldest);
  }
}

function nameOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.length).toString("latin1");
}
