import { setTimeout as pause } from "node:timers/promises";
import type { RunPlan } from "./run-plan.ts";

/**
 * What became of a submission. `refused`: it was answered, every time, that nothing was accepted. `unanswered`: at least one try got no
 * answer, so that only its key tells whether it was accepted.
 */
export type Submitted = {
  readonly key: string;
  readonly tries: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** How long the slowest answer to one of its tries took; absent: each was answered at once, or none was. */
  readonly slowestMs?: number;
  /** How many tries nobody answered; absent: each was answered. */
  readonly unheard?: number;
} & ({ readonly kind: "accepted"; readonly runId: string } | { readonly kind: "refused" | "unanswered"; readonly reason: string });

/** Controllers to ask, and the administrator's key. */
export interface ClientOptions {
  readonly urls: readonly string[];
  readonly token: string;
  /** After this long a submission is given up. */
  readonly patienceMs: number;
}

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const answerWithinMs = 4_000;
const longestPauseMs = 1_500;
const cancelTries = 5;
const lookMs = 30_000;

/** A caller that does what the API asks of callers: it sends an unanswered submission again, with the same key, to whichever controller. */
export class Client {
  readonly #options: ClientOptions;
  #next = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Submits until there is an answer that is final, or the patience is over. Never rejects. */
  async submit({ key, body }: { readonly key: RunPlan["key"]; readonly body: object }, signal: AbortSignal): Promise<Submitted> {
    const firstMs = Date.now();
    let [reason, isDoubtful, slowestMs, unheard] = ["nobody was asked", false, 0, 0];
    for (let tries = 1; ; tries += 1) {
      const at = () => ({ key, tries, firstMs, lastMs: Date.now(), slowestMs, unheard });
      const askedMs = performance.now();
      const reply = await this.#try("POST", "/v1/runs", { body, key, waitMs: answerWithinMs });
      if (reply) slowestMs = Math.max(slowestMs, Math.round(performance.now() - askedMs));
      else unheard += 1;
      if (reply?.status === 200 || reply?.status === 202) return { ...at(), kind: "accepted", runId: String(reply.body["id"]) };
      reason = reply ? `${reply.status} ${String(reply.body["code"])}: ${String(reply.body["detail"])}` : "no answer";
      isDoubtful ||= reply === undefined || reply.status === 503;
      const isFinal = reply !== undefined && reply.status < 500;
      if (isFinal || signal.aborted || Date.now() - firstMs > this.#options.patienceMs)
        return { ...at(), kind: isDoubtful ? "unanswered" : "refused", reason };
      await pause(Math.min(100 * 2 ** tries, longestPauseMs), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Asks that a run be stopped, until somebody has taken the wish; the run may have ended by then. Never rejects. */
  async cancel(runId: string, signal: AbortSignal): Promise<void> {
    for (let tries = 0; tries < cancelTries && !signal.aborted; tries += 1) {
      const reply = await this.#try("POST", `/v1/runs/${runId}/cancel`, { waitMs: answerWithinMs });
      if (reply && reply.status < 500) return;
      await pause(longestPauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The run that was made under this key, if any: another body under the same key is refused, and the refusal names the run. */
  async find(key: string): Promise<string | undefined> {
    const body = { action: "okta.user.get", connection: "home", lane: "bulk", input: { user: "nobody@example.com" }, deadline: "1s" };
    for (let tries = 0; tries < 20; tries += 1) {
      const reply = await this.#try("POST", "/v1/runs", { body, key, waitMs: answerWithinMs });
      if (reply?.status === 202 || reply?.status === 200) return undefined;
      const details = reply?.body["details"] as { readonly runId?: unknown } | undefined;
      if (reply?.body["code"] === "idempotency_conflict") return String(details?.runId);
      await pause(250);
    }
    throw new Error(`Nobody tells whether the key ${key} made a run.`);
  }

  /** What the API answers; undefined while nobody does. With `waitSeconds` it may wait for a run's end. */
  async look(path: string, waitSeconds = 0): Promise<Reply | undefined> {
    return this.#try("GET", path, { waitMs: lookMs, ...(waitSeconds > 0 && { prefer: `wait=${waitSeconds}` }) });
  }

  async #try(
    method: string,
    path: string,
    options: { readonly body?: object; readonly key?: string; readonly waitMs: number; readonly prefer?: string },
  ): Promise<Reply | undefined> {
    const { urls, token } = this.#options;
    this.#next = (this.#next + 1) % urls.length;
    const { body, key, waitMs, prefer } = options;
    try {
      const answer = await fetch(`${urls[this.#next]}${path}`, {
        method,
        signal: AbortSignal.timeout(waitMs),
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { "content-type": "application/json" }),
          ...(key !== undefined && { "idempotency-key": key }),
          ...(prefer !== undefined && { prefer }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json()) as Reply["body"] };
    } catch {
      return undefined;
    }
  }
}
