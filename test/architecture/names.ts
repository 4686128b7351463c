import { basename } from "node:path";
import type { SourceFile } from "./source-file.ts";
import type { Token } from "./tokens.ts";

const emptySuffix = /(?:Manager|Helpers?|Utils?|Common|Data|Info|Service)$/;
const emptyFileWord = /(?:^|-)(?:managers?|helpers?|utils?|common|service)(?:-|\.|$)/;
const kebabCase = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|fixture|contract))?\.ts$/;

/** Names that stand although the rule forbids their ending; none is the aim. */
const exceptions = new Set<string>(["RunService", "run-service.ts"]);

/** Names that say nothing, and files that are not named in kebab-case. */
export function nameViolations(file: SourceFile): string[] {
  const name = basename(file.path);
  const code = file.tokens.filter((token) => token.kind !== "comment");
  const types = code.flatMap((token, at) => {
    return declaresType(code, at) && emptySuffix.test(token.text) && !exceptions.has(token.text)
      ? [`${file.path}:${token.line} names a type "${token.text}": the ending says nothing`]
      : [];
  });
  const folders = file.path.split("/").filter((part) => emptyFileWord.test(part) && !exceptions.has(part));
  return [
    ...types,
    ...(kebabCase.test(name) ? [] : [`${file.path} is not named in kebab-case`]),
    ...folders.map((part) => `${file.path}: "${part}" says nothing`),
  ];
}

/** A `type X` inside the braces of an import names nothing new. */
function declaresType(code: readonly Token[], at: number): boolean {
  const before = code[at - 1]?.text;
  const isAlias = before === "type" && ["=", "<"].includes(code[at + 1]?.text ?? "");
  return code[at]?.kind === "word" && (isAlias || before === "class" || before === "interface");
}
