import { setTimeout as pause } from "node:timers/promises";
import type { SyncReport } from "@longarm/sync";
import type { FoundRun, LogRecord } from "../check/evidence.ts";
import type { Client } from "../load/client.ts";
import { syncName } from "./sync-place.ts";

/** One run of the sync, from its submission to what was found of it. Unix milliseconds. */
export interface SyncRun extends FoundRun {
  readonly mode: "full" | "incremental";
  readonly fromMs: number;
  readonly toMs: number;
  readonly output: SyncReport | null;
}

/** How to run it. */
export interface RunWish {
  readonly mode: SyncRun["mode"];
  readonly key: string;
  /** When it is given up as stuck, from its submission. */
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

const longestWaitSeconds = 20;
const finals = new Set(["succeeded", "failed", "cancelled", "outcome_unknown"]);

/** Runs the sync once and waits for its end; one that does not end in time is told as it stands. Throws where nobody accepts it. */
export async function runOnce(client: Client, { mode, key, withinMs, signal }: RunWish): Promise<SyncRun> {
  const fromMs = Date.now();
  const submitted = await client.submit({ key, body: { action: `sync.${syncName}`, input: { mode } } }, signal);
  if (submitted.kind !== "accepted") throw new Error(`The run ${key} was ${submitted.kind}: ${submitted.reason}`);
  for (;;) {
    signal.throwIfAborted();
    const reply = await client.look(`/v1/runs/${submitted.runId}`, longestWaitSeconds);
    const run = reply?.status === 200 ? (reply.body as unknown as Omit<SyncRun, "log">) : undefined;
    if (reply?.status === 404) throw new Error(`The run ${submitted.runId} was accepted, and cannot be found.`);
    const isOver = Date.now() - fromMs > withinMs;
    if (run && (finals.has(run.status) || isOver)) {
      const toMs = Date.now();
      return { ...run, mode, fromMs, toMs, log: await logOf(client, run.id) };
    }
    if (isOver && Date.now() - fromMs > withinMs + 60_000) throw new Error(`No controller tells how ${submitted.runId} stands.`);
    if (!run) await pause(250);
  }
}

async function logOf(client: Client, id: string): Promise<readonly LogRecord[]> {
  for (let tries = 0; tries < 40; tries += 1) {
    const reply = await client.look(`/v1/runs/${id}/log`);
    if (reply?.status === 200) return (reply.body as { readonly entries: readonly LogRecord[] }).entries;
    await pause(250);
  }
  throw new Error(`No controller gives the log of ${id}.`);
}
