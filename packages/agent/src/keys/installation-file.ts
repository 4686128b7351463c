import { LongarmError } from "@longarm/shared";
import { readPrivateFileIfThere, replacePrivateFile } from "@longarm/shared/seal";
import type { InstallationMemory } from "./known-installation.ts";

/** Keeps the installation's public keys in `file`. Throws `invalid_configuration` when it is damaged. */
export function installationFile(file: string): InstallationMemory {
  return {
    load: () => {
      const text = readPrivateFileIfThere(file);
      if (text === undefined) return undefined;
      const [keys, signature] = members(file, text);
      return { keys, signature };
    },
    store: ({ keys, signature }) => {
      const text = { version: 1, keys: Buffer.from(keys).toString("base64"), signature: Buffer.from(signature).toString("base64") };
      replacePrivateFile(file, `${JSON.stringify(text)}\n`);
    },
  };
}

function members(file: string, text: string): [Uint8Array, Uint8Array] {
  try {
    const { version, keys, signature } = JSON.parse(text) as Record<string, unknown>;
    if (version === 1 && typeof keys === "string" && typeof signature === "string")
      return [Buffer.from(keys, "base64"), Buffer.from(signature, "base64")];
  } catch {
    // Said below.
  }
  throw new LongarmError("invalid_configuration", `${file} does not hold an installation's keys. Restore it from a copy.`);
}
