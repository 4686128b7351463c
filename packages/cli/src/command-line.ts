import { Command, CommanderError } from "commander";
import { LongarmError } from "@longarm/shared";
import { addCommonOptions } from "./command.ts";
import { registrations } from "./commands/index.ts";
import { type ExitCode, exitCodeOfError, exitCodes } from "./exit-code.ts";
import { reportFault } from "./print/fault.ts";
import { Shell, type Surroundings } from "./shell.ts";
import { version } from "./version.ts";

const helpAfter = `
Exit codes: 0 success · 1 the run failed · 2 wrong usage · 3 cannot reach or not allowed · 4 outcome unknown
Without --url the controller is the one that runs on the data directory.`;

function createProgram(shell: Shell, surroundings: Surroundings): Command {
  const program = new Command("longarm")
    .description("Typed operations against Okta, run here or through agents inside your networks.")
    .version(version, "-V, --version")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      writeErr: (text) => void surroundings.stderr.write(text),
      // A refusal is said by `reportFault`, in the form of every other one.
      outputError: () => undefined,
    })
    .addHelpText("after", helpAfter);
  addCommonOptions(program);
  for (const register of registrations) register(program, shell);
  return program;
}

/** A refusal of the command line in our words; help and version are none. */
function usageFault(reason: CommanderError): LongarmError | undefined {
  if (reason.exitCode === 0) return undefined;
  if (reason.code === "commander.help") return new LongarmError("invalid_usage", "A command is missing; the list stands above.");
  const [sentence = "", ...hints] = reason.message.replace(/^error: /, "").split("\n");
  const hint = hints.length > 0 ? ` ${hints.join(" ")}` : "";
  const whole = sentence.endsWith(".") ? sentence : `${sentence}.`;
  return new LongarmError("invalid_usage", `${whole.charAt(0).toUpperCase()}${whole.slice(1)}${hint}`);
}

function conclude(shell: Shell, reason: unknown, asJson: boolean): ExitCode {
  const isRefusal = reason instanceof LongarmError || reason instanceof CommanderError;
  if (shell.signal.aborted && !isRefusal) return exitCodes.interrupted;
  const error = reason instanceof CommanderError ? usageFault(reason) : LongarmError.from(reason);
  if (!error) return exitCodes.success;
  reportFault(shell, error, asJson);
  return exitCodeOfError(error.code);
}

/** Runs one command line and resolves with its exit code; nothing is thrown. */
export async function runCommandLine(
  words: readonly string[],
  surroundings: Surroundings,
  onShell?: (shell: Shell) => void,
): Promise<ExitCode> {
  const shell = new Shell(surroundings);
  onShell?.(shell);
  try {
    await createProgram(shell, surroundings).parseAsync([...words], { from: "user" });
    return shell.exitCode;
  } catch (reason) {
    return conclude(shell, reason, words.includes("--json"));
  }
}
