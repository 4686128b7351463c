import { LongarmError } from "@longarm/shared";
import { does, type Registration } from "../command.ts";
import { registerJournal } from "./agent-journal.ts";
import { registerPolicy } from "./agent-policy.ts";
import { readReferred } from "../input/read-text.ts";
import type { Shell } from "../shell.ts";
import { stopSignals } from "../stop-signals.ts";

interface Options {
  readonly config?: string;
  readonly join?: string;
  readonly pin?: string;
  readonly printConfig?: boolean;
}

/** The environment, with the token and the pin of the command line in it: they say how to join as the configuration's `join` would. */
async function withJoining(shell: Shell, { join, pin }: Options): Promise<Shell["environment"]> {
  if ((join === undefined) !== (pin === undefined))
    throw new LongarmError("invalid_usage", "--join and --pin belong together: the token alone would be shown to whoever answers.");
  if (join === undefined || pin === undefined) return shell.environment;
  if (!/^sha256:[0-9a-f]{64}$/.test(pin))
    throw new LongarmError(
      "invalid_usage",
      `--pin must be sha256: and 64 hexadecimal digits, as it was printed with the token (it is "${pin}").`,
    );
  const token = (await readReferred(shell, join, "The join token")) ?? join;
  return { ...shell.environment, LONGARM_JOIN_TOKEN: token.trim(), LONGARM_JOIN_PIN: pin };
}

/** `longarm agent --config FILE`, or `--join TOKEN --pin FINGERPRINT`; `longarm agent policy`; `longarm agent journal`. */
export const registerAgent: Registration = (program, shell) => {
  const command = program
    .command("agent")
    .description("run an agent in this process; the first SIGTERM lets open calls end, the second does not")
    .option("--config <file>", "its configuration, YAML or JSON")
    .option("--join <token>", 'join with this token, or with the one in @FILE or - (standard input); "longarm agents token" makes one')
    .option("--pin <fingerprint>", "of the installation's keys, printed with the token: nothing is sent to any other")
    .option("--print-config", "show the effective configuration, redacted, and end");
  does<Options>(command, shell, async ({ options }) => {
    const { loadAgentConfiguration, runAgent } = await import("@longarm/agent");
    const { value, printable } = loadAgentConfiguration(options.config, await withJoining(shell, options));
    if (options.printConfig) return shell.json(printable);
    const { stop, abort } = stopSignals(shell);
    const onReady = (ready: { readonly id: string; readonly name: string }): void => {
      void shell.write(options.json ? `${JSON.stringify({ ready: true, ...ready })}\n` : `Agent ${ready.name} (${ready.id}) is up\n`);
    };
    await runAgent(value, stop, { abort, onReady });
  });
  registerPolicy(command, shell);
  registerJournal(command, shell);
};
