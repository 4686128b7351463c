import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Environment } from "./environment.ts";

const form = /^\$\{(env|file):([^}]*)\}$/;

export type Resolved = { readonly kind: "value"; readonly text: string } | { readonly kind: "fault"; readonly message: string };

/** Is this text written as `${env:…}` or `${file:…}`, or begun so? */
export function looksLikeReference(text: string): boolean {
  return /^\$\{\w+:/.test(text);
}

function readSecretFile(file: string): Resolved {
  try {
    // Files written by editors and by "echo" end in a line feed that is no part of the secret.
    const text = readFileSync(file, "utf8").replace(/\r?\n$/, "");
    return text === "" ? { kind: "fault", message: `the file ${file} is empty` } : { kind: "value", text };
  } catch (reason) {
    return { kind: "fault", message: `the file ${file} cannot be read (${(reason as NodeJS.ErrnoException).code ?? "unknown reason"})` };
  }
}

/** The secret that `text` refers to, or `text` itself when it is no reference. Relative files are looked up from `directory`. */
export function resolveReference(text: string, from: { readonly environment: Environment; readonly directory: string }): Resolved {
  if (!looksLikeReference(text)) return { kind: "value", text };
  const match = form.exec(text);
  const [, kind, name] = match ?? [];
  if (!name) return { kind: "fault", message: "the reference is not one: write ${env:NAME} or ${file:/path}" };
  if (kind === "file") return readSecretFile(resolve(from.directory, name));
  const value = from.environment[name];
  return value ? { kind: "value", text: value } : { kind: "fault", message: `the environment variable ${name} is not set` };
}
