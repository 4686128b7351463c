import { LongarmError } from "@longarm/shared";

/** What a process of the local set is told to be. */
export type ChildRole =
  | { readonly role: "controller"; readonly defaults: Readonly<Record<string, unknown>> }
  | { readonly role: "agent"; readonly file: string }
  | { readonly role: "sandbox"; readonly options: Readonly<Record<string, string | number>> };

/** What it answers once it serves, or when it cannot. */
export type ChildMessage =
  | { readonly kind: "ready"; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly kind: "failed"; readonly code: string; readonly message: string };

const stopWithinMs = 15_000;

/** One process of the local set: becomes what its parent's first message says, and ends with its parent. */
async function main(): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  // The parent is gone, however it ended: nobody else would stop this process any more, or end it when it does not stop.
  process.once("disconnect", () => {
    stop();
    setTimeout(() => process.kill(process.pid, "SIGKILL"), stopWithinMs).unref();
  });
  process.once("SIGTERM", stop);
  process.once("SIGINT", () => undefined);
  const told = await new Promise<ChildRole>((resolve) => process.once("message", (message) => resolve(message as ChildRole)));
  try {
    await become(told, stopping.signal);
    if (process.connected) process.disconnect();
  } catch (reason) {
    const { code, message } = LongarmError.from(reason);
    tell({ kind: "failed", code, message });
    process.exitCode = 1;
    if (process.connected) process.disconnect();
  }
}

async function become(told: ChildRole, signal: AbortSignal): Promise<void> {
  const ready = (facts: object): void => tell({ kind: "ready", facts: { ...facts } });
  switch (told.role) {
    case "controller": {
      const { readControllerConfiguration, runController } = await import("@longarm/controller/main");
      const { value } = readControllerConfiguration({ defaults: told.defaults });
      return runController(value, signal, ({ id, url, agentUrls, administratorKeyFile, loginCode }) =>
        ready({ id, url, agentUrls, administratorKeyFile, ...(loginCode && { loginCode: loginCode.reveal() }) }),
      );
    }
    case "agent": {
      const { loadAgentConfiguration, runAgent } = await import("@longarm/agent");
      return runAgent(loadAgentConfiguration(told.file, {}).value, signal, { onReady: ready });
    }
    case "sandbox": {
      const { runSandbox } = await import("@longarm/sandbox/main");
      return runSandbox(told.options, signal, ready);
    }
  }
}

function tell(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

await main();
