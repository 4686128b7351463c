import type { Secret } from "@longarm/shared";
import { does, type Registration } from "../command.ts";
import { stopSignals } from "../stop-signals.ts";

interface Options {
  readonly config?: string;
  readonly printConfig?: boolean;
}

/** Shown to a person, once; a program has the administrator's key in its file. */
function firstLogin(code: Secret | undefined): string {
  return code ? `First start; the administrator's one-time login, for 15 minutes: longarm login ${code.reveal()}\n` : "";
}

/** `longarm controller --config FILE`. */
export const registerController: Registration = (program, shell) => {
  const command = program
    .command("controller")
    .description("run a controller in this process")
    .option("--config <file>", "its configuration, YAML or JSON (each key also as LONGARM_<PATH>)")
    .option("--print-config", "show the effective configuration, redacted, and end");
  does<Options>(command, shell, async ({ options }) => {
    const { readControllerConfiguration, runController } = await import("@longarm/controller/main");
    const defaults = options.data === undefined ? {} : { defaults: { data: options.data } };
    const { value, printable } = readControllerConfiguration({
      ...(options.config !== undefined && { file: options.config }),
      ...defaults,
    });
    if (options.printConfig) return shell.json(printable);
    await runController(value, stopSignals(shell).stop, ({ id, url, agentUrls, administratorKeyFile, loginCode }) => {
      const ready = { ready: true, id, url, agentUrls, administratorKeyFile };
      void shell.write(
        options.json
          ? `${JSON.stringify(ready)}\n`
          : `Controller ${id} serves ${url} (reference page: ${url}/docs); agents connect to ${agentUrls.join(", ")}\n${firstLogin(loginCode)}`,
      );
    });
  });
};
