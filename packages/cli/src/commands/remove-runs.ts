import { LongarmError } from "@longarm/shared";
import type { Invocation } from "../command.ts";
import { type ExitCode, exitCodeOfError, exitCodes } from "../exit-code.ts";
import { reportFault } from "../print/fault.ts";

/** Removes each of the runs that are named. One that cannot be removed keeps none of the others from it; the first such decides the exit code. */
export async function removeRuns({ shell, api, options, arguments: ids }: Invocation): Promise<ExitCode> {
  const removed: string[] = [];
  let code: ExitCode = exitCodes.success;
  for (const id of ids) {
    try {
      await api.ask("DELETE", `/v1/runs/${encodeURIComponent(id)}`);
      removed.push(id);
      if (!options.json) await shell.write(`${id} removed\n`);
    } catch (reason) {
      const error = LongarmError.from(reason);
      if (error.code === "controller_unreachable" || error.code === "unauthorized") throw error;
      reportFault(shell, error, options.json === true);
      if (code === exitCodes.success) code = exitCodeOfError(error.code);
    }
  }
  if (options.json) await shell.json({ removed });
  return code;
}
