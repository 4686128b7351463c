import { LongarmError } from "@longarm/shared";
import { ApiClient } from "../api/api-client.ts";
import type { Readiness } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { collectBundle, writeBundle } from "../doctor/bundle.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly sentence: string;
}

async function attempt(check: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, sentence: await work() };
  } catch (reason) {
    return { check, ok: false, sentence: LongarmError.from(reason).message };
  }
}

async function readiness(api: ApiClient): Promise<Finding[]> {
  const { body } = await api.ask<Readiness>("GET", "/readyz", { accept: [503] });
  return Object.entries(body.checks).map(([check, { ok, sentence }]) => ({ check, ok, sentence }));
}

async function examine({ findController }: Invocation<DoctorOptions>): Promise<Finding[]> {
  const findings: Finding[] = [];
  const address = await attempt("address", async () => {
    const { url, from } = findController();
    return `${url}, from ${from}`;
  });
  findings.push(address);
  if (!address.ok) return findings;
  const api = new ApiClient(findController());
  const health = await attempt("controller", async () => `version ${(await api.get<{ version: string }>("/healthz")).version} answers`);
  findings.push(health);
  if (!health.ok) return findings;
  const key = await attempt("API key", async () => {
    if (!api.hasToken) throw new LongarmError("unauthorized", "None is known: give one with --token @FILE or LONGARM_TOKEN.");
    await api.get("/v1/runs?limit=1");
    return "is accepted";
  });
  return [...findings, key, ...(await readiness(api))];
}

interface DoctorOptions {
  readonly bundle?: string;
}

/** Shows what goes into a bundle before it is written, so that nobody hands on what they have not seen named. */
async function bundle(
  { shell, findController }: Invocation<DoctorOptions>,
  directory: string,
  findings: readonly Finding[],
): Promise<void> {
  const isFound = findings.every(({ check, ok }) => check !== "address" || ok);
  const parts = await collectBundle(isFound ? new ApiClient(findController()) : undefined, findings, new Date());
  shell.note(`${directory} will hold:`);
  for (const { file, about, text } of parts)
    shell.note(`  ${file.padEnd(18)} ${String(Buffer.byteLength(text)).padStart(7)} bytes  ${about}`);
  shell.note("No secret, no body, no input or output, no log. Read it before you hand it on.");
  writeBundle(directory, parts);
}

async function doctor(invocation: Invocation<DoctorOptions>): Promise<ExitCode> {
  const { shell, options } = invocation;
  const findings = await examine(invocation);
  if (options.bundle !== undefined) await bundle(invocation, options.bundle, findings);
  const isWell = findings.every((finding) => finding.ok);
  if (options.json) await shell.json({ ok: isWell, findings });
  else {
    const look = (cell: string, column: number): string => (column === 0 ? shell.look(cell.trim() === "ok" ? "green" : "red", cell) : cell);
    const rows = findings.map(({ check, ok, sentence }) => [ok ? "ok" : "fault", check, sentence]);
    await shell.table(["", "CHECK", "FOUND"], rows, look);
  }
  return isWell ? exitCodes.success : exitCodes.unreachable;
}

/** `longarm doctor`. */
export const registerDoctor: Registration = (program, shell) => {
  const command = program
    .command("doctor")
    .description("check the way to the controller, the API key and what the controller stands on")
    .option("--bundle <directory>", "also write a support bundle into a new directory, after showing what it contains");
  does<DoctorOptions>(command, shell, doctor);
};
