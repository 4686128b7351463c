import { runCommandLine } from "./command-line.ts";

// A reader that has seen enough (`longarm runs ls | head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

const { stdin, stdout, stderr, env: environment } = process;

process.exitCode = await runCommandLine(process.argv.slice(2), { stdin, stdout, stderr, environment }, (shell) => {
  // The second time the process ends by the signal itself.
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => shell.interrupt());
});
