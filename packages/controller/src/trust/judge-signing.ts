import { LongarmError } from "@longarm/shared";
import { decodeCall, oldestProtocol, protocolVersion } from "@longarm/shared/wire";

/** No call may last begin later than this from now, nor have had to begin longer ago. */
const farMs = 65_000;
const digestBytes = 32;
const answerWay = /^agent\.agt_[0-9a-hjkmnp-tv-z]{26}\.enrolled\0/;

/** Throws `not_allowed` for what is no call that a controller would make now. */
export function judgeCall(call: Uint8Array, nowMs: number): void {
  const { protocol, notAfterMs } = decodeCall(call);
  if (protocol < oldestProtocol || protocol > protocolVersion) throw refused(`calls of protocol ${protocol} are not signed`);
  if (!(Math.abs(notAfterMs - nowMs) <= farMs)) throw refused(`the call may begin until ${notAfterMs}, and it is ${nowMs} here`);
}

/** Throws `not_allowed` for what is neither a word's hash nor an answer to an asking. */
export function judgeOther(purpose: string, message: Uint8Array): "word" | "answer" {
  if (purpose === "word" && message.length === digestBytes) return purpose;
  if (purpose === "answer" && answerWay.test(Buffer.from(message.subarray(0, 64)).toString("latin1"))) return purpose;
  throw refused(`this is not signed as "${purpose.slice(0, 20)}"`);
}

function refused(why: string): LongarmError {
  return new LongarmError("not_allowed", `The signer refuses: ${why}.`);
}
