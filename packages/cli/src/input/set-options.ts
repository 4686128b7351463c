import { LongarmError } from "@longarm/shared";
import type { Schema } from "../api/types.ts";
import type { Shell } from "../shell.ts";
import { readReferred } from "./read-text.ts";

type Json = { [member: string]: unknown };

function wrong(option: string, problem: string): LongarmError {
  return new LongarmError("invalid_usage", `--set ${option}: ${problem}.`);
}

/** `a.b\.c` as `["a", "b.c"]`. */
function pathOf(key: string): string[] {
  const path = key.split(/(?<!\\)\./).map((part) => part.replaceAll("\\.", "."));
  if (path.some((part) => part === "" || part === "__proto__")) throw wrong(key, "expected a path such as profile.login=ada@example.com");
  return path;
}

function schemaAt(schema: Schema | undefined, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((at, part) => at?.properties?.[part], schema);
}

function typesOf(schema: Schema | undefined): readonly string[] {
  if (!schema) return [];
  const own = [schema.type ?? []].flat();
  const literals = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])].map((value) => typeof value);
  return [...own, ...literals, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(typesOf)];
}

/** Text where the schema has text or does not say; JSON for numbers, booleans, lists and objects. */
function valueOf(key: string, text: string, schema: Schema | undefined): unknown {
  const types = typesOf(schema);
  if (types.length === 0 || types.includes("string")) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(`${key}=…`, `expected ${types.join(" or ")} as JSON`);
  }
}

function assign(target: Json, path: readonly string[], value: unknown): void {
  const last = path.at(-1) ?? "";
  let at = target;
  for (const part of path.slice(0, -1)) {
    const next = Object.hasOwn(at, part) ? at[part] : (at[part] = {});
    if (typeof next !== "object" || next === null || Array.isArray(next)) throw wrong(path.join("."), `"${part}" is no object`);
    at = next as Json;
  }
  at[last] = value;
}

/**
 * The input with each `--set PATH=VALUE` put into it; a VALUE of `@FILE` or `-` is read from there, without its last newline, so
 * that secrets stay out of the shell's history. The action's schema tells which values are text.
 */
export async function applySetOptions(
  shell: Shell,
  input: unknown,
  from: { readonly options: readonly string[]; readonly schema: Schema },
): Promise<unknown> {
  if (from.options.length === 0) return input;
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw new LongarmError("invalid_usage", "--set needs an input that is an object.");
  const target = structuredClone(input) as Json;
  for (const option of from.options) {
    const equals = option.indexOf("=");
    if (equals < 1) throw wrong(option, "expected PATH=VALUE");
    const key = option.slice(0, equals);
    const path = pathOf(key);
    const argument = option.slice(equals + 1);
    const text = (await readReferred(shell, argument, `--set ${key}`))?.replace(/\r?\n$/, "") ?? argument;
    assign(target, path, valueOf(key, text, schemaAt(from.schema, path)));
  }
  return target;
}
