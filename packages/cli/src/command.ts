import { Command, Option } from "commander";
import { ApiClient } from "./api/api-client.ts";
import { type FoundController, findController, withEnvironment } from "./api/find-controller.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Shell } from "./shell.ts";

/** What every command is told beside its own options. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly url?: string;
  readonly token?: string;
  readonly data?: string;
}

/** What a command's work is given. */
export interface Invocation<Options = object> {
  readonly shell: Shell;
  readonly options: Options & CommonOptions;
  readonly arguments: readonly string[];
  /** Finds the controller at its first use. */
  readonly api: ApiClient;
  /** The same with the place where the address was found. */
  findController(): FoundController;
}

/** Adds a noun's commands to the program. Adding one is a line in `commands/index.ts`. */
export type Registration = (program: Command, shell: Shell) => void;

/** Gives the common options to the program; commands below take them too. */
export function addCommonOptions(program: Command): Command {
  return program
    .addOption(new Option("--json", "print JSON for programs"))
    .addOption(new Option("--url <url>", "the controller's address (LONGARM_URL)"))
    .addOption(new Option("--token <token>", "API key, or @FILE that holds it (LONGARM_TOKEN)"))
    .addOption(new Option("--data <dir>", "data directory of a controller on this machine (LONGARM_DATA; default ./.longarm)"));
}

/** Sets what a command does; the exit code it returns, if any, becomes the process's. */
export function does<Options = object>(
  command: Command,
  shell: Shell,
  work: (invocation: Invocation<Options>) => Promise<ExitCode | void>,
): Command {
  return command.action(async () => {
    const options = command.optsWithGlobals<Options & CommonOptions>();
    const find = (): FoundController => findController(withEnvironment(options, shell.environment));
    let api: ApiClient | undefined;
    const invocation: Invocation<Options> = {
      shell,
      options,
      arguments: command.args,
      findController: find,
      get api() {
        api ??= new ApiClient(find());
        return api;
      },
    };
    const code = await work(invocation);
    if (code !== undefined) shell.exitCode = code;
  });
}

/** Gathers an option that may be given several times. */
export function gathered(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
