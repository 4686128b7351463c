import { LongarmError } from "@longarm/shared";
import { decodeCall, oldestProtocol, protocolVersion } from "@longarm/shared/wire";

/** No call may last begin later than this from now, nor have had to begin longer ago. */
const farMs = 65_000;
const digestBytes = 32;
const mostChains = 10_000;
const anchorForm = /^ctl_[0-9a-hjkmnp-tv-z]{26} [0-9]{1,15} [0-9a-f]{64}$/;
const answerWay = /^agent\.agt_[0-9a-hjkmnp-tv-z]{26}\.enrolled\0/;

/** Throws `not_allowed` for what is no call that a controller would make now. */
export function judgeCall(call: Uint8Array, nowMs: number): void {
  const { protocol, notAfterMs } = decodeCall(call);
  if (protocol < oldestProtocol || protocol > protocolVersion) throw refused(`calls of protocol ${protocol} are not signed`);
  if (!(Math.abs(notAfterMs - nowMs) <= farMs)) throw refused(`the call may begin until ${notAfterMs}, and it is ${nowMs} here`);
}

/** Throws `not_allowed` for what is neither a word's hash, an answer to an asking, nor an anchor of the audit. */
export function judgeOther(purpose: string, message: Uint8Array): "word" | "answer" | "audit" {
  if (purpose === "audit" && anchorForm.test(Buffer.from(message).toString("latin1"))) return purpose;
  if (purpose === "word" && message.length === digestBytes) return purpose;
  if (purpose === "answer" && answerWay.test(Buffer.from(message.subarray(0, 64)).toString("latin1"))) return purpose;
  throw refused(`this is not signed as "${purpose.slice(0, 20)}"`);
}

/** Sees to it that no chain of the audit is signed anew from an earlier place: whoever may ask for anchors cannot rewrite what was anchored. */
export class AnchorOrder {
  readonly #last = new Map<string, number>();

  /** Throws `not_allowed` for an anchor that stands before one that was signed in this process. */
  take(message: Uint8Array): void {
    const [chain = "", place] = Buffer.from(message).toString("latin1").split(" ");
    const number = Number(place);
    if (number < (this.#last.get(chain) ?? 0)) throw refused(`a later anchor of ${chain} than ${number} was signed before`);
    this.#last.delete(chain);
    this.#last.set(chain, number);
    const [oldest] = this.#last.keys();
    if (oldest !== undefined && this.#last.size > mostChains) this.#last.delete(oldest);
  }
}

function refused(why: string): LongarmError {
  return new LongarmError("not_allowed", `The signer refuses: ${why}.`);
}
