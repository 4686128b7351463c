import type { NewApiKey } from "../api/types.ts";
import type { Invocation } from "../command.ts";
import { shownTime } from "../print/times.ts";
import { intoOnceFile } from "./once-file.ts";

/** Gives the token of a key that is made now: into the file that the options name, else onto stdout, alone on its line. */
export async function giveToken(
  { shell, options, api }: Invocation<{ readonly tokenOut?: string }>,
  ask: () => Promise<NewApiKey>,
): Promise<void> {
  const { tokenOut } = options;
  const key =
    tokenOut === undefined ? await ask() : await intoOnceFile({ path: tokenOut, option: "--token-out" }, ask, ({ token }) => token);
  const { token, ...shown } = key;
  if (options.json) return shell.json(tokenOut === undefined ? key : shown);
  if (tokenOut === undefined) await shell.write(`${token}\n`);
  const until = key.expiresAt === null ? "does not expire" : `expires ${shownTime(key.expiresAt)}`;
  const use = tokenOut === undefined ? "LONGARM_TOKEN=…" : `LONGARM_TOKEN=@${tokenOut}`;
  shell.note(`API key ${key.id} of ${key.name} ${until}; its token is shown this once. Use it with LONGARM_URL=${api.url} ${use}`);
}
