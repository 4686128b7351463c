import { parseArgs } from "node:util";
import { LongarmError } from "@longarm/shared";
import { loadConfiguration } from "@longarm/shared/config";
import { controllerSchema, type ControllerConfiguration } from "./configuration.ts";
import { startController, type RunningController } from "./run-controller.ts";

export { type BrokerExport, type ExportedBroker, exportBroker, type KeysRotation, rotateKeysFile } from "./nats/broker/index.ts";
export { controllerSchema, type ControllerConfiguration } from "./configuration.ts";
export { kitRegistration, kitTypes } from "./flows/kit-place.ts";
export { readSignerConfiguration, rotateTrustFile, runSigner, type SignerConfiguration } from "./trust/run-signer.ts";
export { startController, type RunningController } from "./run-controller.ts";

/** Where the controller's configuration comes from: a file, the environment (`LONGARM_…`), and what the command line says. */
export interface ControllerSources {
  readonly file?: string;
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/** Reads and checks a controller's configuration; every fault is named at once. */
export function readControllerConfiguration(sources: ControllerSources) {
  return loadConfiguration({ schema: controllerSchema, environment: process.env, prefix: "LONGARM", ...sources });
}

/** Runs a controller until the signal is aborted; `onReady` is told once it serves. Throws when it cannot start or go on. */
export async function runController(
  configuration: ControllerConfiguration,
  signal: AbortSignal,
  onReady: (controller: RunningController) => void,
): Promise<void> {
  const controller = await startController(configuration, signal);
  onReady(controller);
  const aborted = new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
  const failure = signal.aborted ? undefined : await Promise.race([aborted, controller.failed]);
  if (failure === undefined) return controller.stop();
  // What does not close in order without its broker is not the news.
  await controller.stop().catch(() => undefined);
  throw new LongarmError("broker_unavailable", failure);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { config: { type: "string" } } });
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  try {
    const { value } = readControllerConfiguration(values.config === undefined ? {} : { file: values.config });
    await runController(value, stopping.signal, ({ id, url, agentUrls }) =>
      process.stdout.write(`${JSON.stringify({ ready: true, id, url, agentUrls })}\n`),
    );
  } catch (reason) {
    const { code, message } = LongarmError.from(reason);
    process.stderr.write(`error[${code}]: ${message}\n`);
    process.exitCode = 1;
  }
}
