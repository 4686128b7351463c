import type { KeyObject } from "node:crypto";
import { type AgentId, type Clock, type ControllerId, readId, type Rejections, reportOfSubject } from "@longarm/shared";
import { openWord, sealingKeyIdOf, sealWord, wordDigest, type OpenedWord } from "@longarm/shared/seal";
import type { AgentKeyRing } from "../keys/agent-keys.ts";
import type { KnownInstallation } from "../keys/known-installation.ts";

/** What words rest on. */
export interface FieldWordsDeps {
  readonly agentId: AgentId;
  /** Words to this agent are bound to this process of it: those to another one do not open. */
  readonly bootId: string;
  readonly keys: AgentKeyRing;
  readonly installation: KnownInstallation;
  readonly rejections: Rejections;
  readonly clock: Clock;
  /** What a sender's clock says, as far as that is known; by how much that may be wrong is Infinity for a sender that is not. */
  readonly timeOf: (sender: ControllerId) => { readonly nowMs: number; readonly uncertaintyMs: number };
  /** A word came at a time that cannot be, or was held back: the sender's clock is to be read again. */
  readonly onLate: (sender: ControllerId) => void;
}

interface Agreed {
  readonly id: string;
  readonly toAgent: KeyObject;
  readonly toController: KeyObject;
}

// Controllers come and go under new ids.
const sendersKept = 256;
/** A question or a state that is older by its sender's own clock was held back, and is not acted on. */
const wordsOldestMs = 60_000;
// New rights bear the end of their time themselves.
const timelyWords: ReadonlySet<string> = new Set(["ask", "desired"]);

/** Seals what the agent tells its controllers beside calls, and opens what they tell it. */
export class FieldWords {
  readonly #deps: FieldWordsDeps;
  /** By sender and subject: its highest sequence yet. */
  readonly #heard = new Map<string, number>();
  #agreed: Agreed | undefined;
  #sequence = 0;

  constructor(deps: FieldWordsDeps) {
    this.#deps = deps;
  }

  /** The word in its envelope; undefined while no installation is known. */
  seal(subject: string, payload: Uint8Array, isSigned: boolean): Uint8Array | undefined {
    const agreed = this.#keysOf(this.#deps.installation.sealing?.id);
    if (!agreed) return undefined;
    const { agentId, keys, clock } = this.#deps;
    this.#sequence += 1;
    const head = { sequence: this.#sequence, sentAtMs: clock.nowMs(), sender: agentId };
    const way = { key: agreed.toController, subject, bound: "", sealingKeyId: agreed.id };
    if (!isSigned) return sealWord(head, payload, way);
    const { signing } = keys;
    const signature = signing.sign("word", wordDigest(head, payload, way));
    return sealWord(head, payload, { ...way, signed: { keyId: signing.id, signature } });
  }

  /** What a word says; undefined: it was counted and dropped. */
  open(subject: string, envelope: Uint8Array, mustBeSigned: boolean): OpenedWord | undefined {
    const word = this.#verified(subject, envelope, mustBeSigned);
    if (typeof word !== "string") return word;
    this.#deps.rejections.count(word, subject);
    return undefined;
  }

  #verified(subject: string, envelope: Uint8Array, mustBeSigned: boolean): OpenedWord | string {
    const id = sealingKeyIdOf(envelope);
    if (id === undefined) return "no_envelope";
    const key = this.#keysOf(id)?.toAgent;
    const word = key && openWord(envelope, { key, subject, bound: this.#deps.bootId });
    if (!word) return "does_not_open";
    if (mustBeSigned && !this.#isSigned(word)) return "not_signed_by_the_installation";
    if (this.#isRepeated(subject, word)) return "replayed";
    return timelyWords.has(reportOfSubject(subject)) && this.#isHeldBack(word) ? "held_back" : word;
  }

  #isHeldBack({ sender, sentAtMs }: OpenedWord): boolean {
    const controller = readId("controller", sender);
    if (!controller) return true;
    const { nowMs, uncertaintyMs } = this.#deps.timeOf(controller);
    const isHeldBack = nowMs - uncertaintyMs - sentAtMs > wordsOldestMs;
    if (isHeldBack) this.#deps.onLate(controller);
    return isHeldBack;
  }

  #isSigned({ signed }: OpenedWord): boolean {
    if (!signed) return false;
    return this.#deps.installation.verifying(signed.keyId)?.verify("word", signed.digest, signed.signature) === true;
  }

  // The broker keeps the order of what one connection publishes.
  #isRepeated(subject: string, { sender, sequence }: OpenedWord): boolean {
    const name = `${sender} ${subject}`;
    if (sequence <= (this.#heard.get(name) ?? 0)) return true;
    this.#heard.delete(name);
    this.#heard.set(name, sequence);
    if (this.#heard.size > sendersKept) this.#forgetOldest();
    return false;
  }

  #forgetOldest(): void {
    for (const oldest of this.#heard.keys()) return void this.#heard.delete(oldest);
  }

  #keysOf(id: string | undefined): Agreed | undefined {
    const { keys, installation } = this.#deps;
    if (id === undefined || this.#agreed?.id === id) return this.#agreed;
    const other = installation.sealingKey(id);
    if (!other) return undefined;
    const toAgent = keys.sealing.agree(other, "to-agent", { isFrom: false });
    const toController = keys.sealing.agree(other, "to-controller", { isFrom: true });
    this.#agreed = { id, toAgent, toController };
    return this.#agreed;
  }
}
