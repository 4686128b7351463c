import { LongarmError, readDuration } from "@longarm/shared";
import { type Allowances, thresholdNames } from "@longarm/sync/apply";
import { ErrorsFile } from "./errors-file.ts";
import { executeSteps } from "./execute-plan.ts";
import { makePlan } from "./make-plan.ts";
import { blocksOf, type ReadPlan, readPlan, writePlan } from "./plan-file.ts";
import { runStep } from "./run-step.ts";
import { shownPlan } from "./show-plan.ts";
import type { Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { sayWaits } from "../follow-run.ts";
import { counted } from "../print/counted.ts";
import { showProgress } from "../print/progress.ts";
import { shellWord } from "../print/shell-word.ts";

/** What `longarm syncs apply` was told beside the file. */
export interface ApplyOptions {
  readonly connection?: string;
  readonly map?: string;
  /** A file, or true where none was named. */
  readonly plan?: string | true;
  readonly allow?: readonly string[];
  readonly execute?: string;
  readonly expect?: string;
  readonly edited?: boolean;
  readonly maxAge: string;
  readonly inFlight: string;
}

function usage(message: string): LongarmError {
  return new LongarmError("invalid_usage", message);
}

/** Makes a plan or carries one out. Throws `invalid_usage` for options that do not go together. */
export function apply(invocation: Invocation<ApplyOptions>): Promise<ExitCode> {
  const { execute, plan } = invocation.options;
  if ((execute === undefined) === (plan === undefined))
    throw usage("Say --plan to see what a file asks for, or --execute PLANFILE to carry out a plan that was made before.");
  return execute === undefined ? makeThePlan(invocation) : executeThePlan(invocation, execute);
}

function readAllowances(options: readonly string[] = []): Allowances {
  return Object.fromEntries(
    options.map((option) => {
      const [, name, count] = /^(\w+)=(\d+)$/.exec(option) ?? [];
      if (thresholdNames.some((one) => one === name)) return [name, Number(count)];
      throw usage(`--allow ${option}: expected one of ${thresholdNames.join(", ")} and a number, such as maxDeactivate=12.`);
    }),
  );
}

async function makeThePlan(invocation: Invocation<ApplyOptions>): Promise<ExitCode> {
  const { shell, options, api } = invocation;
  const [file] = invocation.arguments;
  const { connection, map } = options;
  if (file === undefined || connection === undefined || map === undefined)
    throw usage(
      "A plan needs a file of people, --connection and --map: longarm syncs apply people.csv --connection C --map map.yaml --plan",
    );
  const planFile = typeof options.plan === "string" ? options.plan : `${file}.plan.json`;
  const wish = { file, connection, map, allowances: readAllowances(options.allow), createdAt: new Date().toISOString() };
  const progress = showProgress(shell, undefined, "user");
  const plan = await makePlan(api, wish, { signal: shell.signal, onUsers: (users) => progress.update(users) }).finally(() =>
    progress.stop(),
  );
  const hash = await writePlan(planFile, plan);
  const blocked = blocksOf(plan);
  const { counts, rows, unchanged, scopeUsers, steps, faults } = plan;
  if (options.json) await shell.json({ file: planFile, hash, counts, rows, unchanged, scopeUsers, steps: steps.length, faults, blocked });
  else await shell.write(shownPlan(plan, shell));
  shell.note(`The plan stands in ${planFile} (${hash.slice(0, 23)}…).`);
  if (steps.length > 0 && blocked.length === 0) shell.note(`To carry it out: longarm syncs apply --execute ${shellWord(planFile)}`);
  return exitCodes.success;
}

function readTerms({ edited, expect, maxAge }: ApplyOptions) {
  const maxAgeMs = readDuration(maxAge);
  if (maxAgeMs === undefined) throw usage(`--max-age ${maxAge}: expected a duration such as 24h or 30m.`);
  return { isEdited: edited === true, maxAgeMs, nowMs: Date.now(), ...(expect !== undefined && { expected: expect }) };
}

function readInFlight(text: string): number {
  const inFlight = Number(text);
  if (Number.isInteger(inFlight) && inFlight >= 1 && inFlight <= 256) return inFlight;
  throw usage(`--in-flight ${text}: expected a number from 1 to 256.`);
}

async function executeThePlan(invocation: Invocation<ApplyOptions>, planFile: string): Promise<ExitCode> {
  const { options } = invocation;
  const inFlight = readInFlight(options.inFlight);
  if (invocation.arguments.length > 0 || options.map !== undefined)
    throw usage("A plan holds everything that it was made of: --execute takes neither a file nor --map.");
  const read = await readPlan(planFile, readTerms(options));
  if (options.connection !== undefined && options.connection !== read.plan.connection)
    throw usage(`The plan is for the connection ${read.plan.connection}, not for ${options.connection}.`);
  const errors = await ErrorsFile.of(planFile);
  try {
    return await carryOut(invocation, { read, errors, inFlight });
  } finally {
    await errors.close();
  }
}

async function carryOut(
  { shell, api, options }: Invocation<ApplyOptions>,
  { read: { plan, hash }, errors, inFlight }: { readonly read: ReadPlan; readonly errors: ErrorsFile; readonly inFlight: number },
): Promise<ExitCode> {
  for (const { row, user, code, message } of plan.faults) await errors.write({ row, step: null, user, code, message, run: null });
  const keyPrefix = `apply-${hash.replace("sha256:", "").slice(0, 40)}`;
  const { connection, steps } = plan;
  const sender = { api, connection, keyPrefix, signal: shell.signal, onWaiting: options.json ? () => undefined : sayWaits(shell) };
  const progress = showProgress(shell, steps.length, "step");
  const tally = await executeSteps(steps, {
    inFlight,
    run: (step) => runStep(sender, step),
    onError: (error) => errors.write(error),
    onCount: (ended) => progress.update(ended),
  })
    .catch((reason: unknown) => {
      shell.note("What was begun goes on. The same command again goes on from here, and repeats nothing.");
      throw reason;
    })
    .finally(() => progress.stop());
  const { succeeded, failed, skipped } = tally;
  const errorsFile = errors.count > 0 ? errors.path : null;
  if (options.json) await shell.json({ hash, steps: steps.length, ...tally, rowsWithFaults: plan.faults.length, errors: errorsFile });
  else
    await shell.write(
      `${counted(succeeded, "step")} done, ${failed} failed, ${skipped} not tried, ${counted(plan.faults.length, "row fault")}\n`,
    );
  if (errorsFile === null) return exitCodes.success;
  shell.note(`What went wrong stands in ${errorsFile}.`);
  return exitCodes.failed;
}
