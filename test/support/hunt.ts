import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";

/** The forms in which a text could lie in a file: plain, percent-encoded, in hex, and in both alphabets of base64, wherever it begins. */
function formsOf(canary: string): ReadonlyMap<string, string> {
  const hex = Buffer.from(canary).toString("hex");
  const base64 = [0, 1, 2].map((before) => {
    const coded = Buffer.from(" ".repeat(before) + canary).toString("base64");
    return coded.replace(/=+$/, "").slice(before === 0 ? 0 : before + 1, -1);
  });
  const percent = [...Buffer.from(canary)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const forms: [string, string][] = [
    ["raw", canary],
    ["URL", encodeURIComponent(canary)],
    ["percent", percent],
    ["percent in capitals", percent.toUpperCase()],
    ["JSON", JSON.stringify(canary).slice(1, -1)],
    ["hex", hex],
    ["hex in capitals", hex.toUpperCase()],
    ...base64.flatMap((form, before): [string, string][] => [
      [`base64 at ${before}`, form],
      [`base64url at ${before}`, form.replaceAll("+", "-").replaceAll("/", "_")],
    ]),
  ];
  return new Map(forms);
}

const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08]);

/** What is compressed within: each place that begins like gzip is tried. */
function* unpacked(bytes: Buffer): Generator<Buffer> {
  for (let at = bytes.indexOf(gzipMagic); at !== -1; at = bytes.indexOf(gzipMagic, at + 1)) {
    try {
      yield gunzipSync(bytes.subarray(at), { finishFlush: 2 });
    } catch {
      // Three bytes that only look like it.
    }
  }
}

/** Which canaries `bytes` holds, as `name as form`. */
export function huntIn(bytes: Buffer, canaries: Readonly<Record<string, string>>): readonly string[] {
  const found = Object.entries(canaries).flatMap(([name, canary]) =>
    [...formsOf(canary)].filter(([, form]) => bytes.includes(form)).map(([form]) => `${name} as ${form}`),
  );
  const within = [...unpacked(bytes)].flatMap((inner) => huntIn(inner, canaries).map((hit) => `${hit} in gzip`));
  return [...found, ...within];
}

/** The same for every file below a directory, as `file: name as form`. */
export function huntBelow(
  directory: string,
  canaries: Readonly<Record<string, string>>,
): { readonly files: number; readonly hits: readonly string[] } {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hits = files.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    return huntIn(readFileSync(file), canaries).map((hit) => `${relative(directory, file)}: ${hit}`);
  });
  return { files: files.length, hits };
}
