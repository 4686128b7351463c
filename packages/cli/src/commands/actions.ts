import type { ActionDetails, ActionSummary } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { writeFacts } from "../print/facts.ts";
import { plainLine } from "../print/plain.ts";
import { shellWord } from "../print/shell-word.ts";
import { writeFields } from "../print/write-fields.ts";

/** The command that runs an example as it is printed. */
export function exampleCommand(name: string, input: unknown): string {
  const isEmpty = typeof input === "object" && input !== null && Object.keys(input).length === 0;
  return isEmpty ? `longarm run ${name}` : `longarm run ${name} --input ${shellWord(JSON.stringify(input))}`;
}

const explainedEffects = {
  read: "changes nothing; repeated freely",
  converge: "brings about a state; repeated after reading it",
  create: "creates; after an unknown outcome it is read back first",
  once: "sent at most once automatically",
} as const;

async function show({ shell, options, api }: Invocation, name: string): Promise<void> {
  const action = await api.get<ActionDetails>(`/v1/actions/${encodeURIComponent(name)}`);
  if (options.json) return shell.json(action);
  await shell.write(`${shell.look("bold", action.name)}  ${plainLine(action.title)}\n${plainLine(action.summary)}\n\n`);
  await writeFacts(shell, [
    ["kind", action.kind],
    ["effect", `${action.effect}${action.destructive ? ", destructive" : ""} (${explainedEffects[action.effect]})`],
    ["scopes", action.scopes.join(", ") || "none"],
    ["docs", action.docs],
  ]);
  await writeFields(shell, "Input (* required)", action.input);
  await writeFields(shell, "Output", action.output);
  await writeFields(shell, "Each item", action.item);
  if (action.examples.length > 0) await shell.write(`\n${shell.look("bold", "Examples")}\n`);
  for (const { title, input } of action.examples) await shell.write(`  # ${plainLine(title)}\n  ${exampleCommand(action.name, input)}\n`);
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ actions: readonly ActionSummary[] }>("/v1/actions");
  if (options.json) return shell.json(answer);
  const rows = answer.actions.map(({ name, kind, effect, title }) => [name, kind, effect, title]);
  await shell.table(["ACTION", "KIND", "EFFECT", "TITLE"], rows);
}

/** `longarm actions [NAME]`. */
export const registerActions: Registration = (program, shell) => {
  const command = program
    .command("actions")
    .description("list the catalogue; with a name show its fields, scopes, effect and examples")
    .argument("[name]", "an action or a stream");
  does(command, shell, async (invocation) => {
    const [name] = invocation.arguments;
    await (name === undefined ? list(invocation) : show(invocation, name));
  });
};
