import type { Shell } from "./shell.ts";

/** The first signal asks a process to stop in order, the second to end at once. */
export function stopSignals(shell: Shell): { readonly stop: AbortSignal; readonly abort: AbortSignal } {
  const abort = new AbortController();
  shell.signal.addEventListener("abort", () => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => abort.abort());
  });
  return { stop: shell.signal, abort: abort.signal };
}
