import { type Clock, LongarmError, type RunId } from "@longarm/shared";
import type { KeyRing } from "@longarm/shared/seal";
import type { Catalogue } from "@longarm/spoke";
import type { TSchema } from "typebox";
import { judgeReading, secretsReadableMs, type SecretsVerdict } from "../../decide/secret-outputs.ts";
import { isTriggerPrincipal } from "../../decide/trigger/trigger.ts";
import type { BlobStore } from "../../ports/blob-store.ts";
import type { RunLog, StoredRun } from "../../ports/run-log.ts";
import type { SecretOutputsView } from "../../ports/run-service.ts";
import { readJson } from "../bytes.ts";
import { stateOf } from "../view/run-view.ts";
import { hasSecrets, openEach } from "../sealed-members.ts";

interface Deps {
  readonly log: RunLog;
  readonly blobs: BlobStore;
  readonly catalogue: Pick<Catalogue, "runnable">;
  readonly ring: KeyRing;
  readonly clock: Clock;
}

interface Stored {
  readonly schema: TSchema;
  readonly value: unknown;
}

const patienceMs = 5_000;
const readableMinutes = secretsReadableMs / 60_000;

/**
 * The secret outputs of a run, to its submitter, once. That they are read stands in the run's log before they are given: who loses the
 * race for that record, on whichever controller, is refused. Throws `unknown_run`, `not_allowed`, `invalid_state`, `secrets_gone`.
 */
export async function readSecrets(deps: Deps, id: RunId, principal: string): Promise<SecretOutputsView> {
  const { log, ring, clock } = deps;
  const patience = AbortSignal.timeout(patienceMs);
  for (;;) {
    const run = await log.read(id);
    if (!run) throw new LongarmError("unknown_run", `No run has the id ${id}.`);
    const nowMs = clock.nowMs();
    const stored = await admitted(deps, run, { principal, nowMs });
    // Opened before they count as read: what does not open is not used up.
    const secrets = openEach(ring, id, stored);
    const at = run.records.at(-1)?.position ?? run.position;
    const result = await log.append(id, { at, epoch: at.epoch, entries: [{ kind: "secretsRead", principal }] }, patience);
    if (result.kind === "appended") return { runId: id, readAt: shownTime(nowMs), secrets };
  }
}

/** The stored output for whom it is given; throws for everybody else. */
async function admitted(deps: Deps, run: StoredRun, asked: { readonly principal: string; readonly nowMs: number }): Promise<Stored> {
  const stored = await storedOutput(deps, run);
  const { runId, principal: submitter } = run.submission;
  const areThere = stored !== undefined && hasSecrets(stored.schema, stored.value);
  const verdict = judgeReading({ submitter, state: stateOf(run), areThere }, asked);
  if (verdict.kind === "given" && stored) return stored;
  const { code, sentence, facts = {} } = refusalOf(verdict, submitter);
  throw new LongarmError(code, sentence, { details: { runId, ...facts } });
}

async function storedOutput({ blobs, catalogue }: Deps, run: StoredRun): Promise<Stored | undefined> {
  const { runId, action, actionVersion, dryRun } = run.submission;
  const definition = catalogue.runnable(action, actionVersion);
  const output = stateOf(run).completed?.output ?? null;
  if (!definition || definition.kind === "stream" || dryRun || output === null) return undefined;
  return { schema: definition.output, value: await readJson(blobs, runId, output) };
}

interface Refusal {
  readonly code: "not_allowed" | "invalid_state" | "secrets_gone";
  readonly sentence: string;
  readonly facts?: Readonly<Record<string, string>>;
}

function refusalOf(verdict: SecretsVerdict, submitter: string): Refusal {
  switch (verdict.kind) {
    case "notTheirs":
      return { code: "not_allowed", sentence: theirs(submitter) };
    case "unfinished":
      return { code: "invalid_state", sentence: "The run has not finished yet, so it has no output." };
    case "readBefore": {
      const facts = { readBy: verdict.principal, readAt: shownTime(verdict.atMs) };
      const sentence = `The run's secret outputs were read by "${facts.readBy}" at ${facts.readAt}; they are given once only.`;
      return { code: "secrets_gone", sentence, facts };
    }
    case "tooLate": {
      const readableUntil = shownTime(verdict.untilMs);
      const sentence = `The run's secret outputs could be read until ${readableUntil}, ${readableMinutes} minutes after its end; nobody did, and now nobody can.`;
      return { code: "secrets_gone", sentence, facts: { readableUntil } };
    }
    case "none":
    case "given":
      return { code: "invalid_state", sentence: "The run has no secret outputs." };
  }
}

function theirs(submitter: string): string {
  if (isTriggerPrincipal(submitter)) return `A trigger started the run ("${submitter}"), so nobody may read its secret outputs.`;
  return `Only "${submitter}", who submitted the run, may read its secret outputs.`;
}

function shownTime(ms: number): string {
  return new Date(ms).toISOString();
}
