import { parseArgs } from "node:util";
import { LongarmError } from "@longarm/shared";
import { loadAgentConfiguration } from "./configuration.ts";
import { runAgent } from "./run-agent.ts";

export { runAgent } from "./run-agent.ts";

const usage = "Usage: longarm agent [--config FILE] [--print-config]\n";

/** The process: `--config FILE`; the first SIGTERM or SIGINT drains, the second ends at once. Resolves with the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { config: { type: "string" }, "print-config": { type: "boolean" }, help: { type: "boolean" } },
    });
    if (values.help) return write(process.stdout, usage, 0);
    const { value, printable } = loadAgentConfiguration(values.config, process.env);
    if (values["print-config"]) return write(process.stdout, `${JSON.stringify(printable, null, 2)}\n`, 0);
    const { drain, abort } = stopSignals();
    await runAgent(value, drain, { abort, onReady: (ready) => write(process.stdout, `${JSON.stringify({ ready: true, ...ready })}\n`, 0) });
    return 0;
  } catch (reason) {
    const isUsage = reason instanceof TypeError && String((reason as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
    if (isUsage) return write(process.stderr, `${reason.message}\n${usage}`, 2);
    const { code, message } = LongarmError.from(reason);
    return write(process.stderr, `${code}: ${message}\n`, code === "invalid_configuration" ? 2 : 3);
  }
}

function write(stream: NodeJS.WriteStream, text: string, exitCode: number): number {
  stream.write(text);
  return exitCode;
}

function stopSignals(): { drain: AbortSignal; abort: AbortSignal } {
  const drain = new AbortController();
  const abort = new AbortController();
  const stop = (): void => (drain.signal.aborted ? abort : drain).abort();
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  return { drain: drain.signal, abort: abort.signal };
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
