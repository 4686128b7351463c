import { execFile, type ExecFileException } from "node:child_process";
import { readFile } from "node:fs/promises";
import { LongarmError } from "@longarm/shared";
import type { CredentialSettings, HelperSettings } from "./settings.ts";
import type { VaultClient } from "./vault/vault-client.ts";

/** Reads a secret from where it is kept; throws LongarmError `credential_unresolved`, whose message shows nothing of it. */
export type ReadSecret = () => Promise<string>;

/** What sources read from. */
export interface SecretGround {
  readonly settings: CredentialSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly vault: Pick<VaultClient, "read"> | undefined;
}

const maxSecretBytes = 64 * 1024;

/** A secret that could not be had. `retryable`: it may be there later without anybody changing the configuration. */
export function sourceFault(message: string, retryable: boolean): LongarmError {
  return new LongarmError("credential_unresolved", message, { retryable, details: { reason: "source_failed" } });
}

// What editors, "echo" and most programs write ends in a line feed that is no part of the secret.
function trimmed(text: string, from: string): string {
  const secret = text.replace(/\r?\n$/, "");
  if (secret === "") throw sourceFault(`${from} is empty.`, false);
  return secret;
}

async function readSecretFile(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((reason: NodeJS.ErrnoException) => {
    throw sourceFault(`The file ${file} cannot be read (${reason.code ?? "unknown reason"}).`, true);
  });
  return trimmed(text, `The file ${file}`);
}

/** A helper sees no variable of the agent's but these: others may hold secrets of their own. */
function helperEnvironment({ PATH, HOME, LANG }: SecretGround["environment"]): Record<string, string> {
  return { ...(PATH !== undefined && { PATH }), ...(HOME !== undefined && { HOME }), ...(LANG !== undefined && { LANG }) };
}

function askHelper(name: string, { command, timeout }: HelperSettings, environment: SecretGround["environment"]): Promise<string> {
  const [program = "", ...words] = command;
  const options = { timeout, maxBuffer: maxSecretBytes, env: helperEnvironment(environment), shell: false, windowsHide: true } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(program, words, options, (fault, stdout) => {
      // Neither output is told: both may show the secret.
      if (fault) return reject(sourceFault(`The helper "${name}" failed (${howItFailed(fault, timeout)}).`, true));
      try {
        resolve(trimmed(stdout, `What the helper "${name}" wrote`));
      } catch (reason) {
        reject(LongarmError.from(reason));
      }
    });
    child.stdin?.end();
  });
}

function howItFailed({ code, killed, signal }: ExecFileException, timeoutMs: number): string {
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return `it wrote more than ${maxSecretBytes} bytes`;
  if (killed) return `it was not done after ${timeoutMs} ms`;
  return code === undefined || code === null ? `it was ended by ${signal}` : `exit ${code}`;
}

/** The way to the secret that `source` names: `env:`, `file:`, `exec:` or `vault:`. */
export function secretReader(source: string, { settings, environment, vault }: SecretGround): ReadSecret {
  const split = source.indexOf(":");
  const [kind, of] = [source.slice(0, split), source.slice(split + 1)];
  if (kind === "env")
    return async () => environment[of] || Promise.reject(sourceFault(`The environment variable ${of} is not set.`, false));
  if (kind === "file") return () => readSecretFile(of);
  const helper = settings.helpers[of];
  if (kind === "exec" && helper) return () => askHelper(of, helper, environment);
  const secret = settings.vault?.secrets[of];
  if (kind === "vault" && secret && vault) return () => vault.read(secret);
  throw new LongarmError("invalid_configuration", `The source ${source} leads nowhere.`);
}
