import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { withTemporaryDirectory } from "../support/directories.ts";
import { root, type SourceFile } from "./source-file.ts";

/** A function and its length in lines; one-line arrow functions have no name and are none of these. */
export interface FunctionSize {
  readonly place: string;
  readonly lines: number;
}

/** How long the files are. */
export function fileSizes(files: readonly SourceFile[]): { path: string; lines: number }[] {
  return files.map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }));
}

/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/**
 * The length of every named function and method, by oxlint: a limit of zero lines makes it name each of them. A count of our
 * own would need a grammar.
 */
export async function functionSizes(): Promise<FunctionSize[]> {
  return withTemporaryDirectory(async (directory) => {
    const config = join(directory, "sizes.json");
    const rules = { "max-lines-per-function": ["error", { max: 0, IIFEs: true }] };
    await writeFile(config, JSON.stringify({ plugins: [], categories: { correctness: "off" }, rules }));
    const printed = await oxlint(["-c", config, "-f", "json", "packages", "test", "tools", "bench"]);
    const { diagnostics } = JSON.parse(printed) as { diagnostics: Diagnostic[] };
    return diagnostics.flatMap(readSize);
  });
}

interface Diagnostic {
  readonly message: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

function readSize({ message, filename, labels }: Diagnostic): FunctionSize[] {
  const [, name, lines] = /(?:`([^`]*)` has|function has) too many lines \((\d+)\)/.exec(message) ?? [];
  if (lines === undefined || /\/(?:gen|dist)\//.test(filename)) return [];
  const isTrivial = name === undefined && Number(lines) <= 3;
  return isTrivial ? [] : [{ place: `${filename}:${labels[0]?.span.line} ${name ?? "(anonymous)"}`, lines: Number(lines) }];
}

/** It exits with 1 when it has found something, which here it always has. */
function oxlint(args: readonly string[]): Promise<string> {
  const command = join(dirname(createRequire(import.meta.url).resolve("oxlint/package.json")), "bin/oxlint");
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((fulfil, reject) => {
    execFile(process.execPath, [command, ...args], options, (error, stdout, stderr) =>
      stdout.includes("diagnostics") ? fulfil(stdout) : reject(error ?? new Error(stderr)),
    );
  });
}
