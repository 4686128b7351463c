import { LongarmError, type RunId } from "@longarm/shared";
import { judgeCompetence, type Competence } from "../../decide/approval.ts";
import type { RunLog, StoredRun } from "../../ports/run-log.ts";
import type { Judgement } from "../../ports/run-service.ts";
import type { RunSignals } from "../run-signals.ts";
import { stateOf, statusOf } from "../view/run-view.ts";

interface Deps {
  readonly log: RunLog;
  readonly signals: RunSignals;
}

const patienceMs = 5_000;

/**
 * Writes down what somebody decides of a run that waits for that, once: who loses the race for that record, on whichever controller, is told
 * who was first. Throws `unknown_run`, `not_allowed`, `invalid_state`.
 */
export async function judgeRun({ log, signals }: Deps, id: RunId, { kind, note, by }: Judgement): Promise<void> {
  const patience = AbortSignal.timeout(patienceMs);
  for (;;) {
    const run = await log.read(id);
    if (!run) throw new LongarmError("unknown_run", `No run has the id ${id}.`);
    assertCompetent(run, by);
    const at = run.records.at(-1)?.position ?? run.position;
    const result = await log.append(id, { at, epoch: at.epoch, entries: [{ kind, note, principal: by.name }] }, patience);
    if (result.kind === "appended") return signals.tell(id, "judged");
  }
}

function assertCompetent(run: StoredRun, by: Judgement["by"]): void {
  const state = stateOf(run);
  const { runId, principal: submitter, chain } = run.submission;
  const { parked, verdict, completed } = state;
  const competence = judgeCompetence({ submitter, behind: chain?.behind ?? [], parked, verdict, hasEnded: completed !== null }, by);
  if (competence.kind === "competent") return;
  const { code, sentence } = refusalOf(competence, { submitter, judge: by.name, status: statusOf(state) });
  throw new LongarmError(code, sentence, { details: { runId } });
}

function refusalOf(
  competence: Exclude<Competence, { kind: "competent" }>,
  { submitter, judge, status }: { readonly submitter: string; readonly judge: string; readonly status: string },
): { readonly code: "not_allowed" | "invalid_state"; readonly sentence: string } {
  switch (competence.kind) {
    case "ownRun": {
      const { hand } = competence;
      const did = hand === submitter ? "submitted the run" : `had a hand in what made "${submitter}" submit the run`;
      const who = judge === hand ? `"${judge}" ${did}, so` : `"${judge}" has a key that goes back to "${hand}", who ${did};`;
      return { code: "not_allowed", sentence: `${who} somebody else must approve or deny it.` };
    }
    case "judged":
      return { code: "invalid_state", sentence: `The run was ${competence.verdict.kind} by "${competence.verdict.principal}" before.` };
    case "notWaiting":
      return { code: "invalid_state", sentence: `The run does not wait for approval; it is ${status}.` };
  }
}
