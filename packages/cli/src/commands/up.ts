import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { LongarmError } from "@longarm/shared";
import { logLevels } from "@longarm/shared/logger";
import { does, type Registration } from "../command.ts";
import type { LocalSet } from "../local-set/local-set.ts";
import { sandboxUsers } from "../local-set/sandbox-org.ts";
import { shellWord } from "../print/shell-word.ts";
import type { Shell } from "../shell.ts";

interface UpOptions {
  readonly sandbox?: boolean;
  readonly port: string;
  readonly users: string;
  readonly limits: string;
  readonly logLevel: string;
}

const defaultDirectory = ".longarm";

/** `longarm up`: controller and broker, and on request a sandbox org with two agents, until it is interrupted. */
export const registerUp: Registration = (program, shell) => {
  const command: Command = program
    .command("up")
    .description("start controller and broker on this machine, with --sandbox also a simulated org and two agents")
    .option("--sandbox", "also start a simulated org, the agents hq-1 and branch-1, and the connection `sandbox`")
    .option("--port <n>", "port of the HTTP API; 0 for any free one", "4180")
    .option("--users <n>", "users that the sandbox org starts with", String(sandboxUsers))
    .addOption(new Option("--limits <name>", "the sandbox org's rate limits").choices(["workforce", "free", "off"]).default("workforce"))
    .addOption(new Option("--log-level <level>", "what the processes log to stderr").choices(logLevels).default("warn"));
  does<UpOptions>(command, shell, async ({ options }) => {
    const starter = process.ppid;
    const { startLocalSet } = await import("../local-set/local-set.ts");
    const set = await startLocalSet({
      dataDirectory: options.data ?? shell.environment["LONGARM_DATA"] ?? defaultDirectory,
      port: wholeNumber("--port", options.port),
      logLevel: options.logLevel,
      ...(options.sandbox && { sandbox: { users: wholeNumber("--users", options.users), limits: options.limits } }),
    });
    try {
      await shell.write(options.json ? `${JSON.stringify(facts(set))}\n` : welcome(set, process.cwd()));
      const failure = await Promise.race([set.failed, interrupted(shell, starter)]);
      if (failure) throw failure;
    } finally {
      await set.stop();
    }
  });
};

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new LongarmError("invalid_usage", `${name} takes a whole number, not "${text}".`);
}

function interrupted(shell: Shell, starter: number): Promise<undefined> {
  if (shell.signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    shell.signal.addEventListener("abort", () => resolve(undefined), { once: true });
    if (shell.environment["npm_lifecycle_event"] !== undefined) whenOrphaned(starter, () => resolve(undefined));
  });
}

/** npm ends without telling what it started; whoever stops npm means this too. */
function whenOrphaned(parent: number, stop: () => void): void {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

function facts(set: LocalSet) {
  const { url, dataDirectory, administratorKeyFile, sandboxUrl } = set;
  return { url, docs: `${url}/docs`, dataDirectory, administratorKeyFile, sandboxUrl, agents: [...set.agents.keys()] };
}

const sandboxTries = [
  "run okta.user.get --set user=user000042@example.com",
  "run okta.user.get --set user=user000042@example.com --on \"labels.site == 'hq'\"",
  "select \"labels.site == 'hq'\" --connection sandbox",
] as const;

/** What is said once all is up in the directory `cwd`; its commands find the controller from another terminal. */
export function welcome(
  set: Pick<LocalSet, "url" | "dataDirectory" | "administratorKeyFile" | "loginCode" | "sandboxUrl" | "agents">,
  cwd: string,
): string {
  const at = set.dataDirectory === resolve(cwd, defaultDirectory) ? "" : ` --data ${shellWord(set.dataDirectory)}`;
  const lines = [
    "Longarm is up.",
    "",
    `  API and reference   ${set.url}/docs`,
    `  administrator's key ${set.administratorKeyFile}  (mode 600; the CLI finds it by itself)`,
    `  data directory      ${set.dataDirectory}`,
  ];
  if (set.sandboxUrl !== null) {
    lines.push(
      `  sandbox org         ${set.sandboxUrl}  (connection "sandbox")`,
      `  agents              ${[...set.agents.keys()].join(", ")}`,
    );
  }
  if (set.loginCode !== null) lines.push(`  one-time login      npx longarm login --url ${set.url} ${set.loginCode}  (15 minutes, once)`);
  const tries = set.sandboxUrl === null ? ["actions"] : sandboxTries;
  lines.push("", "Try, from this directory in another terminal:", ...tries.map((words) => `  npx longarm ${words}${at}`));
  return [...lines, "", "Ctrl-C stops everything.", ""].join("\n");
}
