import { createHash } from "node:crypto";
import { derivedId, LongarmError, type CallId, type CallIdentity, type RunId } from "@longarm/shared";
import { fingerprint, type KeyRing } from "@longarm/shared/seal";

/** The id of a run's n-th call: the same on every replay. */
export function callIdOf(run: RunId, ordinal: number): CallId {
  return derivedId("call", createHash("sha256").update(`${run}/${ordinal}`).digest());
}

/** What the call will be recognised by. */
export function identifyCall(
  ring: KeyRing,
  run: RunId,
  call: { ordinal: number; method: string; target: string; body: Uint8Array | undefined },
): CallIdentity {
  const bodyHash = call.body ? fingerprint(ring, "body", call.body) : new Uint8Array();
  return { callId: callIdOf(run, call.ordinal), branch: "", ordinal: call.ordinal, method: call.method, target: call.target, bodyHash };
}

/** Throws `nondeterministic` when the log holds another call in this place. */
export function checkSameCall(logged: CallIdentity, asked: CallIdentity): void {
  const same = logged.method === asked.method && logged.target === asked.target && Buffer.compare(logged.bodyHash, asked.bodyHash) === 0;
  if (same) return;
  throw new LongarmError(
    "nondeterministic",
    `Call ${asked.ordinal + 1} is ${asked.method} ${pathOf(asked)}, but the log holds ${logged.method} ${pathOf(logged)}; nothing was sent.`,
    {
      details: { ordinal: asked.ordinal },
    },
  );
}

/** Query values may be personal: messages name the path alone. */
function pathOf(call: CallIdentity): string {
  return call.target.split("?", 1)[0] ?? "";
}
