import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { LongarmError } from "@longarm/shared";
import type { ObservedAnswer } from "./http/api.ts";
import { limitNames } from "./http/limits.ts";
import type { SandboxOptions } from "./options.ts";
import { startSandbox } from "./start.ts";

/** The sandbox's options as a command line gives them. */
export interface SandboxArguments {
  readonly port?: string | number | undefined;
  readonly host?: string | undefined;
  readonly users?: string | number | undefined;
  readonly seed?: string | number | undefined;
  readonly statuses?: string | undefined;
  readonly token?: string | undefined;
  readonly limits?: string | undefined;
  readonly limitWindowMs?: string | number | undefined;
  readonly indexLagMs?: string | number | undefined;
  readonly transitionMs?: string | number | undefined;
}

function wholeNumber(name: string, given: string | number | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new LongarmError("invalid_configuration", `--${name} must be a whole number, not "${given}".`);
}

function oneOf<T extends string>(name: string, given: string | undefined, choices: readonly T[]): T | undefined {
  const found = choices.find((choice) => choice === given);
  if (given === undefined || found) return found;
  throw new LongarmError("invalid_configuration", `--${name} must be one of ${choices.join(", ")}, not "${given}".`);
}

/** Reads command-line options; a bad value throws `invalid_configuration`. */
export function readOptions(given: SandboxArguments): SandboxOptions {
  const options = {
    port: wholeNumber("port", given.port),
    host: given.host,
    users: wholeNumber("users", given.users),
    seed: wholeNumber("seed", given.seed),
    statuses: oneOf("statuses", given.statuses, ["active", "mixed"]),
    token: given.token,
    limits: oneOf("limits", given.limits, limitNames),
    limitWindowMs: wholeNumber("limit-window-ms", given.limitWindowMs),
    indexLagMs: wholeNumber("index-lag-ms", given.indexLagMs),
    transitionMs: wholeNumber("transition-ms", given.transitionMs),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/**
 * For this project's own tests, whose commands start sandboxes in processes of their own: the file of a module whose `observe` is told
 * every answer, and which ends the process when one is not as Okta's are.
 */
const observerVariable = "LONGARM_SANDBOX_OBSERVER";

async function observer(): Promise<Pick<SandboxOptions, "onAnswer">> {
  const file = process.env[observerVariable];
  if (!file) return {};
  const { observe } = (await import(pathToFileURL(file).href)) as { readonly observe: (answer: ObservedAnswer) => void };
  return { onAnswer: observe };
}

/** Runs a sandbox until the signal is aborted; `onReady` gets its address and token once it answers. */
export async function runSandbox(
  given: SandboxArguments,
  signal: AbortSignal,
  onReady: (ready: { url: string; token: string }) => void = writeReady,
): Promise<void> {
  const sandbox = await startSandbox({ ...readOptions(given), ...(await observer()) });
  onReady({ url: sandbox.url, token: sandbox.token });
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  await sandbox.close();
}

function writeReady({ url, token }: { url: string; token: string }): void {
  process.stdout.write(`${JSON.stringify({ ready: true, url, token })}\n`);
}

const text = { type: "string" } as const;

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stop.abort());
  try {
    const options = {
      port: text,
      host: text,
      users: text,
      seed: text,
      statuses: text,
      token: text,
      limits: text,
      "limit-window-ms": text,
      "index-lag-ms": text,
      "transition-ms": text,
    };
    const { values } = parseArgs({ options, strict: true });
    const renamed = {
      limitWindowMs: values["limit-window-ms"],
      indexLagMs: values["index-lag-ms"],
      transitionMs: values["transition-ms"],
    };
    await runSandbox({ ...values, ...renamed }, stop.signal);
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main();
