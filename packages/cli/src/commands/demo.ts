import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { does, type Registration } from "../command.ts";
import { narrate, summaryTable, type StepResult } from "../demo/narrate.ts";
import { demoSteps } from "../demo/steps.ts";
import { exitCodes } from "../exit-code.ts";
import type { LocalSet } from "../local-set/local-set.ts";
import { sandboxUsers } from "../local-set/sandbox-org.ts";
import type { Shell } from "../shell.ts";

/** `longarm demo`: the main job on real parts, in a directory of its own that is gone afterwards. */
export const registerDemo: Registration = (program, shell) => {
  const command = program
    .command("demo")
    .description("show the main job on a broker, an org and two agents of its own; leaves nothing behind");
  does(command, shell, async ({ options }) => {
    const startedMs = performance.now();
    const results = await performDemo(shell);
    const ok = results.every((result) => result.ok);
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    shell.note(summaryTable(results));
    shell.note(ok ? `Every step did what it should, in ${seconds} s. Next: npm start` : "A step did not do what it should.");
    if (options.json) await shell.write(`${JSON.stringify({ ok, seconds: Number(seconds), steps: results })}\n`);
    return ok ? exitCodes.success : exitCodes.failed;
  });
};

async function performDemo(shell: Shell): Promise<readonly StepResult[]> {
  const { startLocalSet } = await import("../local-set/local-set.ts");
  const dataDirectory = await mkdtemp(join(tmpdir(), "longarm-demo-"));
  let set: LocalSet | undefined;
  try {
    const start = async (): Promise<LocalSet> => {
      set = await startLocalSet({ dataDirectory, port: 0, logLevel: "error", sandbox: { users: sandboxUsers, limits: "workforce" } });
      return set;
    };
    return await narrate(shell, demoSteps(start, shell));
  } finally {
    await set?.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}
