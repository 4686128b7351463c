import { LongarmError } from "@longarm/shared";
import type { ApiClient } from "../api/api-client.ts";
import type { Run, SecretOutputs } from "../api/types.ts";
import { exactText } from "../print/plain.ts";
import { shownTime } from "../print/times.ts";
import type { Shell } from "../shell.ts";
import type { SecretFile } from "./secret-file.ts";

/** Reads a run's secret outputs: this is the one time that they are given. */
export function readSecrets(api: ApiClient, runId: string): Promise<SecretOutputs> {
  return api.get<SecretOutputs>(`/v1/runs/${encodeURIComponent(runId)}/secrets`);
}

/** Prints them by their names, one a line. */
export async function printSecrets(shell: Shell, secrets: SecretOutputs["secrets"]): Promise<void> {
  const named = Object.entries(secrets).map(([pointer, value]) => [pointer.slice(1).replaceAll("/", "."), value] as const);
  const width = Math.max(...named.map(([name]) => name.length));
  for (const [name, value] of named) await shell.write(`${shell.look("bold", name.padEnd(width))}  ${exactText(value)}\n`);
}

/** Puts them into the file, and says so. */
export async function keepSecrets(shell: Shell, secrets: SecretOutputs["secrets"], file: SecretFile): Promise<void> {
  await file.write(secrets);
  shell.note(`The secret outputs are in ${file.path}; they cannot be read again.`);
}

/** Says, where a run has secret outputs that nobody has read, how that is done. */
export function sayUnread(shell: Shell, { id, secrets }: Run): void {
  if (!secrets || secrets.readAt !== null || Date.parse(secrets.readableUntil) < Date.now()) return;
  shell.note(
    `Its secret outputs can be read once, until ${shownTime(secrets.readableUntil)}: longarm runs secrets ${id} [--secret-out FILE]`,
  );
}

/** What becomes of the secret outputs of a run that was waited for: into the file, else last onto the terminal, else left where they are. */
export async function giveSecrets(
  shell: Shell,
  api: ApiClient,
  of: { readonly run: Run; readonly file: SecretFile | undefined; readonly asJson: boolean },
): Promise<void> {
  const { run, file, asJson } = of;
  if (!run.secrets) {
    if (file) shell.note(`The run has no secret outputs, so there is no ${file.path}.`);
    return;
  }
  if (file) return keepSecrets(shell, (await readSecrets(api, run.id)).secrets, file);
  if (asJson || !shell.isTerminal) return sayUnread(shell, run);
  try {
    const { secrets } = await readSecrets(api, run.id);
    shell.note(shell.noteLook("bold", "Secret outputs, shown this once:"));
    await printSecrets(shell, secrets);
  } catch (reason) {
    // The same key may name a run of long ago.
    if (!(reason instanceof LongarmError && reason.code === "secrets_gone")) throw reason;
    shell.note(reason.message);
  }
}

/** What `runs show` tells of them. */
export function secretsFact({ secrets }: Run, nowMs: number): string | null {
  if (!secrets) return null;
  if (secrets.readAt !== null) return `read by ${secrets.for} at ${shownTime(secrets.readAt)}`;
  const until = shownTime(secrets.readableUntil);
  return Date.parse(secrets.readableUntil) < nowMs
    ? `read by nobody, and no longer readable since ${until}`
    : `wait for ${secrets.for} to read them once, until ${until}`;
}
