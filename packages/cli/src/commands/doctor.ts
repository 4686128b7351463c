import { LongarmError } from "@longarm/shared";
import { ApiClient } from "../api/api-client.ts";
import type { Readiness } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
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

async function examine({ findController }: Invocation): Promise<Finding[]> {
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

async function doctor(invocation: Invocation): Promise<ExitCode> {
  const { shell, options } = invocation;
  const findings = await examine(invocation);
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
  does(
    program.command("doctor").description("check the way to the controller, the API key and what the controller stands on"),
    shell,
    doctor,
  );
};
