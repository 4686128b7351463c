import { LongarmError } from "@longarm/shared";
import type { Credential } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { readReferred } from "../input/read-text.ts";
import { shownTime } from "../print/times.ts";

function pathOf(name: string | undefined): string {
  return `/v1/credentials/${encodeURIComponent(name ?? "")}`;
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ credentials: readonly Credential[] }>("/v1/credentials");
  if (options.json) return shell.json(answer);
  await shell.table(
    ["CREDENTIAL", "SCHEME", "CLIENT", "CHANGED"],
    answer.credentials.map(({ name, scheme, clientId = "", updatedAt }) => [name, scheme, clientId, shownTime(updatedAt)]),
  );
}

interface SetOptions {
  readonly ssws: string;
  readonly oauth?: string;
  readonly key: string;
  readonly keyId?: string;
  readonly scopes?: string;
}

interface SecretOption {
  readonly option: string;
  readonly source: string;
  readonly what: string;
}

/** A secret from a file or standard input; one on the command line is refused and not repeated: it stands in the history already. */
async function readSecret({ shell }: Invocation<SetOptions>, { option, source, what }: SecretOption): Promise<string> {
  const text = await readReferred(shell, source, what);
  if (text === undefined)
    throw new LongarmError(
      "invalid_usage",
      `${option} takes not ${what.toLowerCase()} itself but where to read it: @FILE, or - for standard input.`,
    );
  if (text.trim() !== "") return text.trim();
  throw new LongarmError("invalid_usage", `${what} is empty; pipe it in or name a file with ${option} @FILE.`);
}

async function bodyOf(invocation: Invocation<SetOptions>): Promise<Readonly<Record<string, unknown>>> {
  const { ssws, oauth, key, keyId, scopes } = invocation.options;
  if (oauth === undefined) {
    if (keyId !== undefined || scopes !== undefined || key !== "-")
      throw new LongarmError("invalid_usage", "--key, --key-id and --scopes belong to a service app; name its client id with --oauth.");
    return { scheme: "ssws", token: await readSecret(invocation, { option: "--ssws", source: ssws, what: "The token" }) };
  }
  if (ssws !== "-")
    throw new LongarmError("invalid_usage", "A credential is either an API token (--ssws) or a service app (--oauth), not both.");
  const privateKey = await readSecret(invocation, { option: "--key", source: key, what: "The private key" });
  const asked = scopes?.split(/[\s,]+/).filter(Boolean);
  return { scheme: "oauth", clientId: oauth, privateKey, ...(keyId !== undefined && { keyId }), ...(asked && { scopes: asked }) };
}

async function set(invocation: Invocation<SetOptions>): Promise<void> {
  const { shell, options, api } = invocation;
  const { status, body } = await api.ask<Credential>("PUT", pathOf(invocation.arguments[0]), { body: await bodyOf(invocation) });
  if (options.json) return shell.json(body);
  await shell.write(`${body.name} ${status === 201 ? "created" : "changed"}\n`);
}

async function remove({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  await api.ask("DELETE", pathOf(name));
  await (options.json ? shell.json({ removed: name }) : shell.write(`${name} removed\n`));
}

/** `longarm credentials ls|set|rm`. */
export const registerCredentials: Registration = (program, shell) => {
  const credentials = program
    .command("credentials")
    .description("list, set and remove credentials; tokens and keys go in and never come out");
  does(credentials.command("ls").description("list credentials"), shell, list);
  const setting = credentials
    .command("set")
    .description("define a credential; its token or key is read from standard input or a file")
    .argument("<name>", "the credential's name")
    .option("--ssws <source>", "an SSWS API token, from @FILE or - (standard input)", "-")
    .option("--oauth <client-id>", "a service app instead of a token")
    .option("--key <source>", "the app's private key as PEM or JWK, from @FILE or -", "-")
    .option("--key-id <kid>", "names the key to the target; a JWK may name its own")
    .option("--scopes <list>", "scopes to ask for, separated by commas (default: all that the actions name)");
  does<SetOptions>(setting, shell, set);
  does(
    credentials.command("rm").description("remove a credential that no connection uses").argument("<name>", "the credential's name"),
    shell,
    remove,
  );
};
