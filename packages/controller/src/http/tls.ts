import { readFileSync, unwatchFile, watchFile } from "node:fs";
import type { Server } from "node:https";
import { createSecureContext } from "node:tls";
import { LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";

/** PEM files. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

// Files are looked at, not listened to: a mounted secret that is replaced as a whole tells no listener.
const lookEveryMs = 1_000;

/** Certificate and key. Throws `invalid_configuration` for files that cannot be read or do not belong together. */
export function readTls({ certFile, keyFile }: TlsFiles): { readonly cert: Buffer; readonly key: Buffer } {
  try {
    const pair = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
    createSecureContext(pair);
    return pair;
  } catch (reason) {
    const { message } = LongarmError.from(reason);
    throw new LongarmError("invalid_configuration", `The certificate ${certFile} and its key ${keyFile} cannot be used: ${message}`, {
      cause: reason,
    });
  }
}

/** Takes up files that have changed, for connections made from then on; until both fit each other, what was in use stays. Returns the way to stop. */
export function followTls(server: Pick<Server, "setSecureContext">, files: TlsFiles, logger: Logger): () => void {
  const take = (): void => {
    try {
      server.setSecureContext(readTls(files));
      logger.info({ certFile: files.certFile }, "The changed certificate is in use.");
    } catch (reason) {
      logger.warn({ reason: LongarmError.from(reason).message }, "The changed certificate is not in use; the former one still is.");
    }
  };
  const watched = [files.certFile, files.keyFile];
  for (const file of watched) watchFile(file, { interval: lookEveryMs }, take);
  return () => {
    for (const file of watched) unwatchFile(file, take);
  };
}
