import type { Command } from "commander";
import { LongarmError } from "@longarm/shared";
import { does, type Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { counted } from "../print/counted.ts";
import { shownTime } from "../print/times.ts";
import type { Shell } from "../shell.ts";

interface VerifyOptions {
  readonly expect?: string;
}

type Report = Awaited<ReturnType<typeof import("@longarm/agent").verifyJournalIn>>;
type Finding = NonNullable<ReturnType<Report["find"]>>;

function readHash(text: string): string {
  if (/^[0-9a-f]{32}$/.test(text)) return text;
  throw new LongarmError(
    "invalid_usage",
    `--expect must be a hash of 32 hexadecimal digits, as "longarm runs show --json" tells it, not "${text}".`,
  );
}

async function verify({ shell, options }: Invocation<VerifyOptions>): Promise<ExitCode> {
  const expected = options.expect === undefined ? undefined : readHash(options.expect);
  // One of the options that all commands take.
  const { data } = options;
  if (data === undefined) throw new LongarmError("invalid_usage", "Say where the agent's data directory is, or a copy of it: --data DIR.");
  const { verifyJournalIn } = await import("@longarm/agent");
  const report = await verifyJournalIn(data);
  const finding = expected === undefined ? undefined : report.find(expected);
  const isSound = report.segments.every(({ fault }) => fault === null);
  const { journalId, latestHash, segments } = report;
  const forgottenUntil = report.forgottenUntilMs === 0 ? null : new Date(report.forgottenUntilMs).toISOString();
  if (options.json) {
    const held = expected === undefined ? {} : { expected: { hash: expected, found: finding ?? null } };
    await shell.json({ sound: isSound, journalId, latestHash, forgottenUntil, segments, ...held });
  } else {
    await tell(shell, report);
    if (expected !== undefined) await shell.write(held(expected, finding, forgottenUntil));
  }
  return isSound && (expected === undefined || finding !== undefined) ? exitCodes.success : exitCodes.failed;
}

async function tell(shell: Shell, { journalId, latestHash, segments }: Report): Promise<void> {
  for (const { name, records, isCopy, fault } of segments) {
    const state = fault ? shell.look("red", "damaged") : shell.look("green", "sound");
    const where = fault ? `; record ${fault.record}: ${fault.message}` : "";
    await shell.write(`${state} ${name}: ${counted(records, "record")}${isCopy ? ", a copy" : ""}${where}\n`);
  }
  await shell.write(`journal ${journalId ?? "unknown"}, latest hash ${latestHash ?? "none"}\n`);
}

function held(hash: string, finding: Finding | undefined, forgottenUntil: string | null): string {
  if (!finding) {
    const forgotten = forgottenUntil === null ? "" : ` Calls that could begin until ${shownTime(forgottenUntil)} may have been forgotten.`;
    return `${hash} does not stand in it.${forgotten}\n`;
  }
  const { callId, attempt, segment } = finding;
  const whose = callId === null ? "of no call" : `of call ${callId}, attempt ${attempt}`;
  return `${hash} stands in it: ${sentences[finding.kind]} (${segment}, ${whose})\n`;
}

const sentences = {
  record: "a record's own hash",
  moved: "the hash under which a call's end was written first",
  settled: "the hash of a call's end that is no longer kept itself",
  link: "the last hash of the segment before",
} as const;

/** `longarm agent journal verify`: what an agent's journal holds, without a controller; the agent may run. */
export function registerJournal(agent: Command, shell: Shell): void {
  const journal = agent.command("journal").description("look into an agent's journal of calls that change something");
  const verifying = journal
    .command("verify")
    .description(
      "tell whether every record in the agent's data directory (--data), or in a copy of it, stands as it was written; nothing is changed there; exit code 0: sound, 1: not, or the hash is not in it",
    )
    .option("--expect <hash>", "also look for this hash, which a run's record tells of its call");
  does<VerifyOptions>(verifying, shell, verify);
}
