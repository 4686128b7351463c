import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isFinished, LongarmError } from "@longarm/shared";
import { type Command, Option } from "commander";
import type { KeptRecord, PullOutput, RecordKindList, RecordList } from "../api/record-types.ts";
import type { Run } from "../api/types.ts";
import { does, gathered, type Invocation, type Registration } from "../command.ts";
import { type ExitCode, exitCodeOfRun, exitCodes } from "../exit-code.ts";
import { followRun, sayWaits } from "../follow-run.ts";
import { counted } from "../print/counted.ts";
import { writeFacts } from "../print/facts.ts";
import { plainLine } from "../print/plain.ts";
import { reportEnd } from "../print/run.ts";
import { shownTime } from "../print/times.ts";

interface Selection {
  readonly connection?: string;
  readonly filter?: readonly string[];
  readonly q?: string;
  readonly sort?: string;
}
interface ListOptions extends Selection {
  readonly limit?: string;
  readonly cursor?: string;
}
interface ShowOptions {
  readonly connection?: string;
  readonly maxAge?: string;
}
interface FetchOptions {
  readonly connection?: string;
  readonly changes?: boolean;
  readonly maxDeleted?: string;
  readonly wait?: boolean;
  readonly key?: string;
}
interface ExportOptions extends Selection {
  readonly format: string;
  readonly out?: string;
}

function pathOf(kind: string | undefined, ...below: readonly string[]): string {
  return ["/v1/records", kind ?? "", ...below].map((part, at) => (at === 0 ? part : encodeURIComponent(part))).join("/");
}

function queryOf({ filter, ...options }: ListOptions, more: Readonly<Record<string, string>> = {}): string {
  const { connection, q, sort, limit, cursor } = options;
  const all = { connection, q, sort, limit, cursor, filter: filter?.join(","), ...more };
  const given = Object.entries(all).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

async function listKinds({ shell, options, api }: Invocation<ListOptions>): Promise<void> {
  const answer = await api.get<RecordKindList>("/v1/records");
  if (options.json) return shell.json(answer);
  const rows = answer.kinds.map(({ kind, fields, pull }) => [kind, fields.join(" "), pull ?? "looked up one by one"]);
  await shell.table(["KIND", "FIELDS", "FETCHED BY"], rows);
}

async function list(invocation: Invocation<ListOptions>): Promise<void> {
  const { shell, options, api, arguments: given } = invocation;
  const [kind] = given;
  if (kind === undefined) return listKinds(invocation);
  const page = await api.get<RecordList>(`${pathOf(kind)}${queryOf(options)}`);
  if (options.json) return shell.json(page);
  const fields = (await api.get<RecordKindList>("/v1/records")).kinds.find((one) => one.kind === kind)?.fields.slice(0, 3) ?? [];
  const rows = page.records.map((record) => [
    ...[record.id, record.connection],
    ...fields.map((field) => shownField(record, field)),
    ...[shownTime(record.firstSeenAt), shownTime(record.syncedAt), record.deletedAt === null ? "" : shownTime(record.deletedAt)],
  ]);
  await shell.table(["ID", "CONNECTION", ...fields.map((field) => field.toUpperCase()), "FIRST SEEN", "LAST SEEN", "DELETED"], rows);
  if (page.nextCursor !== null) shell.note(`There are more: --cursor ${page.nextCursor}`);
}

/** Fields stand in the object itself, or in its profile. */
function shownField({ object }: KeptRecord, field: string): string {
  const { profile } = object as { readonly profile?: Readonly<Record<string, unknown>> | null };
  const value = object[field] ?? profile?.[field];
  return value === undefined || value === null ? "" : plainLine(typeof value === "string" ? value : JSON.stringify(value));
}

/** The one that is named, else the only one there is. */
async function connectionOf({ api, options }: Invocation<{ readonly connection?: string }>): Promise<string> {
  if (options.connection !== undefined) return options.connection;
  const { connections } = await api.get<{ connections: readonly { readonly name: string }[] }>("/v1/connections");
  const [only] = connections;
  if (only && connections.length === 1) return only.name;
  throw new LongarmError("connection_required", "Name the record's connection with --connection; `longarm connections ls` lists them.");
}

async function show(invocation: Invocation<ShowOptions>): Promise<ExitCode | void> {
  const { shell, options, api, arguments: given } = invocation;
  const [kind, id = ""] = given;
  const query = options.maxAge === undefined ? "" : `?${new URLSearchParams({ maxAge: options.maxAge }).toString()}`;
  const { status, body } = await api.ask<KeptRecord | Run>("GET", `${pathOf(kind, await connectionOf(invocation), id)}${query}`);
  if (options.json) await shell.json(body);
  if (status === 202) {
    shell.note(`It is still being read: longarm runs watch ${body.id}.`);
    return exitCodes.interrupted;
  }
  if (options.json) return undefined;
  const record = body as KeptRecord;
  await writeFacts(shell, [
    [record.kind, record.id],
    ["connection", record.connection],
    ["changed", record.changedAt === null ? "never, as far as is known" : shownTime(record.changedAt)],
    ["first seen", shownTime(record.firstSeenAt)],
    ["last seen", `${shownTime(record.syncedAt)} (${record.source})`],
    ["deleted", record.deletedAt === null ? "no" : shownTime(record.deletedAt)],
  ]);
  await shell.write(`\n${JSON.stringify(record.object, null, 2)}\n`);
}

async function fetchNow({ shell, options, api, arguments: [kind] }: Invocation<FetchOptions>): Promise<ExitCode> {
  const { connection, changes, maxDeleted, key, wait } = options;
  const body = {
    ...(connection !== undefined && { connection }),
    ...(changes === true && { mode: "changes" }),
    ...(maxDeleted !== undefined && { maxDeleted: Number(maxDeleted) }),
  };
  const submitted = await api.post<Run>(pathOf(kind, "fetch"), { body, headers: key === undefined ? {} : { "idempotency-key": key } });
  if (wait === false) {
    await (options.json ? shell.json(submitted) : shell.write(`${submitted.id}\n`));
    return exitCodes.success;
  }
  const onChange = options.json ? () => undefined : sayWaits(shell);
  const ended = await followRun(api, submitted, { signal: shell.signal, onChange });
  if (options.json) await shell.json(ended);
  if (!isFinished(ended.status)) {
    shell.note(`The run goes on (${ended.status}): longarm runs watch ${ended.id}, or longarm runs cancel ${ended.id}.`);
    return exitCodes.interrupted;
  }
  if (!options.json && ended.status === "succeeded") {
    const { mode, read, written, markedDeleted } = ended.output as PullOutput;
    const sentence = `${mode === "full" ? "Everything" : "What has changed"}: ${counted(read, "object")} read, ${counted(written, "record")} written`;
    await shell.write(`${sentence}, ${markedDeleted} marked as deleted\n`);
  }
  if (!options.json) reportEnd(shell, ended);
  return exitCodeOfRun(ended.status);
}

async function exportAll({ shell, options, api, arguments: [kind] }: Invocation<ExportOptions>): Promise<void> {
  const { out, format } = options;
  const bytes = api.stream(`${pathOf(kind)}${queryOf(options, { format })}`, { signal: shell.signal });
  if (out === undefined) {
    const decoder = new TextDecoder();
    for await (const chunk of bytes) await shell.write(decoder.decode(chunk, { stream: true }));
    return;
  }
  try {
    await pipeline(Readable.from(bytes), createWriteStream(out, { flags: "wx", mode: 0o600, flush: true }));
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === "EEXIST") throw new LongarmError("invalid_usage", `${out} exists; name another file.`);
    await rm(out, { force: true });
    throw reason;
  }
  await (options.json ? shell.json({ file: out }) : shell.write(`The ${kind} stand in ${out}\n`));
}

function addSelection(command: Command): Command {
  return command
    .option("--connection <name>", "only of this connection")
    .option(
      "--filter <field:value>",
      "only with this text in a field, such as status:ACTIVE or deleted:true; may be given several times",
      gathered,
    )
    .option("--q <text>", "free text over id and fields")
    .option("--sort <field>", "a field, or syncedAt and the like; with - before it, downwards");
}

/** `longarm records ls|show|fetch|export`. */
export const registerRecords: Registration = (program, shell) => {
  const records = program.command("records").description("local copies of an org's groups, applications and users");
  const one = (name: string, description: string): Command =>
    records.command(name).description(description).argument("<kind>", "groups, applications or users");
  const listing = records
    .command("ls", { isDefault: true })
    .description("list records, or of what there are some")
    .argument("[kind]", "groups, applications or users");
  does<ListOptions>(
    addSelection(listing).option("--limit <n>", "how many at most (50)").option("--cursor <cursor>", "where the page before ended"),
    shell,
    list,
  );
  does<ShowOptions>(
    one("show", "show a record")
      .argument("<id>", "its id, or what the object is called, such as a user's login")
      .option("--connection <name>", "which connection's; where there is one only, that one")
      .option("--max-age <duration>", "look the object up where the record is older than that, such as 60s"),
    shell,
    show,
  );
  does<FetchOptions>(
    one("fetch", "read all objects anew, mark what is gone, and wait for the end")
      .option("--connection <name>", "which connection's")
      .option("--changes", "only what is new or changed; nothing is marked")
      .option("--max-deleted <n>", "how many records it may mark as deleted before it stops (a fifth)")
      .option("--no-wait", "print the run's id and leave")
      .option("--key <key>", "an idempotency key: the same key is the same run"),
    shell,
    fetchNow,
  );
  does<ExportOptions>(
    addSelection(one("export", "write all records that are asked for"))
      .addOption(new Option("--format <format>", "how").choices(["ndjson", "csv"]).default("ndjson"))
      .option("--out <file>", "into a new file; default: stdout"),
    shell,
    exportAll,
  );
};
