import type { Token } from "./tokens.ts";

/** A module that a file names in an `import`, an `export … from`, an `import()` or an `import("…")` type. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** Every import of a file, type-only ones included. An `import()` of something that is no literal cannot be seen. */
export function findImports(tokens: readonly Token[]): Import[] {
  const code = tokens.filter((token) => token.kind !== "comment");
  return code.flatMap((token, at) => {
    if (token.kind !== "word" || code[at - 1]?.text === ".") return [];
    const found = token.text === "import" ? importedBy(code, at) : token.text === "export" ? reexportedBy(code, at) : undefined;
    return found === undefined ? [] : [{ specifier: found.text.slice(1, -1), line: found.line }];
  });
}

function importedBy(code: readonly Token[], at: number): Token | undefined {
  const next = code[at + 1];
  if (next?.kind === "string") return next;
  if (next?.text === "(") return stringAt(code, at + 2);
  return next?.text === "." ? undefined : afterFrom(code, at + 1);
}

function reexportedBy(code: readonly Token[], at: number): Token | undefined {
  const start = code[at + 1]?.text === "type" ? at + 2 : at + 1;
  const opens = code[start]?.text;
  return opens === "*" || opens === "{" ? afterFrom(code, start) : undefined;
}

/** The string after the next `from` of the same statement. */
function afterFrom(code: readonly Token[], start: number): Token | undefined {
  for (let at = start; at < code.length; at += 1) {
    const { text } = code[at] as Token;
    if (text === "from" && code[at + 1]?.kind === "string") return code[at + 1];
    if (text === ";" || text === "=" || text === "(") return undefined;
    if (text === "}" && code[at + 1]?.text !== "from") return undefined;
  }
  return undefined;
}

function stringAt(code: readonly Token[], at: number): Token | undefined {
  return code[at]?.kind === "string" ? code[at] : undefined;
}
