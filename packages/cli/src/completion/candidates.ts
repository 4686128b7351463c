import type { Command, Option } from "commander";
import type { Lookup } from "./look-up.ts";

/** Answers what the words alone do not tell; nothing when it cannot. */
export type Ask = (lookup: Lookup) => Promise<readonly Candidate[]>;

/** A word that may stand where the cursor is, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly meaning?: string;
}

/** What a command's first argument names, by the command's words. */
const argumentNames: Readonly<Record<string, Lookup>> = {
  run: { kind: "actions" },
  actions: { kind: "actions" },
  "flows show": { kind: "flows" },
  "flows copy": { kind: "flows" },
  "connections show": { kind: "connections" },
  "connections test": { kind: "connections" },
  "connections set": { kind: "connections" },
  "connections rm": { kind: "connections" },
  "credentials show": { kind: "credentials" },
  "credentials set": { kind: "credentials" },
  "credentials rm": { kind: "credentials" },
  "agents show": { kind: "agents" },
  "runs show": { kind: "runs" },
  "runs watch": { kind: "runs" },
  "runs calls": { kind: "runs" },
  "runs cancel": { kind: "runs" },
  "runs approve": { kind: "runs" },
  "runs deny": { kind: "runs" },
  "runs secrets": { kind: "runs" },
  "records ls": { kind: "records" },
  "records show": { kind: "records" },
  "records fetch": { kind: "records" },
  "records export": { kind: "records" },
  "hooks show": { kind: "connections" },
  "hooks set": { kind: "connections" },
  "hooks rotate": { kind: "connections" },
  "hooks rm": { kind: "connections" },
  "schedules show": { kind: "schedules" },
  "schedules set": { kind: "schedules" },
  "schedules pause": { kind: "schedules" },
  "schedules resume": { kind: "schedules" },
  "schedules trigger": { kind: "schedules" },
  "schedules backfill": { kind: "schedules" },
  "schedules next": { kind: "schedules" },
  "schedules versions": { kind: "schedules" },
  "schedules rm": { kind: "schedules" },
  "triggers show": { kind: "triggers" },
  "triggers set": { kind: "triggers" },
  "triggers enable": { kind: "triggers" },
  "triggers disable": { kind: "triggers" },
  "triggers test": { kind: "triggers" },
  "triggers rm": { kind: "triggers" },
};

/** What an option's value names. */
const optionNames: Readonly<Record<string, Lookup>> = {
  "--action": { kind: "actions" },
  "--connection": { kind: "connections" },
  "--credential": { kind: "credentials" },
  "--flow": { kind: "flows" },
  "--schedule": { kind: "schedules" },
  "--from": { kind: "samples" },
};

interface Place {
  readonly command: Command;
  readonly words: string;
  readonly arguments: readonly string[];
  /** The option whose value the cursor is in. */
  readonly option: Option | undefined;
}

function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...(command.parent ? optionsOf(command.parent) : [])];
}

function optionCalled(command: Command, word: string): Option | undefined {
  return optionsOf(command).find((option) => option.long === word || option.short === word);
}

/** Follows the words that are complete; the last one is the one that is being written. */
function placeOf(program: Command, words: readonly string[]): Place {
  let command = program;
  const names: string[] = [];
  const given: string[] = [];
  let option: Option | undefined;
  for (const word of words) {
    if (option) option = undefined;
    else if (word.startsWith("-")) {
      const called = optionCalled(command, word);
      option = called?.required || called?.optional ? called : undefined;
    } else {
      const below = given.length === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (below) [command] = [below, names.push(word)];
      else given.push(word);
    }
  }
  return { command, words: names.join(" "), arguments: given, option };
}

function candidate(word: string, meaning: string): Candidate {
  return meaning === "" ? { word } : { word, meaning };
}

function writtenOptions(command: Command): readonly Candidate[] {
  return optionsOf(command).flatMap(({ long, hidden, description }) => (long && !hidden ? [candidate(long, description)] : []));
}

async function valuesOf({ option, arguments: given }: Place, partial: string, ask: Ask): Promise<readonly Candidate[]> {
  const { long = "", argChoices } = option ?? {};
  if (argChoices) return argChoices.map((word) => ({ word }));
  if (long === "--on") return [{ word: "local", meaning: "the controller itself" }];
  if (long === "--set") return ask({ kind: "inputs", action: given[0] ?? "", partial });
  const lookup = optionNames[long ?? ""];
  return lookup ? ask(lookup) : [];
}

async function allOf(place: Place, partial: string, ask: Ask): Promise<readonly Candidate[]> {
  const { command, words, arguments: given, option } = place;
  if (option) return valuesOf(place, partial, ask);
  if (partial.startsWith("-")) return writtenOptions(command);
  const visible = command.createHelp().visibleCommands(command);
  if (visible.length > 0 && given.length === 0) return visible.map((one) => candidate(one.name(), one.description()));
  const lookup = given.length === 0 ? argumentNames[words] : undefined;
  return lookup ? ask(lookup) : [];
}

/** The words that may stand in the place of the last one, which may be begun. */
export async function candidatesFor(program: Command, words: readonly string[], ask: Ask): Promise<readonly Candidate[]> {
  const partial = words.at(-1) ?? "";
  const all = await allOf(placeOf(program, words.slice(0, -1)), partial, ask);
  return all.filter(({ word }) => word.startsWith(partial));
}
