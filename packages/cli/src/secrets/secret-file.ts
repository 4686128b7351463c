import { type FileHandle, open, rm } from "node:fs/promises";
import { LongarmError } from "@longarm/shared";

/** A new file that only its owner may read. */
export interface SecretFile {
  readonly path: string;
  /** Resolves once the secrets, by their JSON pointers, are on disk. */
  write(secrets: Readonly<Record<string, unknown>>): Promise<void>;
}

/** What the option says of itself. */
export const secretOutHelp = "a new file, for your eyes only, that the secret outputs go to as JSON";

const ownerOnly = 0o600;

async function reserve(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx", ownerOnly);
  } catch (reason) {
    const isThere = (reason as NodeJS.ErrnoException).code === "EEXIST";
    const why = isThere ? "it exists already, and is not written over" : (reason as Error).message;
    throw new LongarmError("invalid_usage", `--secret-out ${path}: ${why}.`, { cause: reason });
  }
}

/**
 * Makes the file before `body` asks for anything, since secrets can be read once only: where it cannot be made, nothing is asked for. It is
 * gone afterwards when nothing was written. Without a path there is no file. Throws `invalid_usage` when it exists already.
 */
export async function withSecretFile<T>(path: string | undefined, body: (file: SecretFile | undefined) => Promise<T>): Promise<T> {
  if (path === undefined) return body(undefined);
  const handle = await reserve(path);
  let isWritten = false;
  const file: SecretFile = {
    path,
    async write(secrets) {
      isWritten = true;
      await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
      await handle.sync();
    },
  };
  try {
    return await body(file);
  } finally {
    await handle.close();
    if (!isWritten) await rm(path, { force: true });
  }
}
