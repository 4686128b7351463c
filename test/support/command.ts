import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { runCommandLine } from "../../packages/cli/src/command-line.ts";
import { runProcess } from "./processes.ts";
import { type ScriptedController, withScriptedController } from "./scripted-controller.ts";

/** How a command ended and what it said. */
export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Piped into its standard input; absent: there is none. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Within this process only: its standard output is a terminal. */
  readonly isTerminal?: boolean;
}

export type RunCommand = (words: readonly string[], options?: CommandOptions) => Promise<CommandEnd>;

// Where all tests are run it is bundled once: hundreds of processes start in half the time.
const launcher = process.env["LONGARM_TEST_PROGRAM"] ?? fileURLToPath(new URL("../../packages/cli/bin/longarm.mjs", import.meta.url));

/** Nothing of what the one who runs the tests has set; the answers of sandboxes are checked. */
export const bareEnvironment = {
  LONGARM_URL: undefined,
  LONGARM_TOKEN: undefined,
  LONGARM_DATA: undefined,
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  LONGARM_SANDBOX_OBSERVER: fileURLToPath(new URL("sandbox-observer.ts", import.meta.url)),
};

/** How the command is started, for tests that watch it as it runs. */
export function commandLine(words: readonly string[]): { readonly command: string; readonly args: readonly string[] } {
  return { command: process.execPath, args: [launcher, ...words] };
}

/** Runs `longarm` as a process of its own. */
export const longarm: RunCommand = async (words, { input, env, cwd } = {}) => {
  const given = { ...(input !== undefined && { input }), ...(cwd !== undefined && { cwd }) };
  const { code, stdout, stderr } = await runProcess({ ...commandLine(words), ...given, env: { ...bareEnvironment, ...env } });
  return { code, stdout, stderr };
};

function recorder(): { readonly stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/** Runs the same command line within this process: ten times as fast, all but the process itself. */
export const inProcess: RunCommand = async (words, { input, env = {}, isTerminal = false } = {}) => {
  const [stdout, stderr] = [recorder(), recorder()];
  const stdin = Readable.from(input === undefined ? [] : [Buffer.from(input)]);
  const code = await runCommandLine(words, {
    stdin,
    stdout: Object.assign(stdout.stream, { isTTY: isTerminal }),
    stderr: stderr.stream,
    environment: env,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
};

/** A scripted controller and the command, which knows its address and its key: `run` within this process, `spawn` as one of its own. */
export async function withCommand(
  body: (of: { readonly controller: ScriptedController; readonly run: RunCommand; readonly spawn: RunCommand }) => Promise<void>,
): Promise<void> {
  await withScriptedController(async (controller) => {
    const known = { LONGARM_URL: controller.url, LONGARM_TOKEN: controller.token };
    const by =
      (command: RunCommand): RunCommand =>
      (words, options = {}) =>
        command(words, { ...options, env: { ...known, ...options.env } });
    await body({ controller, run: by(inProcess), spawn: by(longarm) });
  });
}
