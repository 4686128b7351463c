import { does, type Registration } from "../command.ts";
import { registerPolicy } from "./agent-policy.ts";
import { stopSignals } from "../stop-signals.ts";

interface Options {
  readonly config?: string;
  readonly printConfig?: boolean;
}

/** `longarm agent --config FILE`, `longarm agent policy`. */
export const registerAgent: Registration = (program, shell) => {
  const command = program
    .command("agent")
    .description("run an agent in this process; the first SIGTERM lets open calls end, the second does not")
    .option("--config <file>", "its configuration, YAML or JSON")
    .option("--print-config", "show the effective configuration, redacted, and end");
  does<Options>(command, shell, async ({ options }) => {
    const { loadAgentConfiguration, runAgent } = await import("@longarm/agent");
    const { value, printable } = loadAgentConfiguration(options.config, shell.environment);
    if (options.printConfig) return shell.json(printable);
    const { stop, abort } = stopSignals(shell);
    const onReady = (ready: { readonly id: string; readonly name: string }): void => {
      void shell.write(options.json ? `${JSON.stringify({ ready: true, ...ready })}\n` : `Agent ${ready.name} (${ready.id}) is up\n`);
    };
    await runAgent(value, stop, { abort, onReady });
  });
  registerPolicy(command, shell);
};
