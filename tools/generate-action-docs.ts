/**
 * `node tools/generate-action-docs.ts`: prints `docs/ACTIONS.md` from the catalogue. After a change of an action:
 * `node tools/generate-action-docs.ts > docs/ACTIONS.md`.
 */
import { exampleCommand } from "../packages/cli/src/commands/actions.ts";
import type { Schema } from "../packages/cli/src/api/types.ts";
import { fieldsOf } from "../packages/cli/src/print/schema-fields.ts";
import { okta } from "../packages/okta/src/index.ts";
import { createCatalogue, type AnyDefinition } from "../packages/spoke/src/index.ts";

const effects = {
  read: "changes nothing",
  converge: "brings about a state",
  create: "creates",
  once: "sent at most once by itself",
} as const;

const head = `# Actions

Everything that Longarm does with an Okta org, from the definitions themselves: \`node tools/generate-action-docs.ts > docs/ACTIONS.md\`.
A test compares this page with the code; \`longarm actions NAME\` shows the same. Examples run as they stand against
\`longarm up --sandbox\` after its start, each by itself; one that follows the log ends when something happens.

An action of the class **read** changes nothing and is repeated freely; **converge** brings about a state and is repeated after a look at
it; **create** is read back first when its outcome is unknown; **once** is sent at most once by itself.
`;

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function table(title: string, schema: Schema): string {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return `${title}: none.\n`;
  const rows = fields.map(({ path, type, required, note }) => `| \`${path}\`${required ? " \\*" : ""} | ${cell(type)} | ${cell(note)} |`);
  return `| ${title} | type | |\n|---|---|---|\n${rows.join("\n")}\n`;
}

function anchor(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}

function section(definition: AnyDefinition): string {
  const { name, title, summary, kind, effect, destructive, scopes, docs, examples } = definition;
  const facts = [
    `**${effect}** (${effects[effect]})${destructive ? ", destructive" : ""}`,
    ...(kind === "stream" ? ["a stream"] : []),
    `scopes ${scopes.map((scope) => `\`${scope}\``).join(", ")}`,
    `[Okta's page](${docs})`,
  ];
  const output = kind === "stream" ? table("each item", definition.item as Schema) : table("output", definition.output as Schema);
  const commands = examples.map((example) => `# ${example.title}\n${exampleCommand(name, example.input)}`).join("\n");
  return [
    `### ${name}`,
    `${title}: ${summary}`,
    facts.join(" · "),
    table("input (\\* required)", definition.input as Schema),
    output,
    `\`\`\`sh\n${commands}\n\`\`\``,
  ].join("\n\n");
}

/** The whole page, with its last newline. */
export function actionPage(): string {
  const all = createCatalogue([okta]).list();
  const categories = Map.groupBy(all, ({ category }) => category);
  const index = [...categories].map(([category, definitions]) => {
    const rows = definitions.map(({ name, title, effect }) => `| [\`${name}\`](#${anchor(name)}) | ${title} | ${effect} |`);
    return `## ${category}\n\n| action | | class |\n|---|---|---|\n${rows.join("\n")}\n\n${definitions.map(section).join("\n\n")}`;
  });
  return `${head}\n${all.length} actions and streams.\n\n${index.join("\n\n")}\n`.replaceAll(/\n{3,}/g, "\n\n");
}

if (import.meta.main) process.stdout.write(actionPage());
