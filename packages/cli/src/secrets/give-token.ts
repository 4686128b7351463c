import { open, rm } from "node:fs/promises";
import { LongarmError } from "@longarm/shared";
import type { NewApiKey } from "../api/types.ts";
import type { Invocation } from "../command.ts";
import { shownTime } from "../print/times.ts";

const ownerOnly = 0o600;

/** Makes the file before the key is asked for, since its token is shown once only; it is gone again where there is no token. */
async function intoFile(path: string, ask: () => Promise<NewApiKey>): Promise<NewApiKey> {
  const handle = await open(path, "wx", ownerOnly).catch((reason: unknown) => {
    throw new LongarmError("invalid_usage", `--token-out ${path}: ${(reason as Error).message}.`, { cause: reason });
  });
  let isWritten = false;
  try {
    const key = await ask();
    isWritten = true;
    await handle.writeFile(`${key.token}\n`);
    await handle.sync();
    return key;
  } finally {
    await handle.close();
    if (!isWritten) await rm(path, { force: true });
  }
}

/** Gives the token of a key that is made now: into the file that the options name, else onto stdout, alone on its line. */
export async function giveToken(
  { shell, options, api }: Invocation<{ readonly tokenOut?: string }>,
  ask: () => Promise<NewApiKey>,
): Promise<void> {
  const { tokenOut } = options;
  const key = tokenOut === undefined ? await ask() : await intoFile(tokenOut, ask);
  const { token, ...shown } = key;
  if (options.json) return shell.json(tokenOut === undefined ? key : shown);
  if (tokenOut === undefined) await shell.write(`${token}\n`);
  const until = key.expiresAt === null ? "does not expire" : `expires ${shownTime(key.expiresAt)}`;
  const use = tokenOut === undefined ? "LONGARM_TOKEN=…" : `LONGARM_TOKEN=@${tokenOut}`;
  shell.note(`API key ${key.id} of ${key.name} ${until}; its token is shown this once. Use it with LONGARM_URL=${api.url} ${use}`);
}
