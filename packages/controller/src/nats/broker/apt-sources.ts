import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A Debian archive that this machine already trusts, and the keyring that signs it. */
export interface DebianArchive {
  readonly uri: string;
  /** The path of a keyring file; absent: apt's own trusted keys. */
  readonly signedBy?: string;
}

interface SourceEntry extends DebianArchive {
  readonly suites: readonly string[];
  readonly components: readonly string[];
}

function parseOneLine(line: string): readonly SourceEntry[] {
  const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.trim());
  if (!match) return [];
  const [, options = "", uri = "", suite = "", components = ""] = match;
  const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1];
  return [{ uri, suites: [suite], components: components.split("#")[0]?.trim().split(/\s+/) ?? [], ...(signedBy && { signedBy }) }];
}

function fieldsOf(stanza: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let name = "";
  for (const line of stanza.split("\n")) {
    if (line.startsWith("#")) continue;
    const match = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
    if (match) name = match[1]?.toLowerCase() ?? "";
    fields.set(name, `${fields.get(name) ?? ""} ${match ? match[2] : line.trim()}`.trim());
  }
  return fields;
}

function parseStanza(stanza: string): readonly SourceEntry[] {
  const fields = fieldsOf(stanza);
  const words = (name: string): string[] => (fields.get(name) ?? "").split(/\s+/).filter(Boolean);
  if (!words("types").includes("deb") || fields.get("enabled")?.toLowerCase() === "no") return [];
  const signedBy = fields.get("signed-by");
  const keyring = signedBy?.startsWith("/") && !signedBy.includes(" ") ? { signedBy } : {};
  return words("uris").map((uri) => ({ uri, suites: words("suites"), components: words("components"), ...keyring }));
}

/** The entries of one apt source file, in either of apt's two formats; what cannot be read counts as absent. */
export function parseSources(name: string, text: string): readonly SourceEntry[] {
  if (name.endsWith(".sources")) return text.split(/\n\s*\n/).flatMap(parseStanza);
  return text.split("\n").flatMap(parseOneLine);
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(join(directory, "sources.list.d")).catch(() => []);
  const listed = names.filter((name) => name.endsWith(".list") || name.endsWith(".sources")).toSorted();
  return [join(directory, "sources.list"), ...listed.map((name) => join(directory, "sources.list.d", name))];
}

// Security, backports and the like hold no testing suite beside them, and other vendors' repositories are not Debian.
function isMainArchive(entry: SourceEntry): boolean {
  const plain = entry.suites.some((suite) => /^[a-z]+(-updates)?\/?$/.test(suite));
  return plain && entry.components.includes("main") && /\/debian\/?$/.test(entry.uri) && /^(https?|file|mirror\+\w+):/.test(entry.uri);
}

/** The Debian archives in the machine's own apt sources (`directory` is `/etc/apt`), each once, in the order of the files. */
export async function debianArchives(directory: string): Promise<readonly DebianArchive[]> {
  const archives = new Map<string, DebianArchive>();
  for (const file of await filesIn(directory)) {
    const text = await readFile(file, "utf8").catch(() => "");
    for (const entry of parseSources(file, text).filter(isMainArchive)) {
      const { uri, signedBy } = entry;
      if (!archives.has(uri)) archives.set(uri, { uri, ...(signedBy && { signedBy }) });
    }
  }
  return [...archives.values()];
}
