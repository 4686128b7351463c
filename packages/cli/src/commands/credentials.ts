import { LongarmError } from "@longarm/shared";
import type { Credential, CredentialReceipt } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { readReferred } from "../input/read-text.ts";
import { writeFacts } from "../print/facts.ts";
import { shownTime } from "../print/times.ts";

function pathOf(name: string | undefined): string {
  return `/v1/credentials/${encodeURIComponent(name ?? "")}`;
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ credentials: readonly Credential[] }>("/v1/credentials");
  if (options.json) return shell.json(answer);
  await shell.table(
    ["CREDENTIAL", "SCHEME", "CLIENT OR REFERENCE", "CHANGED"],
    answer.credentials.map(({ name, scheme, clientId, reference = "", updatedAt }) => [
      name,
      scheme,
      clientId ?? reference,
      shownTime(updatedAt),
    ]),
  );
}

async function show({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  const credential = await api.get<Credential>(pathOf(name));
  const { receipts } = await api.get<{ receipts: readonly CredentialReceipt[] }>(`${pathOf(name)}/receipts`);
  if (options.json) return shell.json({ ...credential, receipts });
  const { scheme, clientId, keyId, reference, scopes, tokenPath, revision, updatedAt } = credential;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["credential", credential.name],
    ["scheme", scheme],
    ["client", clientId],
    ["key id", keyId],
    ["reference", reference],
    ["scopes", scopes?.join(" ")],
    ["token path", tokenPath],
    ["changed", `${shownTime(updatedAt)} (revision ${revision})`],
  ];
  await writeFacts(
    shell,
    facts.flatMap(([fact, value]): [string, string][] => (value === undefined ? [] : [[fact, value]])),
  );
  if (receipts.length === 0)
    return shell.write(reference === undefined ? "\nNo agent was ever given it.\n" : "\nIts value never leaves the site's agents.\n");
  await shell.write("\nAgents that were given it; change it at the target if one of them is not trusted any more:\n\n");
  const rows = receipts.map(({ agent, firstAt, current, ...of }) => [
    agent.name,
    agent.id,
    `${of.revision}${current ? " (current)" : ""}`,
    shownTime(firstAt),
  ]);
  await shell.table(["AGENT", "ID", "REVISION", "SINCE"], rows);
}

interface SetOptions {
  readonly reference?: string;
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

function referenceBody({ reference, ssws, oauth, key, keyId, scopes }: SetOptions): Readonly<Record<string, unknown>> {
  if (oauth !== undefined || keyId !== undefined || ssws !== "-" || key !== "-")
    throw new LongarmError("invalid_usage", "With --reference the agents' site holds token and key; only --scopes may be given beside it.");
  const asked = scopes?.split(/[\s,]+/).filter(Boolean);
  return { scheme: "reference", reference, ...(asked && { scopes: asked }) };
}

async function bodyOf(invocation: Invocation<SetOptions>): Promise<Readonly<Record<string, unknown>>> {
  const { ssws, oauth, key, keyId, scopes, reference } = invocation.options;
  if (reference !== undefined) return referenceBody(invocation.options);
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

/** `longarm credentials ls|show|set|rm`. */
export const registerCredentials: Registration = (program, shell) => {
  const credentials = program
    .command("credentials")
    .description("list, show, set and remove credentials; tokens and keys go in and never come out");
  does(credentials.command("ls").description("list credentials"), shell, list);
  does(
    credentials
      .command("show")
      .description("show a credential, without token and key, and which agents ever were given it")
      .argument("<name>", "the credential's name"),
    shell,
    show,
  );
  const setting = credentials
    .command("set")
    .description("define a credential; its token or key is read from standard input or a file")
    .argument("<name>", "the credential's name")
    .option("--ssws <source>", "an SSWS API token, from @FILE or - (standard input)", "-")
    .option("--oauth <client-id>", "a service app instead of a token")
    .option("--key <source>", "the app's private key as PEM or JWK, from @FILE or -", "-")
    .option("--key-id <kid>", "names the key to the target; a JWK may name its own")
    .option("--reference <name>", "the name under which the agents' own site defines it; nothing secret is sent")
    .option("--scopes <list>", "scopes to ask for, separated by commas (default: all that the actions name)");
  does<SetOptions>(setting, shell, set);
  does(
    credentials.command("rm").description("remove a credential that no connection uses").argument("<name>", "the credential's name"),
    shell,
    remove,
  );
};
