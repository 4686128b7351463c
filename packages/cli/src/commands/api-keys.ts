import { lanes } from "@longarm/shared";
import { Option } from "commander";
import type { ApiKey, NewApiKey } from "../api/types.ts";
import { does, gathered, type Invocation, type Registration } from "../command.ts";
import { shownTime } from "../print/times.ts";
import { giveToken } from "../secrets/give-token.ts";

function pathOf(id: string | undefined): string {
  return `/v1/api-keys/${encodeURIComponent(id ?? "")}`;
}

function shownGrant({ scopes, connections, lanes: into, ownRuns }: ApiKey): string {
  const parts = [scopes.join(" "), connections && `on ${connections.join(", ")}`, into && `in ${into.join(", ")}`, ownRuns && "own runs"];
  return parts.filter(Boolean).join("; ");
}

async function list({ shell, options, api }: Invocation<{ all?: boolean }>): Promise<void> {
  const { apiKeys } = await api.get<{ apiKeys: readonly ApiKey[] }>("/v1/api-keys");
  const shown = options.all ? apiKeys : apiKeys.filter(({ state }) => state === "valid");
  if (options.json) return shell.json({ apiKeys: shown });
  const time = (text: string | null): string => (text === null ? "–" : shownTime(text));
  await shell.table(
    ["API KEY", "NAME", "STATE", "MAY", "MADE BY", "EXPIRES", "LAST USED"],
    shown.map((key) => [key.id, key.name, key.state, shownGrant(key), key.createdBy ?? "–", time(key.expiresAt), time(key.lastUsedAt)]),
  );
  if (shown.length < apiKeys.length) shell.note(`${apiKeys.length - shown.length} more are revoked or expired: --all`);
}

interface CreateOptions {
  readonly scope: readonly string[];
  readonly connection?: readonly string[];
  readonly lane?: readonly string[];
  readonly ownRuns?: boolean;
  readonly expires?: string;
  readonly tokenOut?: string;
}

async function create(invocation: Invocation<CreateOptions>): Promise<void> {
  const {
    api,
    options,
    arguments: [name],
  } = invocation;
  const { scope: scopes, connection: connections, lane, ownRuns, expires: expiresAt } = options;
  const body = { name, scopes, ...(connections && { connections }), ...(lane && { lanes: lane }), ownRuns, expiresAt };
  await giveToken(invocation, () => api.post<NewApiKey>("/v1/api-keys", { body }));
}

async function revoke({ shell, options, api, arguments: [id] }: Invocation): Promise<void> {
  const { body } = await api.ask<ApiKey>("DELETE", pathOf(id));
  await (options.json ? shell.json(body) : shell.write(`${body.id} (${body.name}) revoked\n`));
}

/** `longarm api-keys ls|create|rm`. */
export const registerApiKeys: Registration = (program, shell) => {
  const keys = program.command("api-keys").description("list, make and revoke API keys");
  does(keys.command("ls").description("list API keys, newest first").option("--all", "revoked and expired ones too"), shell, list);
  const creating = keys
    .command("create")
    .description("make an API key that may do no more than you; its token is shown once")
    .argument("<name>", "the principal that it speaks for, as runs show it")
    .requiredOption("--scope <scope>", "what it may do, such as runs:read; several times", gathered)
    .option("--connection <name>", "only these connections and credentials, * for any characters; several times", gathered)
    .addOption(new Option("--lane <lane>", "only these lanes; several times").choices([...lanes]).argParser(gathered))
    .option("--own-runs", "only the runs that it submits itself")
    .option("--expires <time>", "RFC 3339, or a duration such as 90d")
    .option("--token-out <file>", "write the token into this new file (mode 600) instead of printing it");
  does<CreateOptions>(creating, shell, create);
  does(keys.command("rm").description("revoke an API key for good").argument("<id>", "the key's id"), shell, revoke);
};
