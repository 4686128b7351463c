import { createHash } from "node:crypto";
import { derivedId, type CallIdentity, type Outcome } from "@longarm/shared";
import { toActionResponse, toRequestForm, type ActionRequest, type ActionResponse, type Finding, type ReadBack } from "@longarm/spoke";
import { readBackBranch } from "../../decide/call-progress.ts";
import { firstDoubted } from "../../decide/first-doubted.ts";
import { decideAfterAttempt } from "../../decide/retry.ts";
import { policyOfReadBacks } from "../../decide/retry-policy.ts";
import { keepBytes, recordInlineBytes } from "../bytes.ts";
import type { EndedAttempt } from "./call-attempt.ts";
import type { Carriage } from "../carriage.ts";
import { pause } from "../wait/park.ts";
import { storedAt } from "../wait/stored-at.ts";
import { targetOf } from "./request.ts";
import { Denials } from "./denials.ts";
import { sendAttempt, type Call } from "./send-attempt.ts";

/** A call that is in doubt, and the read that tells of it. */
interface Doubted {
  readonly identity: CallIdentity;
  readonly readBack: ReadBack;
}

/** What the reads have shown, all pages taken together. */
export type Found = Exclude<Finding, { kind: "readOn" }>;

const json = new TextEncoder();
const mostPages = 50;

/** The reads that settle one call. Each stands in the log beside the call, under a branch of its own. */
export class ReadBacks {
  readonly #carriage: Carriage;
  readonly #of: Doubted;
  readonly #identity: Omit<CallIdentity, "target">;
  #attempts: number;
  #sentAtMs: number | undefined;

  /** `madeBefore` counts the attempts that the log holds already. */
  constructor(carriage: Carriage, of: Doubted, madeBefore: number) {
    this.#carriage = carriage;
    this.#of = of;
    this.#attempts = madeBefore;
    const { ordinal } = of.identity;
    const callId = derivedId("call", createHash("sha256").update(`${carriage.submission.runId}/${ordinal}/${readBackBranch}`).digest());
    this.#identity = { callId, ordinal, branch: readBackBranch, method: "GET", bodyHash: new Uint8Array() };
  }

  /** How many attempts were made in all. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Reads, over several pages if need be, and judges what was answered; a read that gets no answer tells nothing. */
  async find(): Promise<Found> {
    let { request } = this.#of.readBack;
    for (let page = 0; page < mostPages; page += 1) {
      const finding = await this.#judge(request);
      if (finding.kind !== "readOn") return finding;
      ({ request } = finding);
    }
    return { kind: "unclear" };
  }

  async #judge(request: ActionRequest): Promise<Finding> {
    this.#sentAtMs ??= await storedAt(this.#carriage, (records) => firstDoubted(records, this.#of.identity.callId));
    if (this.#sentAtMs === undefined) return { kind: "unclear" };
    const ended = await this.#read({ effect: "read", method: "GET", ...toRequestForm(request) });
    if (ended.end.kind !== "response") return { kind: "unclear" };
    const answer = toActionResponse(ended.end.status, ended.outcome.headers, ended.body);
    return this.#of.readBack.judge(answer, { sentAgoMs: this.#carriage.deps.clock.monotonicMs() - this.#sentAtMs });
  }

  /** The outcome by which the log knows from now on how the call ended, in place of the one that was lost. */
  async reconciled(of: { readonly attempt: number; readonly effect: Outcome["effect"] }, response: ActionResponse): Promise<Outcome> {
    const { deps, submission, epoch, stopping } = this.#carriage;
    const text = response.body === null ? "" : typeof response.body === "string" ? response.body : JSON.stringify(response.body);
    const keep = { part: this.#of.identity.callId, epoch, attempt: of.attempt, bytes: json.encode(text), inlineBytes: recordInlineBytes };
    const body = await keepBytes(deps.blobs, submission.runId, { ...keep, signal: stopping });
    return {
      ...{ kind: "outcome", call: this.#of.identity, attempt: of.attempt, effect: of.effect, result: "response", status: response.status },
      ...{ executor: { kind: "local", why: "found by reading the target's state" }, headers: response.headers, body },
      ...{ record: {}, queuedMs: 0, error: null, superseded: false, isReconciled: true },
    };
  }

  async #read(call: Call): Promise<EndedAttempt> {
    const { writer } = this.#carriage;
    const identity = { ...this.#identity, target: targetOf(call) };
    const policy = policyOfReadBacks(this.#carriage.retry);
    const denials = new Denials();
    for (let counted = 1; ;) {
      this.#attempts += 1;
      const ended = await sendAttempt(this.#carriage, { call, identity, attempt: this.#attempts, denials });
      writer.defer({ ...ended.outcome, superseded: false });
      const jitter = this.#carriage.deps.random();
      const after = decideAfterAttempt(ended.end, {
        ...{ effect: "read", isReadable: false, attempts: counted, elapsedMs: 0, policy, jitter },
      });
      if (after.kind !== "again") return ended;
      if (!after.free) counted += 1;
      await this.pause(after.afterMs, "The target did not answer when it was asked for its state; it is asked again");
    }
  }

  /** Waits before the next look. Throws the reason the run was ended for. */
  async pause(forMs: number, why: string): Promise<void> {
    const { ordinal } = this.#identity;
    await pause(this.#carriage, { reason: "reading_back", sentence: `${why} in ${Math.ceil(forMs / 1_000)} s.`, forMs, ordinal });
  }
}
