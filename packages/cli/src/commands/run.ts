import { isFinished, lanes, LongarmError, readDuration } from "@longarm/shared";
import { Option } from "commander";
import type { ApiClient } from "../api/api-client.ts";
import { readRunnable, type Runnable } from "../api/runnable.ts";
import type { Run } from "../api/types.ts";
import { does, gathered, type Invocation, type Registration } from "../command.ts";
import { type ExitCode, exitCodeOfRun, exitCodes } from "../exit-code.ts";
import { followRun, sayWaits } from "../follow-run.ts";
import { readJson } from "../input/read-text.ts";
import { readRetryOptions, retryHelp } from "../input/retry-options.ts";
import { readSelector } from "../input/selector.ts";
import { applySetOptions } from "../input/set-options.ts";
import { showProgress } from "../print/progress.ts";
import { shownPlan } from "../print/plan.ts";
import { reportEnd } from "../print/run.ts";
import { giveSecrets } from "../secrets/give-secrets.ts";
import { type SecretFile, secretOutHelp, withSecretFile } from "../secrets/secret-file.ts";
import type { Shell } from "../shell.ts";
import { streamItems } from "../stream-items.ts";
import { refuseSync } from "./syncs.ts";

interface RunOptions {
  readonly connection?: string;
  readonly input?: string;
  readonly set?: readonly string[];
  readonly on?: string;
  /** A duration, or false for `--no-wait`. */
  readonly wait?: string | false;
  readonly lane?: string;
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly deadline?: string;
  readonly secretOut?: string;
  readonly retry?: readonly string[];
  readonly startWithin?: string;
  readonly concurrencyKey?: string;
  readonly concurrencyLimit?: string;
  readonly runWithin?: string;
}

/** The body of the submission: what was asked for, and nothing that was only implied. */
async function readBody({ shell, options }: Invocation<RunOptions>, action: Runnable): Promise<Record<string, unknown>> {
  const given = options.input === undefined ? {} : await readJson(shell, options.input, "--input");
  const input = await applySetOptions(shell, given, { options: options.set ?? [], schema: action.input });
  const { connection, deadline, dryRun, lane, on, startWithin, runWithin, concurrencyKey, concurrencyLimit } = options;
  const retry = readRetryOptions(options.retry);
  return {
    action: action.name,
    input,
    ...(lane !== undefined && { lane }),
    ...(connection !== undefined && { connection }),
    ...(deadline !== undefined && { deadline }),
    ...(dryRun !== undefined && { dryRun }),
    ...(retry !== undefined && { retry }),
    ...(concurrencyKey !== undefined && { concurrencyKey }),
    ...(concurrencyLimit !== undefined && { concurrencyLimit: Number(concurrencyLimit) }),
    ...(startWithin !== undefined && { startWithin }),
    ...(runWithin !== undefined && { runWithin }),
    ...(on !== undefined && { on: on === "local" ? on : readSelector(on) }),
  };
}

/** An idempotency key as a header can carry it; the controller refuses every other one too. */
function readKey(key: string): string {
  if (/^[!-~]{1,255}$/.test(key)) return key;
  throw new LongarmError("invalid_usage", `--key ${JSON.stringify(key)}: expected 1 to 255 visible ASCII characters without spaces.`);
}

function readWaitMs(wait: string | undefined): number | undefined {
  if (wait === undefined) return undefined;
  const ms = readDuration(wait);
  if (ms !== undefined) return ms;
  throw new LongarmError("invalid_usage", `--wait ${wait}: expected a duration such as 30s or 5m.`);
}

function waitSignal(shell: Shell, waitMs: number | undefined): AbortSignal {
  return waitMs === undefined ? shell.signal : AbortSignal.any([shell.signal, AbortSignal.timeout(waitMs)]);
}

/** Says that the run goes on without anybody who waits, and gives its id as the result. */
async function leaveRunning(shell: Shell, run: Run, asJson: boolean): Promise<ExitCode> {
  await (asJson ? shell.json(run) : shell.write(`${run.id}\n`));
  shell.note(`The run goes on (${run.status}): longarm runs watch ${run.id}, or longarm runs cancel ${run.id}.`);
  return shell.signal.aborted ? exitCodes.interrupted : exitCodeOfRun(run.status);
}

interface Awaited {
  readonly submitted: Run;
  readonly signal: AbortSignal;
  readonly file: SecretFile | undefined;
}

async function finishAction({ shell, options, api }: Invocation<RunOptions>, { submitted, signal, file }: Awaited): Promise<ExitCode> {
  const run = await followRun(api, submitted, { signal, onChange: options.json ? () => undefined : sayWaits(shell) });
  if (!isFinished(run.status)) return leaveRunning(shell, run, options.json === true);
  if (options.json) await shell.json(run);
  else if (run.status === "succeeded" && run.removedAt === undefined)
    await (run.dryRun ? shell.write(shownPlan(run, shell)) : shell.json(run.output));
  if (!options.json) reportEnd(shell, run);
  await giveSecrets(shell, api, { run, file, asJson: options.json === true });
  return exitCodeOfRun(run.status);
}

/** While items flow, what a stalled run waits for is asked beside them. */
async function sayStalls(shell: Shell, api: ApiClient, from: { run: Run; signal: AbortSignal }): Promise<void> {
  await followRun(api, from.run, { signal: from.signal, onChange: sayWaits(shell) }).catch(() => undefined);
}

async function finishStream(
  invocation: Invocation<RunOptions>,
  { submitted, signal }: Pick<Awaited, "submitted" | "signal">,
): Promise<ExitCode> {
  if (submitted.removedAt !== undefined) return finishAction(invocation, { submitted, signal, file: undefined });
  const { shell, options, api } = invocation;
  const { maxItems } = submitted.input as { maxItems?: unknown };
  const progress = showProgress(shell, typeof maxItems === "number" ? maxItems : undefined);
  const ended = new AbortController();
  const stalls = options.json ? undefined : sayStalls(shell, api, { run: submitted, signal: AbortSignal.any([signal, ended.signal]) });
  try {
    await streamItems(api, submitted.id, { signal, write: (lines) => shell.write(lines), onCount: (items) => progress.update(items) });
  } catch (reason) {
    if (!signal.aborted) throw reason;
  } finally {
    progress.stop();
    ended.abort();
    await stalls;
  }
  const run = await api.get<Run>(`/v1/runs/${submitted.id}`);
  if (options.json) shell.note(JSON.stringify(run));
  else if (isFinished(run.status)) reportEnd(shell, run);
  else shell.note(`The run goes on (${run.status}): longarm runs watch ${run.id}, or longarm runs cancel ${run.id}.`);
  return shell.signal.aborted ? exitCodes.interrupted : exitCodeOfRun(run.status);
}

/** Refuses a file for secrets that could not come into it. */
function checkSecretOut({ options }: Invocation<RunOptions>, action: Runnable): void {
  if (options.secretOut === undefined) return;
  const why =
    options.wait === false
      ? "nobody waits for the run; leave --no-wait away, or read them with longarm runs secrets"
      : options.dryRun
        ? "a dry run makes none"
        : action.kind === "stream"
          ? "a stream has none"
          : undefined;
  if (why !== undefined)
    throw new LongarmError("invalid_usage", `--secret-out ${options.secretOut}: there will be no secret outputs: ${why}.`);
}

async function submitAndWait(invocation: Invocation<RunOptions>): Promise<ExitCode> {
  const { shell, options, api } = invocation;
  const waitMs = options.wait === false ? undefined : readWaitMs(options.wait);
  refuseSync(invocation.arguments[0] ?? "");
  const action = await readRunnable(api, invocation.arguments[0] ?? "");
  const body = await readBody(invocation, action);
  const isAwaited = options.wait !== false;
  // People who wait go first. This is a preference, so that the same key means the same run whether they wait or not.
  const wait = action.kind === "action" ? [`wait=${Math.min(2, Math.ceil((waitMs ?? 2_000) / 1_000))}`] : [];
  const headers = {
    ...(options.key !== undefined && { "idempotency-key": readKey(options.key) }),
    ...(isAwaited && { prefer: ["lane=interactive", ...wait].join(", ") }),
  };
  checkSecretOut(invocation, action);
  return withSecretFile(options.secretOut, async (file) => {
    const signal = waitSignal(shell, waitMs);
    const submitted = await api.post<Run>("/v1/runs", { body, headers });
    if (!isAwaited) {
      await (options.json ? shell.json(submitted) : shell.write(`${submitted.id}\n`));
      return exitCodes.success;
    }
    if (action.kind === "stream") return finishStream(invocation, { submitted, signal });
    return finishAction(invocation, { submitted, signal, file });
  });
}

const after = `
Examples:
  longarm run okta.user.get --set user=ada@example.com
  longarm run okta.user.suspend --set user=ada@example.com --dry-run
  longarm run okta.user.create --input @user.json --set password=@secret.txt
  longarm run okta.user.get --set user=ada@example.com --retry attempts=2 --retry within=10s
  longarm run okta.user.stream --on "labels.site == 'hq'" > users.ndjson

The result of an action is printed as JSON; the items of a stream as one line of JSON each, progress on stderr.
Secret outputs, such as a temporary password, are printed last on a terminal, go to --secret-out, or wait 15 minutes for
\`longarm runs secrets\`; they can be read once.
A run that goes on when --wait has passed ends the command with 4: its outcome is not known yet.`;

/** `longarm run ACTION`. */
export const registerRun: Registration = (program, shell) => {
  const command = program
    .command("run")
    .description("run an action, a stream or a flow and wait for it")
    .argument("<action>", "its name, as `longarm actions` or `longarm flows` lists it")
    .option("-c, --connection <name>", "the connection; may be left out when exactly one is defined")
    .option("-i, --input <json>", "the input as JSON, @FILE or - (standard input)")
    .option("-s, --set <path=value>", "a member of the input; =@FILE and =- keep secrets out of the shell's history", gathered)
    .option("--on <local|selector>", "narrows where its calls run")
    .option("--wait <duration>", "how long to wait for its end (default: as long as it takes)")
    .option("--no-wait", "print the run's id at once")
    .addOption(new Option("--lane <lane>", "who goes first (default: interactive, with --no-wait standard)").choices([...lanes]))
    .option("--deadline <time>", "RFC 3339, or a duration such as 10m: the run ends then at the latest")
    .option("--start-within <duration>", "how long it may wait for its start")
    .option("--run-within <duration>", "how long it may take from its start to its end")
    .option("--retry <member=value>", `when calls are tried again: ${retryHelp}`, gathered)
    .option("--concurrency-key <key>", "runs with the same key hold each other back")
    .option("--concurrency-limit <n>", "how many runs may hold the key at once")
    .option("--dry-run", "change nothing: show the calls that would be sent and the difference from the org's state")
    .option("--secret-out <file>", secretOutHelp)
    .option("--key <key>", "idempotency key: the same key and input name the same run")
    .addHelpText("after", after);
  does<RunOptions>(command, shell, submitAndWait);
};
