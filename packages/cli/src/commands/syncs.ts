import { isFinished, LongarmError } from "@longarm/shared";
import { type Command, Option } from "commander";
import type { Sync, SyncOutput } from "../api/job-types.ts";
import type { Run } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { type ExitCode, exitCodeOfRun, exitCodes } from "../exit-code.ts";
import { followRun, sayWaits } from "../follow-run.ts";
import { counted } from "../print/counted.ts";
import { writeFacts } from "../print/facts.ts";
import { shownPace } from "../print/pace.ts";
import { showProgress } from "../print/progress.ts";
import { reportEnd } from "../print/run.ts";
import { shownTime } from "../print/times.ts";
import { registerApply } from "./syncs-apply.ts";

interface SetOptions {
  readonly connection?: string;
  readonly streams?: string;
  readonly mode?: string;
  readonly sink?: string;
  readonly overlap?: string;
  readonly fullEvery?: string;
  readonly parallel?: string;
  readonly maxDeleted?: string;
}

interface RunOptions {
  readonly full?: boolean;
  readonly maxDeleted?: string;
  readonly sameOrg?: boolean;
  readonly takeOver?: boolean;
  readonly wait?: boolean;
  readonly key?: string;
}

function pathOf(name: string | undefined): string {
  return `/v1/syncs/${encodeURIComponent(name ?? "")}`;
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ syncs: readonly Sync[] }>("/v1/syncs");
  if (options.json) return shell.json(answer);
  const rows = answer.syncs.map(({ name, connection, streams, mode, sink, lastRun }) => [
    ...[name, connection, streams.join(" "), mode, sink],
    lastRun?.id ?? "never",
  ]);
  await shell.table(["SYNC", "CONNECTION", "STREAMS", "MODE", "SINK", "LAST RUN"], rows);
}

async function show({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  const sync = await api.get<Sync>(pathOf(name));
  if (options.json) return shell.json(sync);
  const { lastRun } = sync;
  await writeFacts(shell, [
    ["sync", sync.name],
    ["connection", sync.connection],
    ["streams", sync.streams.join(", ")],
    ["mode", sync.mode],
    ["sink", sync.sink],
    ["overlap", sync.overlap],
    ["whole sweep", sync.fullEvery === "never" ? "only when asked for" : `every ${sync.fullEvery}`],
    ["in parallel", `${sync.parallel} lists`],
    ["deletions", `at most ${sync.maxDeleted} of a table's rows in one run`],
    ["last run", lastRun ? `${lastRun.id} (${counted(lastRun.items, "item")}, ${counted(lastRun.pages, "page")})` : "never"],
    ["changed", `${shownTime(sync.updatedAt)} (revision ${sync.revision})`],
  ]);
}

type Form = Record<string, unknown>;

/** What stands now, in the form in which it may be put again, and the condition that it still stands. */
async function currentForm({ api, arguments: [name] }: Invocation<SetOptions>): Promise<{ form: Form; condition: Record<string, string> }> {
  const { status, headers, body } = await api.ask<Sync & { code?: string }>("GET", pathOf(name), { accept: [404] });
  if (status === 404) return { form: {}, condition: { "if-none-match": "*" } };
  const { revision: _revision, updatedAt: _updatedAt, lastRun: _lastRun, ...form } = body;
  return { form, condition: { "if-match": headers.get("etag") ?? "*" } };
}

/** `500` as a number, `20%` as it is; what is neither the controller refuses. */
function readMost(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text;
}

async function set(invocation: Invocation<SetOptions>): Promise<void> {
  const { shell, options, api } = invocation;
  const { form, condition } = await currentForm(invocation);
  const { connection, streams, mode, sink, overlap, fullEvery, parallel, maxDeleted } = options;
  const wish = {
    ...{ connection, mode, sink, overlap, fullEvery },
    streams: streams?.split(/[\s,]+/).filter(Boolean),
    parallel: parallel === undefined ? undefined : Number(parallel),
    maxDeleted: readMost(maxDeleted),
  };
  const changes = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const answer = await api.ask<Sync>("PUT", pathOf(invocation.arguments[0]), { body: { ...form, ...changes }, headers: condition });
  if (options.json) return shell.json(answer.body);
  await shell.write(`${answer.body.name} ${answer.status === 201 ? "created" : "changed"}\n`);
  if (answer.status === 201) shell.note(`To run it: longarm syncs run ${answer.body.name}`);
}

async function remove({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  await api.ask("DELETE", pathOf(name));
  await (options.json ? shell.json({ removed: name }) : shell.write(`${name} removed; what it has written stays\n`));
}

async function run({ shell, options, api, arguments: [name] }: Invocation<RunOptions>): Promise<ExitCode> {
  const headers = options.key === undefined ? {} : { "idempotency-key": options.key };
  const { full, maxDeleted, sameOrg, takeOver } = options;
  const most = readMost(maxDeleted);
  const input = {
    ...(full && { mode: "full" }),
    ...(most !== undefined && { maxDeleted: most }),
    ...(sameOrg && { sameOrg }),
    ...(takeOver && { takeOver }),
  };
  const body = { action: `sync.${name ?? ""}`, input };
  const submitted = await api.post<Run>("/v1/runs", { body, headers });
  if (options.wait === false) {
    await (options.json ? shell.json(submitted) : shell.write(`${submitted.id}\n`));
    return exitCodes.success;
  }
  const progress = showProgress(shell, undefined);
  const wait = options.json ? () => undefined : sayWaits(shell);
  const onChange = (seen: Run): void => {
    if (seen.progress?.expectedItems) progress.expect(seen.progress.expectedItems);
    if (seen.progress) progress.update(seen.progress.items, shownPace(seen.progress));
    wait(seen);
  };
  const ended = await followRun(api, submitted, { signal: shell.signal, onChange }).finally(() => progress.stop());
  if (options.json) await shell.json(ended);
  if (!isFinished(ended.status)) {
    shell.note(`The run goes on (${ended.status}): longarm runs watch ${ended.id}, or longarm runs cancel ${ended.id}.`);
    return exitCodes.interrupted;
  }
  if (!options.json && ended.status === "succeeded") await tell(shell, ended.output as SyncOutput);
  if (!options.json) reportEnd(shell, ended);
  return exitCodeOfRun(ended.status);
}

async function tell(shell: Invocation["shell"], { mode, counts, outcome, skipped, unswept }: SyncOutput): Promise<void> {
  const rows = Object.entries(counts).map(([table, { written, marked, faults }]) => [table, ...[written, marked, faults].map(String)]);
  await shell.table(["TABLE", "WRITTEN", "DELETED", "FAULTS"], rows);
  for (const { step, error } of skipped) shell.note(shell.noteLook("yellow", `${step} was left out: ${error.message}`));
  if (unswept.length > 0)
    shell.note(shell.noteLook("yellow", `Nothing was marked as deleted in ${unswept.join(", ")}: an item without a key was listed.`));
  shell.note(`${mode === "full" ? "A whole sweep" : "What has changed"}, ${outcome}.`);
}

function addSetOptions(command: Command): Command {
  return command
    .option("--connection <name>", "where it reads from")
    .option("--streams <list>", "what is read, such as users,groups,groupMembers")
    .addOption(new Option("--mode <mode>", "what has changed since the last run, or everything").choices(["incremental", "full"]))
    .option("--sink <name>", "where it goes: a sink of the controllers' configuration (sqlite)")
    .option("--overlap <duration>", "how far behind its watermark an incremental run looks once more (5m)")
    .option("--full-every <duration>", "how old the last whole sweep may become, or never (7d)")
    .option("--max-deleted <n|share>", "how many rows of a table a run may mark as deleted before it stops, such as 500 (20%)")
    .option("--parallel <n>", "how many lists of one kind are read at once (4)");
}

/** `longarm syncs ls|set|show|rm|run|apply`. */
export const registerSyncs: Registration = (program, shell) => {
  const syncs = program.command("syncs").description("copy an org into a sink, or bring an org to what a file says");
  const one = (name: string, description: string): Command =>
    syncs.command(name).description(description).argument("<name>", "the sync's name");
  does(syncs.command("ls").description("list syncs"), shell, list);
  does<SetOptions>(addSetOptions(one("set", "define a sync, or change what the options name")), shell, set);
  does(one("show", "show a sync and its last run"), shell, show);
  does(one("rm", "remove a sync; what it has written stays"), shell, remove);
  does<RunOptions>(
    one("run", "run a sync now, and wait for its end")
      .option("--full", "list everything, and mark what is gone")
      .option("--max-deleted <n|share>", "how many rows of a table it may mark as deleted before it stops; 100% for any number")
      .option("--same-org", "what the connection leads to now is the org that was copied so far, under a new address")
      .option("--take-over", "write to the sink although another installation, or a former one, has shut this one out")
      .option("--no-wait", "print the run's id and leave")
      .option("--key <key>", "an idempotency key: the same key is the same run"),
    shell,
    run,
  );
  registerApply(syncs, shell);
};

/** Runs of syncs have a command of their own. */
export function refuseSync(action: string): void {
  if (!action.startsWith("sync.")) return;
  throw new LongarmError("invalid_usage", `A sync is run by: longarm syncs run ${action.slice("sync.".length)}`);
}
