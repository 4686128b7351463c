import { lanes, unknownName } from "@longarm/shared";
import { type Command, Option } from "commander";
import type { Trigger, TriggerSample, TriggerTest } from "../api/event-types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { readJson } from "../input/read-text.ts";
import { readTriggerOptions, type TriggerOptions } from "../input/trigger-options.ts";
import { writeFacts } from "../print/facts.ts";
import { shownTime } from "../print/times.ts";

function pathOf(name: string | undefined): string {
  return `/v1/triggers/${encodeURIComponent(name ?? "")}`;
}

function shownOn({ on: { event, hook, flow } }: Pick<Trigger, "on">): string {
  return event !== undefined ? `event ${event}` : hook !== undefined ? `hook ${hook}` : `flow ${flow ?? ""}`;
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ triggers: readonly Trigger[] }>("/v1/triggers");
  if (options.json) return shell.json(answer);
  const rows = answer.triggers.map((one) => [one.name, one.state, shownOn(one), one.flow, one.connection, String(one.faults.count)]);
  await shell.table(["TRIGGER", "STATE", "ON", "STARTS", "CONNECTION", "FAULTS"], rows);
}

async function samplesOf(api: Invocation["api"]): Promise<readonly TriggerSample[]> {
  return (await api.get<{ samples: readonly TriggerSample[] }>("/v1/trigger-samples")).samples;
}

async function samples({ shell, options, api }: Invocation): Promise<void> {
  const found = await samplesOf(api);
  if (options.json) return shell.json({ samples: found });
  await shell.table(
    ["SAMPLE", "TITLE", "ON", "STARTS"],
    found.map((one) => [one.name, one.title, shownOn(one), one.flow]),
  );
  shell.note("To copy one: longarm triggers set NAME --from SAMPLE --connection CONNECTION");
}

async function show({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  const trigger = await api.get<Trigger>(pathOf(name));
  if (options.json) return shell.json(trigger);
  const { on, concurrency, debounce, faults } = trigger;
  const last = faults.last
    ? `; the last, of ${faults.last.source} ${faults.last.id} at ${shownTime(faults.last.at)}: ${faults.last.problem}`
    : "";
  await writeFacts(shell, [
    ["trigger", trigger.description === undefined ? trigger.name : `${trigger.name} (${trigger.description})`],
    ["state", trigger.state === "draft" ? "draft: it starts nothing" : "enabled"],
    ["on", `${shownOn(trigger)}${on.connection === undefined ? "" : ` of ${on.connection}`}`],
    ["filter", on.filter ?? "none"],
    ["echoes", on.echoes === true ? "answered, too" : "left alone"],
    ["runs", `${trigger.flow} on ${trigger.connection}, lane ${trigger.lane}`],
    ["input", JSON.stringify(trigger.input)],
    ["concurrency", concurrency ? `${concurrency.limit} for each ${concurrency.key}` : "no bound of its own"],
    ["debounce", debounce ? `${debounce.window} for each ${debounce.key ?? "event.subject"}` : "none"],
    ["faults", `${faults.count}${last}`],
    ["defined", `by ${trigger.definedBy}, ${shownTime(trigger.updatedAt)} (revision ${trigger.revision})`],
  ]);
}

async function sampleCalled(name: string, api: Invocation["api"]): Promise<TriggerSample> {
  const all = await samplesOf(api);
  const found = all.find((one) => one.name === name);
  if (found) return found;
  throw unknownName(
    "trigger",
    name,
    all.map((one) => one.name),
  );
}

async function set(invocation: Invocation<TriggerOptions>): Promise<void> {
  const { shell, options, api, arguments: given } = invocation;
  const path = pathOf(given[0]);
  const { status, headers, body } = await api.ask<Trigger>("GET", path, { accept: [404] });
  const condition: Record<string, string> = status === 404 ? { "if-none-match": "*" } : { "if-match": headers.get("etag") ?? "*" };
  const before = options.from === undefined ? (status === 404 ? undefined : body) : await sampleCalled(options.from, api);
  const form = await readTriggerOptions(shell, options, before);
  const answer = await api.ask<Trigger>("PUT", path, { body: form, headers: condition });
  if (options.json) return shell.json(answer.body);
  const { name, state } = answer.body;
  await shell.write(`${name} ${answer.status === 201 ? "created" : "changed"}, ${state}\n`);
  if (state === "draft") shell.note(`Try it: longarm triggers test ${name} --event JSON. Then: longarm triggers enable ${name}`);
}

function turns(to: "enable" | "disable") {
  return async ({ shell, options, api, arguments: [name] }: Invocation): Promise<void> => {
    const trigger = await api.post<Trigger>(`${pathOf(name)}/${to}`);
    await (options.json ? shell.json(trigger) : shell.write(`${trigger.name} ${to}d\n`));
  };
}

async function test({ shell, options, api, arguments: [name] }: Invocation<{ readonly event: string }>): Promise<void> {
  const event = await readJson(shell, options.event, "The event");
  const answer = await api.post<TriggerTest>(`${pathOf(name)}/test`, { body: { event } });
  if (options.json) return shell.json(answer);
  await shell.write(`${answer.sentence}\n`);
  if (!answer.run) return;
  const { input, concurrencyKey, debounceKey } = answer.run;
  await writeFacts(shell, [
    ["input", JSON.stringify(input)],
    ["concurrency key", concurrencyKey ?? "none"],
    ["debounce key", debounceKey ?? "none"],
    ...answer.faults.map(({ pointer, problem }) => ["refused", `${pointer} ${problem}`] as const),
  ]);
}

async function remove({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  await api.ask("DELETE", pathOf(name));
  await (options.json ? shell.json({ removed: name }) : shell.write(`${name} removed; its runs stay\n`));
}

function addSetOptions(command: Command): Command {
  return command
    .option("--from <sample>", "copy a sample; `longarm triggers samples` lists them")
    .option("--on-event <type>", "posted events of this type; * stands for anything")
    .option("--on-hook <type>", "events of an org's hook, such as okta.user.lifecycle.create")
    .option("--on-flow <type>", "runs that have ended, such as flow.okta.flow.onboardUser.succeeded")
    .option("--filter <cel>", "a condition over event; none for no condition")
    .option("--on-connection <pattern>", "in whose org; the trigger's own connection unless told")
    .option("--echoes", "answer what this installation changed itself, too; never for what changes the org")
    .option("--no-echoes", "leave it alone, as is usual")
    .option("--flow <name>", "what it runs: a flow, or an action")
    .option("--connection <name>", "for which target")
    .option("--input <json>", "each text in it is CEL over event; JSON, a file as @file, or - for standard input")
    .addOption(new Option("--lane <lane>", "who goes first").choices([...lanes]))
    .option("--concurrency-key <cel>", "runs of one key hold each other back; none for no key")
    .option("--concurrency-limit <n>", "how many of a key may be under way (1)")
    .option("--debounce <duration>", "events of one key within it start one run, with the last; none for none")
    .option("--debounce-key <cel>", "event.subject unless told")
    .option("--description <text>", "what it is for")
    .option("--enable", "let it start runs at once");
}

/** `longarm triggers ls|samples|show|set|enable|disable|test|rm`. */
export const registerTriggers: Registration = (program, shell) => {
  const triggers = program.command("triggers").description("start runs by events");
  const one = (name: string, description: string): Command =>
    triggers.command(name).description(description).argument("<name>", "the trigger's name");
  does(triggers.command("ls").description("list triggers"), shell, list);
  does(triggers.command("samples").description("list triggers to copy"), shell, samples);
  does(one("show", "show a trigger and what went wrong of late"), shell, show);
  does<TriggerOptions>(addSetOptions(one("set", "define a trigger, or change what the options name")), shell, set);
  does(one("enable", "let it start runs"), shell, turns("enable"));
  does(one("disable", "make a draft of it: it starts nothing more"), shell, turns("disable"));
  does<{ event: string }>(
    one("test", "tell what an event would start; starts nothing").requiredOption(
      "--event <json>",
      "as it would be posted, as JSON, @file or -",
    ),
    shell,
    test,
  );
  does(one("rm", "remove a trigger; its runs stay"), shell, remove);
};
