import { isFinished, lanes } from "@longarm/shared";
import { type Command, Option } from "commander";
import type { Call, Run, RunList, LogEntries } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { type ExitCode, exitCodeOfRun, exitCodes } from "../exit-code.ts";
import { followRun } from "../follow-run.ts";
import { writeFacts } from "../print/facts.ts";
import { plainLine } from "../print/plain.ts";
import { callLine, lookOfStatus, reportEnd, runFacts, timeline, isOfSync } from "../print/run.ts";
import { keepSecrets, printSecrets, readSecrets, sayUnread } from "../secrets/give-secrets.ts";
import { secretOutHelp, withSecretFile } from "../secrets/secret-file.ts";
import { shownSpan, shownTime } from "../print/times.ts";
import { writeSteps } from "../print/steps.ts";
import type { Shell } from "../shell.ts";
import { removeRuns } from "./remove-runs.ts";

const filters = [
  "status",
  "waitingFor",
  "action",
  "connection",
  "schedule",
  "lane",
  "agent",
  "since",
  "until",
  "q",
  "limit",
  "cursor",
] as const;
type ListOptions = { readonly [filter in (typeof filters)[number]]?: string };

function runPath({ arguments: [id = ""] }: Invocation, tail = ""): string {
  return `/v1/runs/${encodeURIComponent(id)}${tail}`;
}

function shownStatus({ status, errorCode, waitingFor }: RunList["runs"][number]): string {
  const why = errorCode ?? waitingFor ?? null;
  return why === null ? status : `${status} (${why})`;
}

const columns = ["RUN", "STATUS", "ACTION", "CONNECTION", "CALLS", "SUBMITTED", "TOOK"];

async function list({ shell, options, api }: Invocation<ListOptions>): Promise<void> {
  const query = new URLSearchParams(
    filters.flatMap((name): [string, string][] => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  const page = await api.get<RunList>(`/v1/runs?${query.toString()}`);
  if (options.json) return shell.json(page);
  const now = Date.now();
  const isStarted = page.runs.some(({ origin }) => origin);
  const rows = page.runs.map((run) => [
    run.id,
    shownStatus(run),
    run.action,
    run.connection ?? "–",
    isOfSync(run) ? "–" : String(run.callCount),
    shownTime(run.submittedAt),
    shownSpan(run.submittedAt, run.endedAt, now),
    ...(isStarted ? [run.origin ? `${run.origin.kind} ${run.origin.name}` : "–"] : []),
  ]);
  const look = (text: string, column: number): string =>
    column === 1 ? shell.look(lookOfStatus(text.split(" ", 1)[0] ?? ""), text) : text;
  await shell.table([...columns, ...(isStarted ? ["STARTED BY"] : [])], rows, look);
  if (page.nextCursor !== null) shell.note(`There are more: --cursor ${page.nextCursor}`);
}

/** Every call of a run; its view holds the last 50 only. */
async function allCalls(invocation: Invocation, run: Run): Promise<readonly Call[]> {
  if (run.calls.length >= run.callCount) return run.calls;
  const calls: Call[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { calls: readonly Call[]; nextCursor: string | null } = await invocation.api.get(
      runPath(invocation, `/calls?limit=200${query}`),
    );
    calls.push(...page.calls);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return calls;
}

async function show(invocation: Invocation<{ all?: boolean }>): Promise<void> {
  const { shell, options, api } = invocation;
  const run = await api.get<Run>(runPath(invocation));
  const calls = options.all ? await allCalls(invocation, run) : run.calls;
  if (options.json) return shell.json({ ...run, calls });
  await writeFacts(shell, runFacts(run, Date.now()));
  if (isOfSync(run)) return sayUnread(shell, run);
  if (run.callCount === 0 && (await writeSteps(shell, await api.get<LogEntries>(`${runPath(invocation)}/log`))))
    return sayUnread(shell, run);
  const hidden = run.callCount - calls.length;
  await shell.write(
    `\n${shell.look("bold", "Calls")}${hidden > 0 ? ` (the last ${calls.length} of ${run.callCount}; --all shows every one)` : ""}\n`,
  );
  await shell.write(calls.length === 0 ? "none\n" : timeline(calls, Math.max(0, hidden) + 1));
  if (run.status === "outcome_unknown")
    shell.note(`Once you know how it ended: longarm runs resolve ${run.id} --as succeeded|failed --note "what you saw"`);
  sayUnread(shell, run);
}

/** Tells what is new about a run each time that it has changed. */
function narrate(shell: Shell): (run: Run) => Promise<void> {
  let last: string | undefined;
  let told = 0;
  return async (run) => {
    const state = run.waiting ? `waiting: ${plainLine(run.waiting.sentence)}` : run.status;
    const unseen = run.calls.slice(Math.max(0, run.calls.length - (run.callCount - told)));
    for (const [i, call] of unseen.entries()) await shell.write(`${callLine(call, run.callCount - unseen.length + i + 1)}\n`);
    told = run.callCount;
    if (state !== last && !isFinished(run.status)) await shell.write(`${shell.look(lookOfStatus(run.status), state)}\n`);
    last = state;
  };
}

async function watch(invocation: Invocation): Promise<ExitCode> {
  const { shell, options, api } = invocation;
  const first = await api.get<Run>(runPath(invocation));
  const onChange = options.json ? (run: Run) => shell.write(`${JSON.stringify(run)}\n`) : narrate(shell);
  const run = await followRun(api, first, { signal: shell.signal, onChange });
  if (!isFinished(run.status)) return exitCodes.interrupted;
  if (!options.json) reportEnd(shell, run);
  sayUnread(shell, run);
  return exitCodeOfRun(run.status);
}

async function command(invocation: Invocation, verb: "cancel" | "retry"): Promise<void> {
  const run = await invocation.api.post<Run>(runPath(invocation, `/${verb}`));
  if (invocation.options.json) return invocation.shell.json(run);
  await invocation.shell.write(`${run.id} ${run.status}\n`);
}

async function resolve(invocation: Invocation<{ as: string; note: string }>): Promise<void> {
  const { shell, options, api } = invocation;
  const run = await api.post<Run>(runPath(invocation, "/resolve"), { body: { status: options.as, note: options.note } });
  await (options.json ? shell.json(run) : shell.write(`${run.id} ${run.status}\n`));
}

async function judge(invocation: Invocation<{ note?: string }>, verb: "approve" | "deny"): Promise<void> {
  const { shell, options, api } = invocation;
  const run = await api.post<Run>(runPath(invocation, `/${verb}`), { body: { note: options.note } });
  await (options.json ? shell.json(run) : shell.write(`${run.id} ${run.approval?.verdict ?? run.status}\n`));
}

function secrets({ shell, options, arguments: [id = ""], api }: Invocation<{ secretOut?: string }>): Promise<void> {
  return withSecretFile(options.secretOut, async (file) => {
    const given = await readSecrets(api, id);
    if (file) return keepSecrets(shell, given.secrets, file);
    return options.json ? shell.json(given) : printSecrets(shell, given.secrets);
  });
}

function addFilters(ls: Command): Command {
  return ls
    .option("--status <list>", "one or several, joined by commas")
    .option("--waiting-for <reason>", "runs that wait for this reason, such as approval")
    .option("--action <name>", "runs of this action")
    .option("--connection <name>", "runs over this connection")
    .option("--schedule <name>", "runs that this schedule had started")
    .addOption(new Option("--lane <lane>", "runs of this lane").choices([...lanes]))
    .option("--agent <agent>", "runs that this agent carried a call of (id or name)")
    .option("--since <time>", "RFC 3339, or how long ago (1h)")
    .option("--until <time>", "RFC 3339, or how long ago (1h)")
    .option("--q <text>", "free text over id, action, connection and error code")
    .option("--limit <n>", "how many at most (50)")
    .option("--cursor <cursor>", "go on where another list ended");
}

const judging = [
  ["approve", "let a run go on that waits for approval; not one that you submitted"],
  ["deny", "end a run that waits for approval; not one that you submitted"],
] as const;

/** `longarm runs ls|show|watch|cancel|resolve|approve|deny|retry|rm|secrets`. */
export const registerRuns: Registration = (program, shell) => {
  const runs = program
    .command("runs")
    .description("list, show, watch, cancel, resolve, approve, deny, retry and remove runs, read their secret outputs");
  does<ListOptions>(addFilters(runs.command("ls").description("list runs, newest first")), shell, list);
  const one = (name: string, description: string): Command => runs.command(name).description(description).argument("<run>", "the run's id");
  does<{ all?: boolean }>(one("show", "show a run with the timeline of its calls").option("--all", "show every call"), shell, show);
  does(one("watch", "tell what a run does until it has finished"), shell, watch);
  does(one("cancel", "ask a run to stop"), shell, (invocation) => command(invocation, "cancel"));
  const resolving = one("resolve", "settle a run that ended outcome_unknown, by what was seen in the target")
    .addOption(new Option("--as <status>", "how it really ended").choices(["succeeded", "failed"]).makeOptionMandatory())
    .requiredOption("--note <text>", "what was seen; it stays with the run");
  does<{ as: string; note: string }>(resolving, shell, resolve);
  for (const [verb, description] of judging)
    does<{ note?: string }>(one(verb, description).option("--note <text>", "why; it stays with the run"), shell, (invocation) =>
      judge(invocation, verb),
    );
  does(one("retry", "submit a finished run's request again as a new run"), shell, (invocation) => command(invocation, "retry"));
  const reading = one("secrets", "read the secret outputs of a run that you submitted: once, within 15 minutes after its end").option(
    "--secret-out <file>",
    secretOutHelp,
  );
  does<{ secretOut?: string }>(reading, shell, secrets);
  const rm = runs.command("rm").description("remove finished runs for good").argument("<run...>", "their ids");
  does(rm, shell, removeRuns);
};
