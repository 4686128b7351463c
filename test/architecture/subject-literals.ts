import type { SourceFile } from "./source-file.ts";

const home = "packages/shared/src/subjects.ts";
/** How a literal, or the head of a template, looks that can only be a subject. */
const subject =
  /^["'`](?:(?:runs\.(?:submit|log)|items|blobs|beat|enrol|enrolled|audit)\.(?:["'`$*>]|\$\{)|runs\.>|(?:agent|ctl)\.(?:\$\{|[*>])|\$(?:JS|KV|SYS)\.)/;
const streamName = /^["'](?:RUNS|ITEMS|BLOBS|AUDIT)["']$/;

/** Where a subject or a stream's name is written out: every one of them is made by subjects.ts alone. */
export function subjectViolations(file: SourceFile): string[] {
  if (file.package === undefined || file.isTest || file.path === home) return [];
  return file.tokens
    .filter((token) => (token.kind === "string" || token.kind === "template") && (subject.test(token.text) || streamName.test(token.text)))
    .map((token) => `${file.path}:${token.line} writes out ${token.text}: take it from subjects.ts`);
}
