import { posix } from "node:path";
import type { SourceFile } from "./source-file.ts";
import type { Token } from "./tokens.ts";

type Files = ReadonlyMap<string, SourceFile>;

/** A name that leaves a package, and the file that declares it. */
interface Exported {
  readonly name: string;
  readonly declaredAs: string;
  readonly path: string;
}

const declarators = new Set(["function", "const", "let", "class", "interface", "type"]);
const modifiers = new Set(["declare", "abstract", "async", "default"]);

/** Names that leave a package through one of its doors without a TSDoc comment on their declaration. */
export function undocumentedExports(files: Files, doors: readonly string[]): string[] {
  const exported = doors.flatMap((door) => exportsOf(files, door));
  const missing = exported.filter((each) => !isDocumented(files.get(each.path), each.declaredAs));
  return [...new Set(missing.map((each) => `${each.path}: "${each.declaredAs}" is exported without a TSDoc comment`))];
}

function exportsOf(files: Files, path: string, seen: ReadonlySet<string> = new Set()): Exported[] {
  const file = files.get(path);
  if (file === undefined || seen.has(path)) return [];
  const code = codeOf(file);
  return code.flatMap((token, at) => {
    if (token.kind !== "word" || token.text !== "export" || code[at - 1]?.text === ".") return [];
    const start = code[at + 1]?.text === "type" && ["{", "*"].includes(code[at + 2]?.text ?? "") ? at + 2 : at + 1;
    if (code[start]?.text === "*") return starExports({ files, code, start, path, seen });
    if (code[start]?.text === "{") return listedExports({ files, code, start, path, seen });
    const name = declaredName(code, start);
    return name === undefined ? [] : [{ name, declaredAs: name, path }];
  });
}

interface ExportPlace {
  readonly files: Files;
  readonly code: readonly Token[];
  readonly start: number;
  readonly path: string;
  readonly seen: ReadonlySet<string>;
}

function starExports({ files, code, start, path, seen }: ExportPlace): Exported[] {
  const from = code.slice(start, start + 5).find((token) => token.kind === "string");
  const target = from === undefined ? undefined : resolved(path, from);
  return target === undefined ? [] : exportsOf(files, target, new Set([...seen, path]));
}

function listedExports({ files, code, start, path, seen }: ExportPlace): Exported[] {
  const end = code.findIndex((token, at) => at > start && token.text === "}");
  const from = code[end + 1]?.text === "from" ? code[end + 2] : undefined;
  const target = from === undefined ? path : resolved(path, from);
  if (target === undefined) return [];
  const names = namesIn(code.slice(start + 1, end));
  if (from === undefined) return names.map(({ local, name }) => ({ name, declaredAs: local, path }));
  const there = exportsOf(files, target, new Set([...seen, path]));
  return names.flatMap(({ local }) => there.filter((each) => each.name === local));
}

/** `a, type b, c as d` as pairs of the local and the exported name. */
function namesIn(tokens: readonly Token[]): { local: string; name: string }[] {
  const groups = tokens
    .map((token) => token.text)
    .join(" ")
    .split(",");
  return groups.flatMap((group) => {
    const [local, , name] = group
      .trim()
      .replace(/^type (?!as )/, "")
      .split(" ");
    return local === undefined || local === "" ? [] : [{ local, name: name ?? local }];
  });
}

function declaredName(code: readonly Token[], start: number): string | undefined {
  let at = start;
  while (modifiers.has(code[at]?.text ?? "")) at += 1;
  if (!declarators.has(code[at]?.text ?? "")) return undefined;
  return code[at + 1]?.text === "*" ? code[at + 2]?.text : code[at + 1]?.text;
}

/**
 * Does a TSDoc comment stand above the first declaration of `name`, or above the block of lines without a gap that it is part
 * of (a list and the type made of it, names of one kind)? What is declared in another package is not judged here.
 */
function isDocumented(file: SourceFile | undefined, name: string): boolean {
  if (file === undefined) return true;
  const declaration = file.tokens.find((token, at) => token.text === name && declarators.has(previous(file.tokens, at)?.text ?? ""));
  if (declaration === undefined) return true;
  const above = file.text.split("\n").slice(0, declaration.line - 1);
  const block = above.slice(above.lastIndexOf("") + 1);
  return block.some((line) => line.startsWith("/**"));
}

function previous(tokens: readonly Token[], at: number): Token | undefined {
  return tokens[at - 1]?.text === "*" ? tokens[at - 2] : tokens[at - 1];
}

function resolved(path: string, from: Token): string | undefined {
  const specifier = from.text.slice(1, -1);
  return specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : undefined;
}

function codeOf(file: SourceFile): Token[] {
  return file.tokens.filter((token) => token.kind !== "comment");
}
