import type { Explanation } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { readSelector } from "../input/selector.ts";
import { plainLine } from "../print/plain.ts";

async function select({ shell, options, api, arguments: [text = ""] }: Invocation<{ connection?: string }>): Promise<void> {
  const { connection } = options;
  const body = { selector: readSelector(text), ...(connection !== undefined && { connection }) };
  const explained = await api.post<Explanation>("/v1/selectors/explain", { body });
  if (options.json) return shell.json(explained);
  const { selector, matched, total, agents } = explained;
  await shell.write(`${shell.look("bold", plainLine(selector))}\n${matched} of ${total} agents ${matched === 1 ? "matches" : "match"}\n`);
  if (total === 0) return;
  const rows = agents.map(({ agent, matched: isMatch, failed, because }) => [
    isMatch ? "✓" : "✗",
    agent.name,
    agent.state,
    failed ?? "",
    because ?? "",
  ]);
  const look = (cell: string, column: number): string => (column === 0 ? shell.look(cell.startsWith("✓") ? "green" : "red", cell) : cell);
  await shell.write("\n");
  await shell.table(["", "AGENT", "STATE", "FAILED CONDITION", "BECAUSE"], rows, look);
}

/** `longarm select SELECTOR`. */
export const registerSelect: Registration = (program, shell) => {
  const command = program
    .command("select")
    .description("tell which agents a selector matches, and for the others which condition failed")
    .argument("<selector>", `CEL such as "labels.site == 'hq'", or a short form such as '{"pool": "blue"}'`)
    .option("-c, --connection <name>", "evaluate for this connection");
  does<{ connection?: string }>(command, shell, select);
};
