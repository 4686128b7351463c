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
    ["CREDENTIAL", "SCHEME", "CHANGED"],
    answer.credentials.map(({ name, scheme, updatedAt }) => [name, scheme, shownTime(updatedAt)]),
  );
}

/** The token from a file or standard input; one on the command line is refused and not repeated: it stands in the history already. */
async function readToken({ shell, options }: Invocation<{ ssws: string }>): Promise<string> {
  const text = await readReferred(shell, options.ssws, "The token");
  if (text === undefined)
    throw new LongarmError("invalid_usage", "--ssws takes no token but where to read it: @FILE, or - for standard input.");
  const token = text.trim();
  if (token !== "") return token;
  throw new LongarmError("invalid_usage", `The token is empty; pipe it in or name a file with --ssws @FILE.`);
}

async function set(invocation: Invocation<{ ssws: string }>): Promise<void> {
  const { shell, options, api } = invocation;
  const token = await readToken(invocation);
  const { status, body } = await api.ask<Credential>("PUT", pathOf(invocation.arguments[0]), { body: { scheme: "ssws", token } });
  if (options.json) return shell.json(body);
  await shell.write(`${body.name} ${status === 201 ? "created" : "changed"}\n`);
}

async function remove({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  await api.ask("DELETE", pathOf(name));
  await (options.json ? shell.json({ removed: name }) : shell.write(`${name} removed\n`));
}

/** `longarm credentials ls|set|rm`. */
export const registerCredentials: Registration = (program, shell) => {
  const credentials = program.command("credentials").description("list, set and remove credentials; tokens go in and never come out");
  does(credentials.command("ls").description("list credentials"), shell, list);
  const setting = credentials
    .command("set")
    .description("define a credential; its token is read from standard input or a file")
    .argument("<name>", "the credential's name")
    .option("--ssws <source>", "an SSWS API token, from @FILE or - (standard input)", "-");
  does<{ ssws: string }>(setting, shell, set);
  does(
    credentials.command("rm").description("remove a credential that no connection uses").argument("<name>", "the credential's name"),
    shell,
    remove,
  );
};
