import { type AgentId, type Clock, type ControllerId, field, LongarmError, type Rejections, reportOfSubject } from "@longarm/shared";
import {
  type CallSignature,
  channelOfFrame,
  ControllerLine,
  freshBytes,
  openWord,
  replyKeyBytes,
  sealCall,
  sealingKeyIdOf,
  sealSigned,
  sealWord,
  signedWithSubject,
  type VerifyingKey,
  wordDigest,
  type WordHead,
} from "@longarm/shared/seal";
import type { InstallationTrust } from "../../../ports/installation-trust.ts";
import { AgentSeals } from "./agent-seals.ts";
import type { FieldSeals, KnownAgent, SealedLine, Soon } from "./field-seals.ts";
import { PassingKey } from "./passing-key.ts";

/** What seals rest on. */
export interface InstallationSealsDeps {
  readonly controllerId: ControllerId;
  readonly trust: InstallationTrust;
  readonly clock: Clock;
  readonly rejections: Rejections;
  /** What is known of an agent here. */
  readonly agent: (agent: AgentId) => KnownAgent | undefined;
}

// What an agent acts on beside a call is signed; what only tells is not, and what it tells is.
const signedWords: ReadonlySet<string> = new Set(["ask", "desired", "jwt"]);
const signedReports: ReadonlySet<string> = new Set(["told"]);

/** Seals under the installation's own keys. */
export class InstallationSeals implements FieldSeals {
  readonly #deps: InstallationSealsDeps;
  readonly #agents = new AgentSeals();
  readonly #passing: PassingKey;
  #sequence = 0;

  constructor(deps: InstallationSealsDeps) {
    this.#deps = deps;
    this.#passing = new PassingKey(deps.clock);
  }

  line(agent: AgentId): SealedLine {
    const known = this.#deps.agent(agent);
    if (known?.bootId === undefined)
      throw new LongarmError("agent_refused", "The agent has no keys here that a call could be sealed to; it must enrol again.", {
        retryable: true,
        details: { agent, reason: "not_enrolled" },
      });
    const { key, passing } = this.#passing.agreeWith(agent, this.#agents.sealing(agent, known.keys));
    const way = { key, passing, subject: field.call(agent) };
    const address = { audience: agent, bootId: known.bootId, replyKey: freshBytes(replyKeyBytes) };
    return this.#lineOver(address, way, this.#agents.verifying(agent, known.keys));
  }

  channelOf(frame: Uint8Array): number | undefined {
    return channelOfFrame(frame);
  }

  sealWord(agent: AgentId, word: { subject: string; payload: Uint8Array; bootId?: string }): Soon<Uint8Array | undefined> {
    const { trust, clock, controllerId } = this.#deps;
    const known = this.#deps.agent(agent);
    const bound = word.bootId ?? known?.bootId;
    const own = trust.sealing();
    if (!known || bound === undefined || !own) return undefined;
    const { subject, payload } = word;
    this.#sequence += 1;
    const head: WordHead = { sequence: this.#sequence, sentAtMs: clock.nowMs(), sender: controllerId };
    const way = { key: this.#agents.words(agent, known.keys, own).toAgent, subject, bound, sealingKeyId: own.id };
    if (!signedWords.has(reportOfSubject(subject))) return sealWord(head, payload, way);
    const signed = (signature: Uint8Array): Uint8Array => sealWord(head, payload, { ...way, signed: by(trust.signer, signature) });
    return whenMade(trust.signer.sign("word", wordDigest(head, payload, way)), signed);
  }

  openWord(agent: AgentId, subject: string, envelope: Uint8Array): Uint8Array | undefined {
    const found = this.#verifiedWord(agent, subject, envelope);
    if (typeof found !== "string") return found;
    this.#deps.rejections.count(found, subject);
    return undefined;
  }

  signAnswer(subject: string, payload: Uint8Array): Soon<Uint8Array> {
    const { signer } = this.#deps.trust;
    return whenMade(signer.sign("answer", signedWithSubject(subject, payload)), (made) => sealSigned(payload, by(signer, made)));
  }

  #verifiedWord(agent: AgentId, subject: string, envelope: Uint8Array): Uint8Array | string {
    const id = sealingKeyIdOf(envelope);
    if (id === undefined) return "no_envelope";
    const own = this.#deps.trust.sealing(id);
    if (!own) return "unknown_sealing_key";
    const known = this.#deps.agent(agent);
    if (!known) return "unknown_agent";
    const word = openWord(envelope, { key: this.#agents.words(agent, known.keys, own).toController, subject, bound: "" });
    if (!word || word.sender !== agent) return "does_not_open";
    if (!signedReports.has(reportOfSubject(subject))) return word.payload;
    const { signed } = word;
    const isSigned = signed && this.#agents.verifying(agent, known.keys).verify("word", signed.digest, signed.signature);
    return isSigned ? word.payload : "not_signed_by_the_agent";
  }

  #lineOver(address: SealedLine["address"], way: Parameters<typeof sealCall>[2], verifying: VerifyingKey): SealedLine {
    const { signer } = this.#deps.trust;
    const { replyKey, audience } = address;
    const verify = (transcript: Uint8Array, signature: Uint8Array): boolean => verifying.verify("end", transcript, signature);
    let line: ControllerLine | undefined;
    const end = (): ControllerLine => {
      if (line) return line;
      throw new LongarmError("internal", "A call was spoken of before it was sealed.");
    };
    return {
      address,
      seal: (call) => {
        line = new ControllerLine(call, { replyKey, verify });
        return whenMade(signer.sign("call", call), (signature) => sealCall(call, by(signer, signature), way));
      },
      sealControl: (control) => end().sealControl(control),
      openFrame: (envelope) => {
        const opened = end().openFrame(envelope);
        if (!opened) this.#deps.rejections.count("frame_not_of_its_call", audience);
        return opened;
      },
    };
  }
}

// Only now is it known which key it was: a signer may have come back with another one.
function by({ keyId }: InstallationTrust["signer"], signature: Uint8Array): CallSignature {
  return { keyId, signature };
}

function whenMade<T, R>(made: Soon<T>, then: (made: T) => R): Soon<R> {
  return made instanceof Promise ? made.then(then) : then(made);
}
