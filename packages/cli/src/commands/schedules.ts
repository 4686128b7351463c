import { type Command, Option } from "commander";
import { lanes, LongarmError } from "@longarm/shared";
import type { Schedule, ScheduleSlot, ScheduleVersion } from "../api/job-types.ts";
import type { Run } from "../api/types.ts";
import { does, gathered, type Invocation, type Registration } from "../command.ts";
import { counted } from "../print/counted.ts";
import { writeFacts } from "../print/facts.ts";
import { shownTime } from "../print/times.ts";
import { retryHelp } from "../input/retry-options.ts";
import { type ScheduleOptions, readScheduleOptions, shownTiming } from "../input/schedule-options.ts";

function pathOf(name: string | undefined): string {
  return `/v1/schedules/${encodeURIComponent(name ?? "")}`;
}

function shownNext({ state }: Schedule): string {
  if (state.paused) return state.paused.automatic ? "paused by itself" : "paused";
  return state.next === null ? "never" : shownTime(state.next);
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ schedules: readonly Schedule[] }>("/v1/schedules");
  if (options.json) return shell.json(answer);
  const rows = answer.schedules.map((one) => [
    ...[one.name, one.target.action, shownTiming(one), one.timeZone, shownNext(one)],
    one.state.lastEnd?.status ?? "none",
  ]);
  await shell.table(["SCHEDULE", "ACTION", "WHEN", "TIME ZONE", "NEXT", "LAST RUN"], rows);
}

function shownPause({ state: { paused } }: Schedule): string {
  return paused ? `since ${shownTime(paused.at)} by ${paused.by}: ${paused.note}` : "no";
}

function shownLast({ state: { lastEnd } }: Schedule): string {
  return lastEnd ? `${lastEnd.runId ?? lastEnd.problem ?? ""} ${lastEnd.status} (slot ${shownTime(lastEnd.slot)})` : "none";
}

function shownCatchUp({ catchUp: { policy, count, age } }: Pick<Schedule, "catchUp">): string {
  return policy === "skip" ? policy : `${policy}, ${policy === "all" ? `at most ${count}, ` : ""}not older than ${age}`;
}

function targetFacts({ target }: Pick<Schedule, "target">): [name: string, value: string][] {
  const { action, connection, input, lane, on, deadline, retry, concurrencyKey, concurrencyLimit, startWithin, runWithin } = target;
  const terms: readonly [value: unknown, words: string][] = [
    [deadline, `ends within ${deadline}`],
    [startWithin, `starts within ${startWithin}`],
    [runWithin, `runs for ${runWithin} at most`],
    [concurrencyKey, `${concurrencyLimit ?? "as many as allowed"} at once of the key ${concurrencyKey}`],
    [retry, `retry ${JSON.stringify(retry)}`],
    [on, `on ${on}`],
  ];
  const stated = terms.flatMap(([value, words]) => (value === undefined ? [] : [words]));
  return [
    ["runs", `${action}${connection === undefined ? "" : ` on ${connection}`}`],
    ["input", JSON.stringify(input)],
    ["terms", [`lane ${lane}`, ...stated].join(", ")],
  ];
}

async function show({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  const schedule = await api.get<Schedule>(pathOf(name));
  if (options.json) return shell.json(schedule);
  const { state } = schedule;
  const { started, overlapped, missed, withoutAgent, refused } = state.counts;
  await writeFacts(shell, [
    ["schedule", schedule.description === undefined ? schedule.name : `${schedule.name} (${schedule.description})`],
    ...targetFacts(schedule),
    ["when", `${shownTiming(schedule)} (${schedule.timeZone})`],
    ["next", shownNext(schedule)],
    ["paused", shownPause(schedule)],
    ["under way", state.running.length === 0 ? "none" : state.running.map(({ runId }) => runId ?? "about to start").join(", ")],
    ["waiting", `${counted(state.waiting, "slot")}, ${state.backfill} to be filled in`],
    ["last run", shownLast(schedule)],
    ["overlap", schedule.overlap],
    ["catch-up", shownCatchUp(schedule)],
    ["slots", `${started} started, ${overlapped} overlapped, ${missed} missed, ${withoutAgent} without an agent, ${refused} refused`],
    ["defined", `by ${schedule.definedBy}, ${shownTime(schedule.updatedAt)} (revision ${schedule.revision})`],
  ]);
}

async function set(invocation: Invocation<ScheduleOptions>): Promise<void> {
  const { shell, options, api, arguments: given } = invocation;
  const path = pathOf(given[0]);
  const { status, headers, body } = await api.ask<Schedule & { code?: string }>("GET", path, { accept: [404] });
  const condition: Record<string, string> = status === 404 ? { "if-none-match": "*" } : { "if-match": headers.get("etag") ?? "*" };
  const form = await readScheduleOptions(shell, options, status === 404 ? undefined : body);
  const answer = await api.ask<Schedule>("PUT", path, { body: form, headers: condition });
  if (options.json) return shell.json(answer.body);
  await shell.write(`${answer.body.name} ${answer.status === 201 ? "created" : "changed"}; next: ${shownNext(answer.body)}\n`);
}

async function pause({ shell, options, api, arguments: [name] }: Invocation<{ readonly note?: string }>): Promise<void> {
  const schedule = await api.post<Schedule>(`${pathOf(name)}/pause`, { body: { note: options.note } });
  await (options.json ? shell.json(schedule) : shell.write(`${schedule.name} paused\n`));
}

async function resume({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  const schedule = await api.post<Schedule>(`${pathOf(name)}/resume`);
  await (options.json ? shell.json(schedule) : shell.write(`${schedule.name} goes on; next: ${shownNext(schedule)}\n`));
}

async function trigger({ shell, options, api, arguments: [name] }: Invocation<{ readonly key?: string }>): Promise<void> {
  const headers = options.key === undefined ? {} : { "idempotency-key": options.key };
  const run = await api.post<Run>(`${pathOf(name)}/trigger`, { headers });
  if (options.json) return shell.json(run);
  await shell.write(`${run.id}\n`);
  shell.note(`To follow it: longarm runs watch ${run.id}`);
}

async function backfill({
  shell,
  options,
  api,
  arguments: [name],
}: Invocation<{ readonly from?: string; readonly to?: string }>): Promise<void> {
  const { from, to } = options;
  const answer = await api.post<{ slots: number }>(`${pathOf(name)}/backfill`, { body: { from, to } });
  await (options.json ? shell.json(answer) : shell.write(`${counted(answer.slots, "slot")} to be run\n`));
}

async function next({ shell, options, api, arguments: [name] }: Invocation<{ readonly count?: string }>): Promise<void> {
  const answer = await api.get<{ slots: readonly ScheduleSlot[] }>(
    `${pathOf(name)}/next?count=${encodeURIComponent(options.count ?? "10")}`,
  );
  if (options.json) return shell.json(answer);
  const rows = answer.slots.map(({ slot, local, starts, note }) => [local, slot, starts === slot ? "at once" : starts, note ?? ""]);
  await shell.table(["LOCAL", "UTC", "STARTS", "NOTE"], rows);
}

async function remove({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  await api.ask("DELETE", pathOf(name));
  await (options.json ? shell.json({ removed: name }) : shell.write(`${name} removed; its runs stay\n`));
}

async function versions(invocation: Invocation): Promise<void> {
  const { shell, options, api } = invocation;
  const [name, revision] = invocation.arguments;
  if (revision !== undefined) return showVersion(invocation, revision);
  const answer = await api.get<{ versions: readonly ScheduleVersion[] }>(`${pathOf(name)}/versions`);
  if (options.json) return shell.json(answer);
  const rows = answer.versions.map((one) => [
    ...[String(one.revision), shownTime(one.updatedAt), one.definedBy, one.target.action, shownTiming(one)],
    one.changed?.join(", ") ?? "",
  ]);
  await shell.table(["VERSION", "DEFINED", "BY", "ACTION", "WHEN", "CHANGED"], rows);
}

async function showVersion({ shell, options, api, arguments: [name] }: Invocation, revision: string): Promise<void> {
  if (!/^\d{1,9}$/.test(revision)) throw new LongarmError("invalid_usage", `The version is a number such as 3 (it is "${revision}").`);
  const one = await api.get<ScheduleVersion>(`${pathOf(name)}/versions/${revision}`);
  if (options.json) return shell.json(one);
  await writeFacts(shell, [
    ["schedule", one.description === undefined ? one.name : `${one.name} (${one.description})`],
    ["version", `${one.revision}, defined by ${one.definedBy}, ${shownTime(one.updatedAt)}`],
    ...targetFacts(one),
    ["when", `${shownTiming(one)} (${one.timeZone})`],
    ["overlap", one.overlap],
    ["catch-up", shownCatchUp(one)],
    ["changed", one.changed?.join(", ") ?? "the version before is not kept, or there was none"],
  ]);
}

function addSetOptions(command: Command): Command {
  return command
    .option("--action <name>", "what it runs: an action or a stream")
    .option("--flow <name>", "what it runs: a flow")
    .option("--sync <name>", "what it runs: a sync")
    .option("--connection <name>", "for which target")
    .option("--input <json>", "the input as JSON, a file as @file, or - for standard input")
    .addOption(new Option("--lane <lane>", "who goes first").choices([...lanes]))
    .option("--deadline <duration>", "how long after its start each run must have ended")
    .option("--start-within <duration>", "how long each run may wait for its start")
    .option("--run-within <duration>", "how long each run may take from its start to its end")
    .option("--retry <member=value>", `when calls are tried again: ${retryHelp}`, gathered)
    .option("--concurrency-key <key>", "runs with the same key hold each other back")
    .option("--concurrency-limit <n>", "how many runs may hold the key at once")
    .option("--on <selector>", "`local` or a selector in CEL; it may only narrow the connection's placement")
    .option("--description <text>", "what it is for")
    .option("--cron <expression>", "five fields, or six with the seconds in front; H for a value of the schedule's own")
    .option("--every <duration>", "an interval of absolute time")
    .option("--daily <times>", "such as 02:30,14:00")
    .option("--weekly <days@times>", "such as mon,fri@02:30")
    .option("--monthly <days@times>", "such as 1,15,last@02:30")
    .option("--once <time>", "such as 2026-12-01T10:00, by the wall clock")
    .option("--time-zone <name>", "an IANA name, such as Europe/Berlin (UTC)")
    .option("--start <time>", "no slot lies before, RFC 3339; none for no bound")
    .option("--end <time>", "no slot lies at it or behind, RFC 3339; none for no bound")
    .option("--exclude <days>", "days without a slot, such as 2026-12-24 or 2026-12-24/2027-01-01; may be given several times", gathered)
    .option("--jitter <duration>", "how much later than its slot a run may start")
    .addOption(
      new Option("--overlap <policy>", "what a slot does while a run is under way (skip)").choices([
        ...["skip", "buffer-one", "buffer-all", "cancel-other", "allow-all"],
      ]),
    )
    .addOption(new Option("--catch-up <policy>", "what becomes of missed slots (latest)").choices(["skip", "latest", "all"]))
    .option("--catch-up-count <n>", "how many missed slots `all` makes good (10)")
    .option("--catch-up-age <duration>", "what was missed longer ago stays so (1h)")
    .option("--grace <duration>", "how late a slot may be and was still in time (10s)")
    .option("--pause-after-failures <n>", "pause when as many runs have failed in a row; 0 for never");
}

/** `longarm schedules ls|show|set|pause|resume|trigger|backfill|next|versions|rm`. */
export const registerSchedules: Registration = (program, shell) => {
  const schedules = program.command("schedules").description("run actions, streams, flows and syncs by the clock");
  const one = (name: string, description: string): Command =>
    schedules.command(name).description(description).argument("<name>", "the schedule's name");
  does(schedules.command("ls").description("list schedules"), shell, list);
  does(one("show", "show a schedule and where it stands"), shell, show);
  does<ScheduleOptions>(addSetOptions(one("set", "define a schedule, or change what the options name")), shell, set);
  does<{ note?: string }>(one("pause", "start nothing until it is resumed").requiredOption("--note <text>", "why"), shell, pause);
  does(one("resume", "go on; slots of the pause are left out"), shell, resume);
  does<{ key?: string }>(
    one("trigger", "run it now, whatever else is under way").option("--key <key>", "an idempotency key: the same key is the same run"),
    shell,
    trigger,
  );
  does<{ from?: string; to?: string }>(
    one("backfill", "run the slots of a time that is past; a slot that has made a run makes no other one")
      .requiredOption("--from <time>", "RFC 3339, such as 2026-12-01T00:00:00Z")
      .requiredOption("--to <time>", "RFC 3339, such as 2026-12-02T00:00:00Z"),
    shell,
    backfill,
  );
  does<{ count?: string }>(one("next", "tell its next slots").option("--count <n>", "how many, 100 at most", "10"), shell, next);
  does(one("versions", "tell what it was, or show one version").argument("[version]", "its number"), shell, versions);
  does(one("rm", "remove a schedule; its runs stay"), shell, remove);
};
