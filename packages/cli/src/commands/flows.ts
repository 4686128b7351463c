import type { FlowDetails, FlowSummary } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { writeFacts } from "../print/facts.ts";
import { plainLine } from "../print/plain.ts";
import { writeFields } from "../print/write-fields.ts";

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ flows: readonly FlowSummary[] }>("/v1/flows");
  if (options.json) return shell.json(answer);
  const rows = answer.flows.map(({ name, version, title }) => [name, String(version), title]);
  await shell.table(["FLOW", "VERSION", "TITLE"], rows);
}

async function show({ shell, options, api, arguments: [name = ""] }: Invocation): Promise<void> {
  const flow = await api.get<FlowDetails>(`/v1/flows/${encodeURIComponent(name)}`);
  if (options.json) return shell.json(flow);
  await shell.write(`${shell.look("bold", flow.name)}  ${plainLine(flow.title)}\n${plainLine(flow.summary)}\n\n`);
  await writeFacts(shell, [
    ["version", String(flow.version)],
    ["run it", `longarm run ${flow.name}`],
  ]);
  await writeFields(shell, "Input (* required)", flow.input);
  await writeFields(shell, "Output", flow.output);
}

/** `longarm flows`. */
export const registerFlows: Registration = (program, shell) => {
  const command = program.command("flows").description("compositions of actions, each step of which survives a restart");
  does(command.command("ls", { isDefault: true }).description("list them"), shell, list);
  does(
    command.command("show").description("show a flow's fields").argument("<name>", "a flow, as `longarm flows ls` lists it"),
    shell,
    show,
  );
};
