import type { SourceFile } from "./source-file.ts";

/** Where the compiler or the linter is silenced without a reason. */
export function directiveViolations(file: SourceFile): string[] {
  return file.tokens.flatMap((token) => {
    if (token.kind !== "comment") return [];
    const at = `${file.path}:${token.line}`;
    if (/@ts-(?:ignore|nocheck)/.test(token.text)) return [`${at} silences the compiler for good: use @ts-expect-error with a reason`];
    const directive = /(?:@ts-expect-error|(?:ox|es)lint-disable[\w-]*[^-]*)(?<rest>.*)/.exec(token.text);
    const hasReason = /-- \S|[:,] \S/.test(directive?.groups?.["rest"] ?? "") || /@ts-expect-error \S/.test(token.text);
    return directive && !hasReason ? [`${at} silences a rule without a reason: end it with "-- why"`] : [];
  });
}
