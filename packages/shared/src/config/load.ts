import { dirname } from "node:path";
import type { Static, TSchema } from "typebox";
import { Secret } from "../secret.ts";
import { withDefaults } from "./defaults.ts";
import { parseText, readDocument, type ConfigurationDocument } from "./document.ts";
import { readOverrides, withValueAt, type Environment, type Override } from "./environment.ts";
import { configurationError, type Fault } from "./fault.ts";
import { looksLikeReference, resolveReference } from "./references.ts";
import { at, durationAt, isPlainObject, isSecret, mapLeaves, type KeyPath, type Place } from "../schema/schema-node.ts";
import { validate } from "./validate.ts";

/** Where a configuration comes from; later members win over earlier ones: the schema's defaults, `defaults`, `file`, `environment`. */
export interface ConfigurationSources<S extends TSchema> {
  /** Strings may be marked by `secretString()` and `durationString()`. Objects are closed unless the schema opens them. */
  readonly schema: S;
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** YAML or JSON; absent: none is read. */
  readonly file?: string;
  /** What stands in the file, for whoever has read it already. */
  readonly text?: string;
  readonly environment: Environment;
  /** What the variables begin with, such as `LONGARM`; an underscore and the path follow: `broker.storeDir` → `LONGARM_BROKER_STORE_DIR`. */
  readonly prefix: string;
}

/** A configuration that passed every check. */
export interface LoadedConfiguration<T> {
  /** Validated, with every default; secrets as `Secret`, durations in milliseconds. */
  readonly value: T;
  /** The same as it may be shown: secrets are `***`, durations as they were written. */
  readonly printable: Readonly<Record<string, unknown>>;
}

function merge(base: unknown, over: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(over)) return over === undefined ? base : over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, member] of Object.entries(over)) merged[key] = merge(base[key], member);
  return merged;
}

function startsWith(path: KeyPath, beginning: KeyPath): boolean {
  return beginning.every((key, index) => path[index] === key);
}

function located(fault: Fault, document: ConfigurationDocument | undefined, overrides: readonly Override[]): Fault {
  const override = overrides.findLast(({ path }) => startsWith(fault.path, path));
  if (override) return { ...fault, variable: override.variable };
  const line = fault.line ?? document?.lineOf(fault.path);
  return line === undefined ? fault : { ...fault, line };
}

/** Puts the secrets themselves in the place of their references, and collects what could not be resolved. */
function resolveAll(
  value: unknown,
  root: Place,
  from: { environment: Environment; directory: string },
): { value: unknown; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const resolved = mapLeaves(value, root, (leaf, { path, nodes }) => {
    if (typeof leaf !== "string" || !looksLikeReference(leaf)) return leaf;
    if (!isSecret(nodes)) {
      faults.push({ path, message: "only secrets may be references; write the value itself, or set its environment variable" });
      return leaf;
    }
    const found = resolveReference(leaf, from);
    if (found.kind === "value") return found.text;
    faults.push({ path, message: found.message });
    return leaf;
  });
  return { value: resolved, faults };
}

function documentOf({ file, text }: Pick<ConfigurationSources<TSchema>, "file" | "text">): ConfigurationDocument | undefined {
  if (text !== undefined) return parseText(text);
  return file === undefined ? undefined : readDocument(file);
}

/**
 * Reads, merges, resolves and checks a configuration. Every fault is told at once, with its key and its line or variable:
 * `invalid_configuration`. No fault shows a secret.
 */
export function loadConfiguration<S extends TSchema>(sources: ConfigurationSources<S>): LoadedConfiguration<Static<S>> {
  const { schema, file, environment } = sources;
  const root: Place = { path: [], nodes: at(schema, []) };
  const document = documentOf(sources);
  const source = file ?? "The configuration";
  if (document && document.faults.length > 0) throw configurationError(document.faults, source);
  const overrides = readOverrides(schema, environment, sources.prefix);
  const written = overrides.reduce(
    (merged, { path, value }) => withValueAt(merged, path, value),
    merge(sources.defaults ?? {}, document?.value),
  );
  const directory = file === undefined ? process.cwd() : dirname(file);
  const resolved = resolveAll(withDefaults(schema, written), root, { environment, directory });
  const faults = [...resolved.faults, ...validate(schema, resolved.value)];
  if (faults.length > 0)
    throw configurationError(
      faults.map((fault) => located(fault, document, overrides)),
      source,
    );
  const value = mapLeaves(resolved.value, root, (leaf, { nodes }) => {
    if (isSecret(nodes) && typeof leaf === "string") return new Secret(leaf);
    return durationAt(nodes, leaf) ?? leaf;
  });
  const printable = mapLeaves(resolved.value, root, (leaf, { nodes }) => (isSecret(nodes) ? "***" : leaf));
  return { value: value as Static<S>, printable: printable as Record<string, unknown> };
}
