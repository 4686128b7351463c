import { does, type Registration } from "../command.ts";
import { stopSignals } from "../stop-signals.ts";

interface Options {
  readonly port?: string;
  readonly host?: string;
  readonly users?: string;
  readonly seed?: string;
  readonly statuses?: string;
  readonly limits?: string;
  readonly limitWindowMs?: string;
  readonly indexLagMs?: string;
  readonly transitionMs?: string;
}

/** `longarm sandbox --port N`. */
export const registerSandbox: Registration = (program, shell) => {
  const command = program
    .command("sandbox")
    .description("run a simulated Okta org in this process")
    .option("--port <n>", "where it listens; 0 or absent: any free port")
    .option("--host <address>", "the address it listens at (default 127.0.0.1)")
    .option("--users <n>", "how many users it has")
    .option("--seed <n>", "from which number they are made: the same number, the same users")
    .option("--statuses <which>", "active: every user is; mixed: seven of every hundred are not, and there is an event hook")
    .option("--limits <plan>", "rate limits as the plan has them: free, workforce (the default) or off")
    .option("--limit-window-ms <ms>", "how long a window of its rate limits is (default 60000)")
    .option("--index-lag-ms <ms>", "how long `search` shows the state before a change (default 250)")
    .option("--transition-ms <ms>", "how long an activation, a deactivation and a deletion take (default 0)");
  does<Options>(command, shell, async ({ options }) => {
    const { runSandbox } = await import("@longarm/sandbox/main");
    const { port, host, token, users, seed, statuses, limits, limitWindowMs, indexLagMs, transitionMs } = options;
    const given = { port, host, token, users, seed, statuses, limits, limitWindowMs, indexLagMs, transitionMs };
    await runSandbox(given, stopSignals(shell).stop, ({ url, token }) => {
      void shell.write(
        options.json
          ? `${JSON.stringify({ ready: true, url, token })}\n`
          : `Sandbox org at ${url} (SSWS token of this simulation: ${token})\n`,
      );
    });
  });
};
