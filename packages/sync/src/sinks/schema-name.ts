import { createHash } from "node:crypto";

// What PostgreSQL keeps of a name; it cuts longer ones without a word.
const longest = 63;
const hashLength = 8;

/** The schema of a sync behind the sinks' prefix. Names that differ only in case, or in - and _, have the same. */
export function schemaNameOf(prefix: string, sync: string): string {
  const name = `${prefix}${sync.toLowerCase().replaceAll("-", "_")}`;
  if (name.length <= longest) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, hashLength);
  return `${name.slice(0, longest - hashLength - 1)}_${hash}`;
}
