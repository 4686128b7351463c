import { open, rm } from "node:fs/promises";
import { LongarmError } from "@longarm/shared";

const ownerOnly = 0o600;

/** Makes the file before `ask` asks for anything, since a secret is shown once only; it is gone again where there is none. */
export async function intoOnceFile<T>(
  { path, option }: { readonly path: string; readonly option: string },
  ask: () => Promise<T>,
  secretOf: (answer: T) => string,
): Promise<T> {
  const handle = await open(path, "wx", ownerOnly).catch((reason: unknown) => {
    throw new LongarmError("invalid_usage", `${option} ${path}: ${(reason as Error).message}.`, { cause: reason });
  });
  let isWritten = false;
  try {
    const answer = await ask();
    isWritten = true;
    await handle.writeFile(`${secretOf(answer)}\n`);
    await handle.sync();
    return answer;
  } finally {
    await handle.close();
    if (!isWritten) await rm(path, { force: true });
  }
}
