import { randomUUID } from "node:crypto";
import { eventSources } from "@longarm/shared";
import { Option } from "commander";
import type { EventOutcome, EventPage, PostedEvent, ShownEvent } from "../api/event-types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { readJson } from "../input/read-text.ts";
import { writeFacts } from "../print/facts.ts";
import { shownTime } from "../print/times.ts";

interface PostOptions {
  readonly type: string;
  readonly subject?: string;
  readonly input?: string;
  readonly id?: string;
}

async function post({ shell, options, api }: Invocation<PostOptions>): Promise<void> {
  const { type, subject, input } = options;
  // Whoever runs the command again after a broken connection can name it.
  const id = options.id ?? randomUUID();
  const body = {
    type,
    id,
    ...(subject !== undefined && { subject }),
    ...(input !== undefined && { data: await readJson(shell, input, "The input") }),
  };
  const event = await api.post<PostedEvent>("/v1/events", { body });
  if (options.json) return shell.json(event);
  await shell.write(`${event.id}\n`);
  if (event.hint !== undefined) shell.note(event.hint);
  if (!event.duplicate) return;
  const content = event.differs === true ? "says something else, and counts; yours is not stored" : "says the same";
  shell.note(`An event of this id was there before, of ${shownTime(event.receivedAt)}: it ${content}.`);
}

const filters = ["since", "type", "source", "limit", "cursor"] as const;
type ListOptions = { readonly [filter in (typeof filters)[number]]?: string };

function shownOutcomes(outcomes: readonly EventOutcome[]): string {
  return outcomes.length === 0 ? "–" : outcomes.map(({ trigger, outcome, runId }) => `${trigger}: ${runId ?? outcome}`).join(", ");
}

async function list({ shell, options, api }: Invocation<ListOptions>): Promise<void> {
  const asked = filters.flatMap((name): [string, string][] => (options[name] === undefined ? [] : [[name, options[name]]]));
  const page = await api.get<EventPage>(`/v1/events?${new URLSearchParams(asked).toString()}`);
  if (options.json) return shell.json(page);
  const rows = page.events.map(({ receivedAt, source, type, subject, id, outcomes }) => [
    ...[shownTime(receivedAt), source, type],
    ...[subject === "" ? "–" : subject, id, shownOutcomes(outcomes)],
  ]);
  await shell.table(["AT", "SOURCE", "TYPE", "SUBJECT", "ID", "STARTED"], rows);
  if (page.nextCursor !== null) shell.note(`There are more: --cursor ${page.nextCursor}`);
}

async function show({ shell, options, api, arguments: [id = ""] }: Invocation<{ readonly source: string }>): Promise<void> {
  const event = await api.get<ShownEvent>(`/v1/events/${encodeURIComponent(id)}?source=${encodeURIComponent(options.source)}`);
  if (options.json) return shell.json(event);
  const published = event.publishedAt === null ? "" : `, published ${shownTime(event.publishedAt)}`;
  await writeFacts(shell, [
    ["event", `${event.id} (${event.source})`],
    ["type", event.type],
    ["subject", event.subject === "" ? "none" : event.subject],
    ["received", `${shownTime(event.receivedAt)}${published}`],
    ["connection", event.connection ?? "none"],
    ["behind it", event.depth === 0 ? "nothing: it came from outside" : `a chain of ${event.depth}`],
    ["echo", event.isEcho ? "yes: this installation made the change, so it starts nothing" : "no"],
    ["data", JSON.stringify(event.data)],
    ...(event.outcomes.length === 0 ? [["triggers", "none named it, or it is not judged yet"] as const] : []),
    ...event.outcomes.map(({ trigger, sentence }) => [trigger, sentence] as const),
  ]);
}

function sourceOption(): Option {
  return new Option("--source <source>", "posted, by an org's hook, or a run's end").choices([...eventSources]);
}

/** `longarm events post|ls|show`. */
export const registerEvents: Registration = (program, shell) => {
  const events = program.command("events").description("tell what happened, and see what it started");
  does<PostOptions>(
    events
      .command("post")
      .description("tell that something happened; the same id is the same event")
      .requiredOption("--type <type>", "such as user.created")
      .option("--subject <text>", "what it is about, such as a login")
      .option("--input <json>", "its data as JSON, a file as @file, or - for standard input")
      .option("--id <id>", "your own id of it; a new one unless told"),
    shell,
    post,
  );
  does<ListOptions>(
    events
      .command("ls")
      .description("list events, newest first")
      .option("--since <time>", "RFC 3339, or how long ago, such as 1h")
      .option("--type <type>", "only those of this type")
      .addOption(sourceOption())
      .option("--limit <n>", "how many at most (50)")
      .option("--cursor <cursor>", "go on where a page ended"),
    shell,
    list,
  );
  does<{ source: string }>(
    events
      .command("show")
      .description("show an event with its data")
      .argument("<id>", "the event's id")
      .addOption(sourceOption().default("event")),
    shell,
    show,
  );
};
