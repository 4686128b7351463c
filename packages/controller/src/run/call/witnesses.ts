import { createHash } from "node:crypto";
import { derivedId, LongarmError, type CallIdentity } from "@longarm/shared";
import { toActionResponse, toRequestForm, type Witness } from "@longarm/spoke";
import { witnessBranch } from "../../decide/call-progress.ts";
import type { Carriage } from "../carriage.ts";
import { targetOf } from "./request.ts";
import { sendAttempt } from "./send-attempt.ts";

/** A call of which nobody knows whether it took effect. */
interface Doubted {
  readonly ordinal: number;
  /** When it was first sent. Unix milliseconds. */
  readonly sentAtMs: number;
  readonly witnesses: readonly Witness[];
}

// A target writes its log a moment after it has acted.
const pauseMs = 1_000;
// Evidence helps a person; the run does not wait long for it.
const patienceMs = 15_000;

/**
 * The same error with what the witnesses say in its evidence; one that cannot be heard says why. Read even though the run was
 * cancelled, within a quarter of a minute. Throws `overtaken` when the run has another owner meanwhile.
 */
export async function withWitnesses(carriage: Carriage, doubted: Doubted, error: LongarmError): Promise<LongarmError> {
  if (doubted.witnesses.length === 0) return error;
  const { clock } = carriage.deps;
  const late = new AbortController();
  const heard = new AbortController();
  clock.sleep(patienceMs, heard.signal).then(
    () => late.abort(new LongarmError("deadline_exceeded", "It did not answer in time.")),
    () => undefined,
  );
  const signal = AbortSignal.any([carriage.stopping, late.signal]);
  try {
    await clock.sleep(pauseMs, signal).catch(() => undefined);
    const said: [string, unknown][] = [];
    for (const [i, witness] of doubted.witnesses.entries())
      said.push([witness.name, await hear({ ...carriage, signal }, { doubted, witness, i })]);
    const evidence = { ...evidenceOf(error), ...Object.fromEntries(said) };
    return new LongarmError(error.code, error.message, { retryable: error.retryable, details: { ...error.details, evidence } });
  } finally {
    heard.abort();
  }
}

async function hear(
  carriage: Carriage,
  of: { readonly doubted: Doubted; readonly witness: Witness; readonly i: number },
): Promise<unknown> {
  const { doubted, witness, i } = of;
  const { ordinal } = doubted;
  const call = { effect: "read" as const, method: "GET" as const, ...toRequestForm(witness.request(doubted.sentAtMs)) };
  const name = `${carriage.submission.runId}/${ordinal}/${witnessBranch}/${i}`;
  const callId = derivedId("call", createHash("sha256").update(name).digest());
  const identity: CallIdentity = {
    ...{ callId, ordinal, branch: witnessBranch, method: "GET", target: targetOf(call), bodyHash: new Uint8Array() },
  };
  try {
    const ended = await sendAttempt(carriage, { call, identity, attempt: 1 });
    carriage.writer.defer({ ...ended.outcome, body: null, superseded: false });
    if (ended.end.kind === "failure") return { unreadable: ended.outcome.error?.message ?? ended.end.code };
    if (ended.end.status !== 200) return { unreadable: `The target answered with ${ended.end.status}.` };
    return witness.testify(toActionResponse(ended.end.status, ended.outcome.headers, ended.body));
  } catch (reason) {
    const { code, message } = LongarmError.from(reason);
    if (code === "overtaken") throw reason;
    return { unreadable: message };
  }
}

function evidenceOf({ details }: LongarmError): object {
  const { evidence } = details;
  return typeof evidence === "object" && evidence !== null ? evidence : {};
}
