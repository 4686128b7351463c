// What stands in the place of a controller's seals where they are not what is tested.
import { sealSigned, signedWithSubject } from "@longarm/shared/seal";
import { closesCall, decodeFrame } from "@longarm/shared/wire";
import type { FieldSeals } from "./field-seals.ts";
import type { InstallationSealsDeps } from "./installation-seals.ts";

/** Messages travel as they are. Only the answer to an asking is signed, since the agent's own enrolment looks at that. */
export function plainFieldSeals({ agent: known, trust }: Pick<InstallationSealsDeps, "agent" | "trust">): FieldSeals {
  return {
    line: (agent) => ({
      address: { audience: agent, bootId: known(agent)?.bootId ?? "none", replyKey: new Uint8Array(32) },
      seal: (call) => call,
      sealControl: (control) => control,
      openFrame: (frame) => ({ frame, isClosing: closesCall(decodeFrame(frame).part) }),
    }),
    channelOf: (frame) => decodeFrame(frame).channel,
    sealWord: (_, { payload }) => payload,
    openWord: (_, __, payload) => payload,
    signAnswer: async (subject, payload) => {
      const signature = await trust.signer.sign("answer", signedWithSubject(subject, payload));
      return sealSigned(payload, { keyId: trust.signer.keyId, signature });
    },
  };
}
