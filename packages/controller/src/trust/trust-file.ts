import { LongarmError } from "@longarm/shared";
import { createPrivateFile, readPrivateFileIfThere, replacePrivateFile } from "@longarm/shared/seal";
import { newTrustSeeds, type TrustSeeds } from "./trust-keys.ts";

const lists = ["signing", "sealing"] as const;

/** The keys in `file`, or undefined when it is absent. Throws `key_ring_missing` when it is damaged, `invalid_configuration` when others may read it. */
export function loadTrust(file: string): TrustSeeds | undefined {
  const text = readPrivateFileIfThere(file);
  return text === undefined ? undefined : parsed(file, text);
}

/** Makes an installation's keys in `file` (mode 600, on disk before it returns), unless another process has just done so: then its. */
export function createTrust(file: string): TrustSeeds {
  const seeds = newTrustSeeds();
  try {
    createPrivateFile(file, written(seeds));
    return seeds;
  } catch (reason) {
    const found = LongarmError.from(reason).code === "already_exists" ? loadTrust(file) : undefined;
    if (!found) throw reason;
    return found;
  }
}

/** Puts other keys in the place of those in `file`, whole or not at all. */
export function replaceTrust(file: string, seeds: TrustSeeds): void {
  replacePrivateFile(file, written(seeds));
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

function written({ serial, root, signing, sealing }: TrustSeeds): string {
  const content = { version: 1, serial, root: base64(root), signing: signing.map(base64), sealing: sealing.map(base64) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function parsed(file: string, text: string): TrustSeeds {
  try {
    const content = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const root = Buffer.from(String(content["root"]), "base64");
    const [signing, sealing] = lists.map((name) => (content[name] as string[]).map((key) => Buffer.from(key, "base64")));
    const all = [root, ...(signing ?? []), ...(sealing ?? [])];
    const isWhole = signing?.length && sealing?.length && all.every((seed) => seed.length === 32);
    if (content["version"] === 1 && Number.isSafeInteger(content["serial"]) && isWhole)
      return { serial: content["serial"] as number, root, signing, sealing };
  } catch {
    // The parser's own message would quote the file, which is a secret.
  }
  throw new LongarmError("key_ring_missing", `${file} does not hold an installation's keys: restore it from a copy.`);
}
