import type { LogEntries } from "../api/types.ts";
import type { Shell } from "../shell.ts";
import { plainLine } from "./plain.ts";

const longestValue = 120;

interface StepFacts {
  readonly path?: string;
  readonly step?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: { readonly code: string } | null;
  readonly run?: string;
  readonly until?: string;
}

function short(value: unknown): string {
  const text = plainLine(JSON.stringify(value) ?? "");
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

function endOf(end: StepFacts | undefined, begun: StepFacts): string {
  if (end?.error) return end.error.code;
  if (end && begun.step === "event" && (end.output ?? null) === null) return "none in time";
  if (end) return begun.step === "sleep" || begun.step === "log" ? "done" : short(end.output);
  return begun.until === undefined ? "under way" : `until ${begun.until}`;
}

/** Writes the steps of a flow's run, as its log tells them; false: there are none. */
export async function writeSteps(shell: Shell, { entries }: LogEntries): Promise<boolean> {
  const ends = new Map<string | undefined, StepFacts>();
  for (const { kind, facts } of entries) if (kind === "stepEnded") ends.set((facts as StepFacts).path, facts);
  const rows = entries.flatMap(({ kind, time, facts }) => {
    if (kind !== "stepBegun") return [];
    const begun: StepFacts = facts;
    const what = begun.step === "log" ? `log: ${plainLine(begun.name ?? "")}` : `${begun.step} ${begun.name ?? ""}`;
    return [
      [
        begun.path ?? "",
        time,
        what,
        begun.input === undefined || begun.step === "log" ? "" : short(begun.input),
        endOf(ends.get(begun.path), begun),
        begun.run ?? "",
      ],
    ];
  });
  if (rows.length === 0) return false;
  await shell.write(`\n${shell.look("bold", "Steps")}\n`);
  await shell.table(["STEP", "BEGUN", "WHAT", "INPUT", "RESULT", "RUN"], rows);
  return true;
}
