import { setTimeout as pause } from "node:timers/promises";
import type { Client, Submitted } from "../load/client.ts";
import type { ExpectedEffect, RunPlan } from "../load/run-plan.ts";
import { inParallel } from "../in-parallel.ts";
import type { Case, FoundRun, LedgerEntry, LogRecord } from "./evidence.ts";
import type { OrgReader } from "./org-reader.ts";
import { withTrueTimes } from "./timeline.ts";

/** What is needed to find out how everything ended. */
export interface CollectOptions {
  readonly client: Client;
  readonly org: OrgReader;
  readonly submissions: readonly { readonly plan: RunPlan; readonly submitted: Submitted }[];
  /** Unix milliseconds by when every accepted run must have ended. */
  readonly untilMs: number;
}

const atOnce = 24;
const longestWaitSeconds = 20;
const finals = new Set(["succeeded", "failed", "cancelled", "outcome_unknown"]);

/** Waits for every run's end, then reads its log and what the org holds of it. */
export async function collectCases(options: CollectOptions): Promise<readonly Case[]> {
  const { submissions } = options;
  const ended = await inParallel(atOnce, submissions, async ({ plan, submitted }) => ({
    plan,
    submitted,
    ...(await found(options, submitted)),
  }));
  const effectsOf = await options.org.effects();
  return ended.map((one) => ({ ...one, effects: one.plan.expected ? effectsOf(one.plan.expected) : [] }));
}

/** By the answer of the submission, or by its key where there was none. */
async function found(options: CollectOptions, submitted: Submitted): Promise<Pick<Case, "runIds" | "run">> {
  if (submitted.kind === "accepted") {
    const run = trueTimed(await endOf(options, submitted.runId), submitted.firstMs);
    // Asking for a key makes a run where there was none, so a run that is lost is not asked for.
    const byKey = run && submitted.tries > 1 ? await options.client.find(submitted.key) : undefined;
    return { run, runIds: [...new Set([submitted.runId, ...(byKey === undefined ? [] : [byKey])])] };
  }
  const id = await options.client.find(submitted.key);
  return id === undefined ? { run: undefined, runIds: [] } : { run: trueTimed(await endOf(options, id), submitted.firstMs), runIds: [id] };
}

function trueTimed(run: FoundRun | undefined, nearMs: number): FoundRun | undefined {
  return run && { ...run, log: withTrueTimes(run.log, nearMs) };
}

/** The run once it has ended, or as it stands when the time is over; undefined: nobody knows it. */
async function endOf({ client, untilMs }: Pick<CollectOptions, "client" | "untilMs">, id: string): Promise<FoundRun | undefined> {
  for (;;) {
    const leftSeconds = Math.ceil((untilMs - Date.now()) / 1_000);
    const reply = await client.look(`/v1/runs/${id}`, Math.max(0, Math.min(leftSeconds, longestWaitSeconds)));
    if (reply?.status === 404) return undefined;
    const run = reply?.status === 200 ? (reply.body as unknown as FoundRun) : undefined;
    if (run && (finals.has(run.status) || leftSeconds <= 0)) return { ...run, log: await logOf(client, id) };
    if (leftSeconds < -30) throw new Error(`No controller tells how ${id} stands.`);
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

/** Ids of the org's objects by their names; several hooks may bear one. */
export interface OrgIds {
  readonly users: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
  readonly hooks: ReadonlyMap<string, readonly string[]>;
  /** The group that memberships of the load are added to. */
  readonly shared: string;
}

/** The effects of the ledger by what a run was to do. */
export function effectsByObject(ledger: readonly LedgerEntry[], ids: OrgIds): (expected: ExpectedEffect) => readonly LedgerEntry[] {
  const byObject = Map.groupBy(ledger, ({ effect, object }) => `${effect} ${object}`);
  const objectsOf = ({ of }: ExpectedEffect): readonly (string | undefined)[] => {
    if ("user" in of) return [ids.users.get(of.user)];
    if ("group" in of) return [ids.groups.get(of.group)];
    if ("hook" in of) return ids.hooks.get(of.hook) ?? [];
    return [`${ids.shared}/${ids.users.get(of.memberOfShared)}`];
  };
  return (expected) => objectsOf(expected).flatMap((object) => byObject.get(`${expected.effect} ${object}`) ?? []);
}
