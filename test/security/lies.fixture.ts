// What an agent that is an enemy may say about its own calls.
import { newId } from "@longarm/shared";
import { AgentLine, freshBytes } from "@longarm/shared/seal";
import { encodeFrame, type FramePart } from "@longarm/shared/wire";
import type { Answering } from "./insider.fixture.ts";

const nothing = { status: 200, headMs: 1, totalMs: 2, oktaRequestId: null, rateLimit: null };
const record = { ...nothing, method: "GET", path: "/", sentAt: 1, requestBytes: 0, responseBytes: 0 } as const;
const head = { status: 200, headers: {} };
const last = { record, next: null, last: true };
const whole: FramePart = { kind: "whole", head, body: Buffer.from("lies"), end: last };

/** Frames of these parts, numbered from 0, each sealed as it says. */
function saying(parts: readonly FramePart[], over: { closing?: boolean; callId?: string; from?: number } = {}): Answering {
  return async ({ call, sealFrame }, say) => {
    for (const [at, part] of parts.entries()) {
      const callId = (over.callId ?? call.work.request.callId) as ReturnType<typeof newId<"call">>;
      const isLast = part.kind === "failure" || part.kind === "refused" || ("end" in part && part.end.last);
      const frame = encodeFrame({ channel: call.channel, callId, seq: at + (over.from ?? 0), part });
      say(await sealFrame(frame, over.closing ?? isLast));
    }
  };
}

const wrongHand: Answering = async ({ call }, say) => {
  const { channel, address, work } = call;
  const line = new AgentLine(Buffer.from("another call"), { channel, replyKey: address.replyKey, sign: () => freshBytes(64) });
  say(await line.sealFrame(encodeFrame({ channel, callId: work.request.callId, seq: 0, part: whole }), true));
};

const garbage: Answering = async ({ sealFrame }, say) => {
  for (let n = 0; n < 500; n += 1) say(await sealFrame(freshBytes(1 + (n % 300)), n % 2 === 0));
};

const page: FramePart = { kind: "whole", head, body: Buffer.alloc(0), end: { record, next: "http://127.0.0.1:1/", last: false } };

/** A whole answer as it should be, and a thousand pages where none but one was asked for. */
export const answers: Readonly<Record<string, Answering>> = {
  "a whole answer": saying([whole]),
  "a thousand pages": saying(Array.from({ length: 1_000 }, () => page)),
};

/** A lie about its own call, and the code that the call ends with. */
export const lies: Readonly<Record<string, { readonly answering: Answering; readonly code: string }>> = {
  "no word at all": { answering: async () => undefined, code: "agent_lost" },
  "no end": { answering: saying([{ kind: "accepted" }]), code: "agent_lost" },
  "another call's id": { answering: saying([whole], { callId: newId("call") }), code: "agent_lost" },
  "a number that is not next": { answering: saying([whole], { from: 5 }), code: "agent_lost" },
  "an end that is not signed": { answering: saying([whole], { closing: false }), code: "agent_lost" },
  "a signature where nothing ends": { answering: saying([{ kind: "accepted" }], { closing: true }), code: "agent_lost" },
  "a signature of another transcript": { answering: wrongHand, code: "agent_lost" },
  "garbage under the right key": { answering: garbage, code: "agent_lost" },
  "an end without a beginning": { answering: saying([{ kind: "end", end: last }]), code: "invalid_wire_message" },
  "an end that is not the last": { answering: saying([{ ...whole, end: { ...last, last: false } }]), code: "invalid_wire_message" },
  "a body without a head": { answering: saying([{ kind: "chunk", bytes: Buffer.alloc(9) }]), code: "invalid_wire_message" },
  "two heads": {
    answering: saying([
      { kind: "head", head },
      { kind: "head", head },
    ]),
    code: "invalid_wire_message",
  },
  "more than its window": {
    answering: saying([
      { kind: "head", head },
      ...Array.from({ length: 20 }, (): FramePart => ({ kind: "chunk", bytes: Buffer.alloc(500_000) })),
    ]),
    code: "invalid_wire_message",
  },
};
