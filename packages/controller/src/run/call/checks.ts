import { createHash } from "node:crypto";
import { derivedId, type CallIdentity } from "@longarm/shared";
import { toActionResponse, toRequestForm, type ActionResponse, type Check } from "@longarm/spoke";
import { checkBranch } from "../../decide/call-progress.ts";
import type { Carriage } from "../carriage.ts";
import { targetOf } from "./request.ts";
import { sendAttempt } from "./send-attempt.ts";

interface Kept {
  readonly answer: ActionResponse;
  readonly readAtMs: number;
}

const keptForMs = 600_000;
// A refusal, such as for a scope that is missing, may soon be mended.
const refusalKeptForMs = 60_000;
const mostKept = 200;

/** What calls are checked against, read once for all runs of a connection and kept for ten minutes. */
export class Checks {
  readonly #kept = new Map<string, Kept>();

  /** Throws what the check has against the call that stands at `ordinal`. */
  async make(carriage: Carriage, check: Check, ordinal: number): Promise<void> {
    const request = { effect: "read" as const, method: "GET" as const, ...toRequestForm(check.request) };
    const { name, baseUrl } = carriage.connection;
    const key = JSON.stringify([name, baseUrl, targetOf(request)]);
    const kept = this.#known(key, carriage.deps.clock.monotonicMs());
    if (kept && check.judge(kept) === undefined) return;
    const answer = await this.#read(carriage, request, ordinal);
    if (!answer) return;
    this.#keep(key, { answer, readAtMs: carriage.deps.clock.monotonicMs() });
    const error = check.judge(answer);
    if (error) throw error;
  }

  #known(key: string, nowMs: number): ActionResponse | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    return nowMs - kept.readAtMs < (kept.answer.status === 200 ? keptForMs : refusalKeptForMs) ? kept.answer : undefined;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** The answer, or undefined when there is none to go by. The log tells the call, but keeps no body of it: no replay asks for it. */
  async #read(carriage: Carriage, call: Parameters<typeof sendAttempt>[1]["call"], ordinal: number): Promise<ActionResponse | undefined> {
    const callId = derivedId("call", createHash("sha256").update(`${carriage.submission.runId}/${ordinal}/${checkBranch}`).digest());
    const identity: CallIdentity = {
      ...{ callId, ordinal, branch: checkBranch, method: "GET", target: targetOf(call), bodyHash: new Uint8Array() },
    };
    const ended = await sendAttempt(carriage, { call, identity, attempt: 1 });
    carriage.writer.defer({ ...ended.outcome, body: null, superseded: false });
    if (ended.end.kind !== "response") return undefined;
    return toActionResponse(ended.end.status, ended.outcome.headers, ended.body);
  }
}
