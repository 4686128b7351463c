// What stands in the place of an agent's seals where everything is simulated but them. The seals have their own tests.
import { decodeCall } from "@longarm/shared/wire";
import type { CallSeal } from "../../../packages/agent/src/call/call-seal.ts";

/** Messages travel as they are. */
export const plainCallSeal: CallSeal = {
  openCall: (call) => ({ call: decodeCall(call), sealFrame: (frame) => frame, end: () => undefined }),
  openControl: (control) => control,
};
