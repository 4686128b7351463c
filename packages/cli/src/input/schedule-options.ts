import { LongarmError } from "@longarm/shared";
import type { Schedule } from "../api/job-types.ts";
import type { Shell } from "../shell.ts";
import { readJson } from "./read-text.ts";
import { readRetryOptions } from "./retry-options.ts";
import { readSelector } from "./selector.ts";

/** The options of `longarm schedules set`. */
export interface ScheduleOptions {
  readonly action?: string;
  readonly sync?: string;
  readonly connection?: string;
  readonly input?: string;
  readonly lane?: string;
  readonly deadline?: string;
  readonly on?: string;
  readonly flow?: string;
  readonly retry?: readonly string[];
  readonly concurrencyKey?: string;
  readonly concurrencyLimit?: string;
  readonly startWithin?: string;
  readonly runWithin?: string;
  readonly description?: string;
  readonly cron?: string;
  readonly every?: string;
  readonly daily?: string;
  readonly weekly?: string;
  readonly monthly?: string;
  readonly once?: string;
  readonly timeZone?: string;
  readonly start?: string;
  readonly end?: string;
  readonly exclude?: readonly string[];
  readonly jitter?: string;
  readonly overlap?: string;
  readonly catchUp?: string;
  readonly catchUpCount?: string;
  readonly catchUpAge?: string;
  readonly grace?: string;
  readonly pauseAfterFailures?: string;
}

type Json = Record<string, unknown>;

const recurrences = ["cron", "every", "daily", "weekly", "monthly", "once"] as const;

/** What stands now with what the options name: the form in which a schedule is put. */
export async function readScheduleOptions(shell: Shell, options: ScheduleOptions, before: Schedule | undefined): Promise<Json> {
  const { state: _state, definedBy: _by, revision: _revision, updatedAt: _at, ...stood } = before ?? ({} as Partial<Schedule>);
  const kept: Json = { ...stood };
  const wished = readRecurrence(options);
  if (Object.keys(wished).length > 0) for (const kind of recurrences) delete kept[kind];
  const { description, timeZone, start, end, exclude, jitter, overlap, pauseAfterFailures } = options;
  const form: Json = {
    ...kept,
    ...wished,
    ...given({ description, timeZone, start, end, exclude, jitter, overlap }),
    target: await readTarget(shell, options, before),
    catchUp: { ...before?.catchUp, ...readCatchUp(options) },
    ...(pauseAfterFailures !== undefined && { pauseAfterFailures: Number(pauseAfterFailures) }),
  };
  for (const bound of ["start", "end", "jitter"]) if (form[bound] === "none") delete form[bound];
  if (exclude?.includes("none")) delete form["exclude"];
  if (form["pauseAfterFailures"] === 0) delete form["pauseAfterFailures"];
  return form;
}

function given(members: Json): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

async function readTarget(shell: Shell, options: ScheduleOptions, before: Schedule | undefined): Promise<Json> {
  const { connection, lane, deadline, on, input } = options;
  const named = readAction(options);
  if (named === undefined && !before)
    throw new LongarmError("invalid_usage", "Name what it runs: --action NAME, --flow NAME or --sync NAME.");
  // What belonged to another action is none of this one's.
  const isOther = named !== undefined && named !== before?.target.action;
  return {
    ...(isOther ? {} : before?.target),
    ...given({ action: named, connection, lane, deadline }),
    ...readTermsOptions(options),
    ...(on !== undefined && { on: on === "local" ? on : readSelector(on) }),
    ...(input !== undefined && { input: await readJson(shell, input, "--input") }),
  };
}

function readAction({ action, flow, sync }: ScheduleOptions): string | undefined {
  const named = [action, flow, sync === undefined ? undefined : `sync.${sync}`].filter((name) => name !== undefined);
  if (named.length > 1) throw new LongarmError("invalid_usage", "Name what it runs by one of --action, --flow and --sync, not by several.");
  return named[0];
}

function readTermsOptions({ retry, concurrencyKey, concurrencyLimit, startWithin, runWithin }: ScheduleOptions): Json {
  const limit = concurrencyLimit === undefined ? undefined : Number(concurrencyLimit);
  return given({ retry: readRetryOptions(retry), concurrencyKey, concurrencyLimit: limit, startWithin, runWithin });
}

function readCatchUp({ catchUp, catchUpCount, catchUpAge, grace }: ScheduleOptions): Json {
  return given({ policy: catchUp, count: catchUpCount === undefined ? undefined : Number(catchUpCount), age: catchUpAge, grace });
}

function readRecurrence({ cron, every, daily, weekly, monthly, once }: ScheduleOptions): Json {
  return given({
    ...{ cron, every, once },
    daily: daily === undefined ? undefined : { at: daily.split(",") },
    weekly: weekly === undefined ? undefined : readDays("--weekly", weekly),
    monthly: monthly === undefined ? undefined : readDays("--monthly", monthly),
  });
}

/** `mon,fri@02:30` */
function readDays(option: string, text: string): Json {
  const [days, times, ...more] = text.split("@");
  if (!days || !times || more.length > 0)
    throw new LongarmError(
      "invalid_usage",
      `${option} is written as days@times, such as ${option === "--weekly" ? "mon,fri" : "1,last"}@02:30.`,
    );
  const on = days.split(",").map((day) => (/^\d+$/.test(day) ? Number(day) : day));
  return { on, at: times.split(",") };
}

/** When it recurs, as the options write it. */
export function shownTiming({ cron, every, daily, weekly, monthly, once }: Omit<Schedule, "state">): string {
  if (cron !== undefined) return cron;
  if (every !== undefined) return `every ${every}`;
  if (daily) return `daily ${daily.at.join(",")}`;
  if (weekly) return `weekly ${weekly.on.join(",")}@${weekly.at.join(",")}`;
  if (monthly) return `monthly ${monthly.on.join(",")}@${monthly.at.join(",")}`;
  return `once ${once ?? ""}`;
}
