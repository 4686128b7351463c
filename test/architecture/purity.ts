import type { SourceFile } from "./source-file.ts";

const impureWords = new Set([
  ...["async", "await", "Promise", "Date", "performance", "process", "console", "crypto", "fetch", "globalThis"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
]);
const impureModules = /^(?:node:|@longarm\/shared\/(?:rest|logger|config|seal))/;
/** Functions of Node that are pure, whatever the module they stand in does otherwise. */
const pureImport = /^import \{ (?:isIP|isIPv4|isIPv6)(?:, (?:isIP|isIPv4|isIPv6))* \} from "node:net";$/;

/** `decide/` everywhere, and what makes a plan of a file in the package of syncs. */
function isPure({ package: name, inside }: SourceFile): boolean {
  return inside.startsWith("decide/") || (name === "sync" && inside.startsWith("apply/"));
}

/** Where a room that decides has a clock, chance, a promise or I/O: it takes values and returns a plan, nothing else. */
export function purityViolations(file: SourceFile): string[] {
  if (file.isTest || !isPure(file)) return [];
  const lines = file.text.split("\n");
  const code = file.tokens.filter((token) => token.kind !== "comment");
  const words = code.flatMap((token, at) => {
    const isMember = code[at - 1]?.text === ".";
    const isRandom = token.text === "random" && isMember && code[at - 2]?.text === "Math";
    const isImpure = token.kind === "word" && !isMember && impureWords.has(token.text);
    return isImpure || isRandom ? [`${file.path}:${token.line} uses ${isRandom ? "Math.random" : token.text} in a pure room`] : [];
  });
  const modules = file.imports
    .filter(({ specifier, line }) => impureModules.test(specifier) && !pureImport.test(lines[line - 1] ?? ""))
    .map(({ specifier, line }) => `${file.path}:${line} imports "${specifier}" into a pure room`);
  return [...words, ...modules];
}
