import { join } from "node:path";
import { LongarmError, Secret, everyScope } from "@longarm/shared";
import { createPrivateFile, readPrivateFileIfThere } from "@longarm/shared/seal";
import type { ApiKeyStore } from "../ports/api-key-store.ts";
import { idOfToken, newApiToken } from "./api-token.ts";

/** The principal of the key that is made at the first start. */
export const administratorPrincipal = "administrator";

/**
 * `made`: the file holds the token of a key that was made now. `kept`: the file holds the token of a valid key. `elsewhere`: there
 * is an administrator's key, but this data directory does not hold its token (another controller's does, or it was moved away).
 */
export interface AdministratorKey {
  readonly kind: "made" | "kept" | "elsewhere";
  readonly file: string;
}

/** Where the administrator's token lies in a data directory. */
export function administratorKeyFile(dataDirectory: string): string {
  return join(dataDirectory, "admin.key");
}

function readToken(file: string): Secret | undefined {
  const text = readPrivateFileIfThere(file)?.trim();
  if (text === undefined) return undefined;
  if (idOfToken(text) !== undefined) return new Secret(text);
  throw new LongarmError(
    "invalid_configuration",
    `${file} holds no API token: restore it, or remove it if another administrator's key is at hand.`,
  );
}

function writeToken(file: string): Secret {
  const token = newApiToken();
  createPrivateFile(file, `${token.reveal()}\n`);
  return token;
}

/**
 * Makes the administrator's key at the first start and writes its token to `<dataDirectory>/admin.key` (mode 600). The file is
 * written before the key is stored, so that a crash in between leaves a file that the next start takes up, never a key that
 * nobody holds. Throws `invalid_configuration` when others may read the file.
 */
export async function ensureAdministratorKey(keys: ApiKeyStore, dataDirectory: string): Promise<AdministratorKey> {
  const file = administratorKeyFile(dataDirectory);
  const present = readToken(file);
  if (present && (await keys.findByToken(present.reveal()))) return { kind: "kept", file };
  const hasKey = (await keys.list()).some(({ principal }) => principal === administratorPrincipal);
  if (hasKey) return { kind: "elsewhere", file };
  await keys.add(present ?? writeToken(file), { principal: administratorPrincipal, scopes: [everyScope] });
  return { kind: "made", file };
}
