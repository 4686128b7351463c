// What stands in the place of an agent's seals where everything is simulated but them. The seals have their own tests.
import { hash } from "node:crypto";
import type { Clock } from "@longarm/shared";
import { decodeCall } from "@longarm/shared/wire";
import type { CallSeal } from "../../../packages/agent/src/call/call-seal.ts";
import { SeenEnvelopes } from "../../../packages/agent/src/seal/seen-envelopes.ts";

const seenForMs = 120_000;

/** Messages travel as they are; a call that the network repeats is dropped, as its envelope would be. */
export function plainCallSeal(clock: Clock): CallSeal {
  const seen = new SeenEnvelopes(clock, seenForMs);
  return {
    openCall: (call) => {
      if (seen.isRepeated(hash("sha256", call, "buffer"))) return undefined;
      return { call: decodeCall(call), sealFrame: (frame) => frame, end: () => undefined };
    },
    openControl: (control) => control,
  };
}
