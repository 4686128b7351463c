import type { SourceFile } from "./source-file.ts";

const impureWords = new Set([
  ...["async", "await", "Promise", "Date", "performance", "process", "console", "crypto", "fetch", "globalThis"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
]);
const impureModules = /^(?:node:|@longarm\/shared\/(?:rest|logger|config|seal))/;
/** Functions of Node that are pure, whatever the module they stand in does otherwise. */
const pureImport = /^import \{ (?:isIP|isIPv4|isIPv6)(?:, (?:isIP|isIPv4|isIPv6))* \} from "node:net";$/;

/** Where a `decide/` room has a clock, chance, a promise or I/O: it takes values and returns a plan, nothing else. */
export function purityViolations(file: SourceFile): string[] {
  if (file.isTest || !file.inside.startsWith("decide/")) return [];
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
