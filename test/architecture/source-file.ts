import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findImports, type Import } from "./imports.ts";
import { tokenize, type Token } from "./tokens.ts";

/** One TypeScript file of the repository, read and cut into tokens. `path` is relative to the root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly imports: readonly Import[];
  /** `controller` for a file below packages/controller/, otherwise undefined. */
  readonly package: string | undefined;
  /** The path inside the package's src/, otherwise the whole path. */
  readonly inside: string;
  /** Tests, and what only tests use. */
  readonly isTest: boolean;
}

/** The repository's root. */
export const root = join(import.meta.dirname, "../..");

/** Every TypeScript source of the repository but generated and built ones. */
export function readSourceFiles(): SourceFile[] {
  const patterns = ["packages/*/src/**/*.ts", "test/**/*.ts", "tools/**/*.ts", "bench/**/*.ts"];
  const exclude = (path: string) => /(?:^|\/)(?:node_modules|dist|gen)$/.test(path);
  return globSync(patterns, { cwd: root, exclude })
    .toSorted()
    .map((path) => parseSourceFile(path, readFileSync(join(root, path), "utf8")));
}

/** A source file made of its path and text alone. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const [, name, inside] = /^packages\/([^/]+)\/src\/(.*)$/.exec(path) ?? [];
  const isTest = name === undefined || /\.(?:test|contract|fixture)\.ts$/.test(path) || /(?:^|\/)testing\//.test(inside ?? "");
  const tokens = tokenize(text);
  return { path, text, tokens, imports: findImports(tokens), package: name, inside: inside ?? path, isTest };
}
