import type { Counts, Step } from "@longarm/sync/apply";
import { counted } from "../print/counted.ts";
import { exactText, plainLine } from "../print/plain.ts";
import type { Shell } from "../shell.ts";
import { blocksOf, type StoredPlan } from "./plan-file.ts";

const shownUsers = 20;
const shownFaults = 10;

type Sign = "+" | "~" | "-";
type Kind = Exclude<keyof Counts, "changed">;

const kinds: readonly (readonly [kind: Kind, sign: Sign, words: string])[] = [
  ["create", "+", "to create"],
  ["update", "~", "to update"],
  ["activate", "+", "to activate"],
  ["unsuspend", "+", "to unsuspend"],
  ["suspend", "-", "to suspend"],
  ["deactivate", "-", "to deactivate"],
  ["add", "+", "to add to groups"],
  ["remove", "-", "to remove from groups"],
];

const looks = { "+": "green", "~": "yellow", "-": "red" } as const;

type Colours = Pick<Shell, "look">;

/** A plan for people: what it comes to, the first of its users one by one, and what stands against it. */
export function shownPlan(plan: StoredPlan, shell: Colours): string {
  const { rows, unchanged, faults, scopeUsers, source, map, connection, counts, steps } = plan;
  const head = `${plainLine(source.file)} by ${plainLine(map.file)}, for the connection ${connection}\n`;
  const wrong = new Set(faults.flatMap(({ row }) => row ?? [])).size;
  const told = `  ${counted(rows, "row")}: ${unchanged.toLocaleString("en")} as they should be, ${wrong.toLocaleString("en")} with faults; ${counted(scopeUsers, "user")} in the scope\n`;
  const lines = kinds
    .filter(([kind]) => counts[kind] > 0)
    .map(([kind, sign, words]) => `  ${shell.look(looks[sign], sign)} ${counts[kind].toLocaleString("en")} ${words}\n`);
  const nothing = steps.length === 0 ? "  Nothing is to be done.\n" : "";
  return [head, told, ...lines, nothing, ...shownSteps(steps, shell), ...faultLines(plan, shell), ...blockLines(plan, shell)].join("");
}

function shownSteps(steps: readonly Step[], shell: Colours): readonly string[] {
  const users = [...Map.groupBy(steps, ({ user }) => user.toLowerCase()).values()];
  const more = users.length - shownUsers;
  return [
    ...(users.length > 0 ? ["\n"] : []),
    ...users.slice(0, shownUsers).map((own) => userText(own, shell)),
    ...(more > 0 ? [`  … and ${counted(more, "more user")}\n`] : []),
  ];
}

function userText(steps: readonly Step[], shell: Colours): string {
  const [first] = steps;
  if (!first) return "";
  const from = first.row === null ? "gone from the file" : `line ${first.row}`;
  return [`${plainLine(first.user)} (${from})\n`, ...steps.flatMap((step) => stepLines(step).map((line) => coloured(line, shell)))].join(
    "",
  );
}

function coloured([sign, text]: readonly [Sign, string], shell: Colours): string {
  return `  ${shell.look(looks[sign], `${sign} ${text}`)}\n`;
}

function stepLines({ action, input, before = {}, group = "" }: Step): readonly (readonly [Sign, string])[] {
  switch (action) {
    case "okta.user.create":
      return [["+", `create ${fieldsText(input["profile"])}`]];
    case "okta.user.updateProfile":
      return Object.entries(before).map(([field, old]) => [
        "~",
        `${plainLine(field)}: ${valueText(old)} → ${valueText(newValue(input, field))}`,
      ]);
    case "okta.group.addUser":
      return [["+", `group ${plainLine(group)}`]];
    case "okta.group.removeUser":
      return [["-", `group ${plainLine(group)}`]];
    case "okta.user.activate":
    case "okta.user.unsuspend":
      return [["+", action.replace("okta.user.", "")]];
    case "okta.user.suspend":
    case "okta.user.deactivate":
      return [["-", action.replace("okta.user.", "")]];
  }
}

function newValue(input: Step["input"], field: string): unknown {
  const set = input["set"] as Readonly<Record<string, unknown>> | undefined;
  return set !== undefined && Object.hasOwn(set, field) ? set[field] : null;
}

function fieldsText(profile: unknown): string {
  return Object.entries(profile as object)
    .map(([field, value]: [string, unknown]) => `${plainLine(field)} ${valueText(value)}`)
    .join(", ");
}

function valueText(value: unknown): string {
  return value === null || value === undefined
    ? "(nothing)"
    : plainLine(typeof value === "string" ? JSON.stringify(value) : exactText(value));
}

function faultLines({ faults }: StoredPlan, shell: Colours): readonly string[] {
  if (faults.length === 0) return [];
  const more = faults.length - shownFaults;
  return [
    `\n${shell.look("yellow", `${counted(faults.length, "fault")}; these are left as they are:`)}\n`,
    ...faults.slice(0, shownFaults).map(({ row, message }) => `  ${row === null ? "" : `line ${row}: `}${plainLine(message)}\n`),
    ...(more > 0 ? [`  … and ${more.toLocaleString("en")} more\n`] : []),
  ];
}

function blockLines(plan: StoredPlan, shell: Colours): readonly string[] {
  return blocksOf(plan).map((sentence, at) => `${at === 0 ? "\n" : ""}${shell.look(["red", "bold"], "blocked")} ${sentence}\n`);
}
