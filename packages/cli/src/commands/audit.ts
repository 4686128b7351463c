import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { LongarmError } from "@longarm/shared";
import { type AuditFault, type AuditItem, type AuditReport, AuditVerifier } from "@longarm/shared/audit";
import type { AuditPage } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { counted } from "../print/counted.ts";
import { plainLine } from "../print/plain.ts";
import { shownTime } from "../print/times.ts";

const filters = ["since", "until", "principal", "what", "on", "limit", "cursor"] as const;
type ListOptions = { readonly [filter in (typeof filters)[number]]?: string };

async function list({ shell, options, api }: Invocation<ListOptions>): Promise<void> {
  const asked = filters.flatMap((name): [string, string][] => (options[name] === undefined ? [] : [[name, options[name]]]));
  const page = await api.get<AuditPage>(`/v1/audit?${new URLSearchParams(asked).toString()}`);
  if (options.json) return shell.json(page);
  const rows = page.acts.map(({ at, principal, what, on, details }) => [
    shownTime(at),
    principal === "" ? "–" : principal,
    what,
    on.length === 0 ? "–" : on.join(", "),
    details === null ? "" : plainLine(JSON.stringify(details)),
  ]);
  await shell.table(["AT", "WHO", "WHAT", "ON", "DETAILS"], rows);
  if (page.nextCursor !== null) shell.note(`There are more: --cursor ${page.nextCursor}`);
}

const exported = "/v1/audit/export";

/** Takes every line of an export; a line that is none is a fault of the file. */
async function verifyLines(lines: AsyncIterable<string>, verifier: AuditVerifier): Promise<AuditReport> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    try {
      verifier.take(JSON.parse(line) as AuditItem);
    } catch (cause) {
      throw new LongarmError("invalid_usage", `Line ${number} is none of an exported audit.`, { cause });
    }
  }
  return verifier.conclude();
}

interface VerifyOptions {
  readonly from?: string;
  readonly pin?: string;
}

function linesOf({ options: { from }, api, shell }: Invocation<VerifyOptions>): AsyncIterable<string> {
  const source = from === undefined ? Readable.from(api.stream(exported, { signal: shell.signal })) : createReadStream(from);
  const lines = createInterface({ input: source, crlfDelay: Infinity });
  // Else a source that breaks off would end the lines as if it had come to its end.
  return (async function* () {
    let fault: LongarmError | undefined;
    source.on("error", (reason: unknown) => {
      fault = LongarmError.from(reason);
      lines.close();
    });
    yield* lines;
    if (fault) throw fault;
  })();
}

function whereOf({ chain, number, sequence }: AuditFault): string {
  const at = sequence === null ? "" : `, at ${sequence} in its stream`;
  return chain === null ? `message ${sequence} of RUNS` : `record ${number} of ${chain}${at}`;
}

async function tell({ shell, options }: Invocation<VerifyOptions>, report: AuditReport): Promise<void> {
  const { faults, chains, records, anchors, anchoredMessages, unanchored, fingerprint } = report;
  for (const fault of faults) await shell.write(`${shell.look("red", fault.kind)} ${whereOf(fault)}: ${fault.message}\n`);
  if (faults.length === 0) await shell.write(`${shell.look("green", "sound")}: every record stands as it was written.\n`);
  await shell.write(
    `${counted(chains, "chain")}, ${counted(records, "record")}, ${counted(anchors, "anchor")} over ${counted(anchoredMessages, "message")} of runs\n`,
  );
  if (unanchored.records > 0) await shell.write(`Not anchored: ${counted(unanchored.records, "record")} behind the last anchors.\n`);
  if (unanchored.messages > 0)
    await shell.write(`Not anchored: ${counted(unanchored.messages, "message")} of runs, the first one at ${unanchored.firstMessage}.\n`);
  if (options.pin === undefined)
    shell.note(`Verified by the key ${fingerprint ?? "of nobody"}; compare it with the one you pinned, or give it as --pin.`);
}

async function verify(invocation: Invocation<VerifyOptions>): Promise<ExitCode> {
  const { shell, options } = invocation;
  const report = await verifyLines(linesOf(invocation), new AuditVerifier(options.pin));
  await (options.json ? shell.json({ ok: report.faults.length === 0, ...report }) : tell(invocation, report));
  return report.faults.length === 0 ? exitCodes.success : exitCodes.failed;
}

async function exportTo({ shell, options, api }: Invocation<{ readonly out: string }>): Promise<void> {
  const file = createWriteStream(options.out, { flags: "wx", mode: 0o600, flush: true });
  try {
    await pipeline(Readable.from(api.stream(exported, { signal: shell.signal })), file);
  } catch (reason) {
    const { code } = reason as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new LongarmError("invalid_usage", `${options.out} exists; name another file.`);
    await rm(options.out, { force: true });
    throw reason;
  }
  await (options.json ? shell.json({ file: options.out }) : shell.write(`The audit stands in ${options.out}\n`));
}

/** `longarm audit ls|verify|export`. */
export const registerAudit: Registration = (program, shell) => {
  const audit = program.command("audit").description("who did what, and whether anybody has changed the records of it");
  const listing = audit
    .command("ls")
    .description("list administrative acts, approvals and denials, newest first")
    .option("--since <time>", "RFC 3339, or how long ago (1h)")
    .option("--until <time>", "RFC 3339, or how long ago")
    .option("--principal <name>", "whose acts")
    .option("--what <operation>", "which operation, as the API names it; remove* for all that begin so")
    .option("--on <name>", "acts on the thing of this name or id")
    .option("--limit <n>", "how many at most")
    .option("--cursor <cursor>", "where the page before ended");
  does<ListOptions>(listing, shell, list);
  const verifying = audit
    .command("verify")
    .description("find the first record that does not stand as it was written; exit 1 when there is one")
    .option("--from <file>", "what `longarm audit export` wrote, instead of asking a controller")
    .option("--pin <fingerprint>", "the installation's fingerprint, sha256:…, as agents pin it");
  does<VerifyOptions>(verifying, shell, verify);
  const exporting = audit
    .command("export")
    .description("write all that verification needs into a new file, as NDJSON")
    .requiredOption("--out <file>", "the file");
  does<{ readonly out: string }>(exporting, shell, exportTo);
};
