import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { LongarmError } from "@longarm/shared";
import type { FlowDetails, FlowSummary } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { copied, type FlowSource } from "../flow-files/copied.ts";
import { readFlowName } from "../flow-files/flow-name.ts";
import { folderOf, writeIfAbsent, writeNew } from "../flow-files/folder.ts";
import { flowText, packageText, testText, tsconfigText } from "../flow-files/templates.ts";
import { shellWord } from "../print/shell-word.ts";
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

interface FolderOptions {
  readonly directory?: string;
}

/** What is said of files that were written. */
async function tell(
  { shell, options }: Invocation,
  told: { readonly name: string; readonly files: readonly string[]; readonly next: string },
): Promise<void> {
  if (options.json) return shell.json(told);
  await shell.write(`${told.files.map((file) => `wrote ${file}\n`).join("")}\n${told.next}\n`);
}

function nextSteps(name: string, folder: string): string {
  return [
    `Next: longarm flows test --directory ${shellWord(folder)}`,
    `Then start the controller with flows.directory: ${folder} (LONGARM_FLOWS_DIRECTORY; \`longarm up\` takes <data>/flows by itself)`,
    `and: longarm run ${name}`,
  ].join("\n");
}

/** What editors go by, once for a folder. */
async function furnish(folder: string): Promise<readonly string[]> {
  const { kitTypes } = await import("@longarm/controller/main");
  const files: readonly (readonly [string, string])[] = [
    ["package.json", packageText],
    ["tsconfig.json", tsconfigText(kitTypes())],
  ];
  return files.flatMap(([name, text]) => (writeIfAbsent(folder, name, text) ? [join(folder, name)] : []));
}

async function make(invocation: Invocation<FolderOptions>): Promise<void> {
  const {
    shell,
    options,
    arguments: [given = ""],
  } = invocation;
  const own = readFlowName(given);
  const folder = folderOf(options, shell.environment);
  const files = [writeNew(folder, `${own.file}.ts`, flowText(own)), writeNew(folder, `${own.file}.test.ts`, testText(own))];
  await tell(invocation, { name: own.name, files: [...files, ...(await furnish(folder))], next: nextSteps(own.name, folder) });
}

async function copy(invocation: Invocation<FolderOptions>): Promise<void> {
  const {
    shell,
    options,
    api,
    arguments: [name = "", given = `own.${name.split(".").slice(1).join(".")}`],
  } = invocation;
  const own = readFlowName(given);
  const folder = folderOf(options, shell.environment);
  const source = await api.get<FlowSource>(`/v1/flows/${encodeURIComponent(name)}/source`);
  const file = writeNew(folder, `${own.file}.ts`, copied(source, own));
  await tell(invocation, { name: own.name, files: [file, ...(await furnish(folder))], next: nextSteps(own.name, folder) });
}

/** Node's own test runner, which finds the kit without node_modules. */
async function test({ shell, options }: Invocation<FolderOptions>): Promise<ExitCode> {
  const folder = folderOf(options, shell.environment);
  const { kitRegistration } = await import("@longarm/controller/main");
  const files = globSync("*.test.{ts,mts,js,mjs}", { cwd: folder }).map((file) => join(folder, file));
  if (files.length === 0)
    throw new LongarmError("invalid_usage", `${folder} holds no tests; \`longarm flows new NAME\` makes a flow with one.`);
  const child = spawn(process.execPath, ["--import", kitRegistration, "--test", ...files], { stdio: "inherit", signal: shell.signal });
  const [code] = (await once(child, "exit")) as [number | null];
  return code === 0 ? exitCodes.success : exitCodes.failed;
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
  const folder = (below: Command): Command =>
    below.option("--directory <dir>", "the folder of flows (LONGARM_FLOWS_DIRECTORY; default <data>/flows)");
  does<FolderOptions>(
    folder(command.command("new").description("write a flow of your own, and a test, to be changed")).argument(
      "<name>",
      "such as acme.user.welcome, or welcome for own.flow.welcome",
    ),
    shell,
    make,
  );
  does<FolderOptions>(
    folder(command.command("copy").description("write a spoke's flow as one of your own, to be changed"))
      .argument("<flow>", "a flow that comes with a spoke, such as okta.flow.onboardUser")
      .argument("[name]", "its new name; default own.flow.…"),
    shell,
    copy,
  );
  does<FolderOptions>(folder(command.command("test").description("run the tests of the folder of flows")), shell, test);
};
