import { readFileSync } from "node:fs";
import { isMap, isNode, LineCounter, parseDocument, type Document, type Node } from "yaml";
import type { Fault } from "./fault.ts";
import { isPlainObject, type KeyPath } from "../schema/schema-node.ts";

/** A configuration file that was read: its value, what is wrong with its form, and where things stand in it. */
export interface ConfigurationDocument {
  readonly value: Record<string, unknown>;
  readonly faults: readonly Fault[];
  /** The line, from 1, of what stands at `path`, or of the nearest thing above it. */
  lineOf(path: KeyPath): number | undefined;
}

function keyNode(document: Document, path: KeyPath): Node | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(path.at(-1))) : undefined;
  if (pair && isNode(pair.key)) return pair.key;
  const node = document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

function findLine(document: Document, lines: LineCounter, path: KeyPath): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const range = keyNode(document, path.slice(0, length))?.range;
    if (range) return lines.linePos(range[0]).line;
  }
  return undefined;
}

function unreadable(message: string): ConfigurationDocument {
  return { value: {}, faults: [{ path: [], message }], lineOf: () => undefined };
}

function readText(file: string): string | ConfigurationDocument {
  try {
    return readFileSync(file, "utf8");
  } catch (reason) {
    const { code } = reason as NodeJS.ErrnoException;
    return unreadable(code === "ENOENT" ? "there is no such file" : `the file cannot be read (${code ?? "unknown reason"})`);
  }
}

/** Reads a YAML file; JSON is YAML. Faults of form are returned, so that they can be told with all the others. */
export function readDocument(file: string): ConfigurationDocument {
  const text = readText(file);
  return typeof text === "string" ? parseText(text) : text;
}

/** The same for a text that was read already. */
export function parseText(text: string): ConfigurationDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ message, pos }) => ({ path: [], message, line: lines.linePos(pos[0]).line }));
    return { value: {}, faults, lineOf: () => undefined };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 }) ?? {};
    // What holds itself has no end for whoever walks through it.
    JSON.stringify(value);
  } catch {
    return unreadable("an alias names what is not there or what it stands in, or there are too many of them");
  }
  if (!isPlainObject(value)) return unreadable("keys and values were expected, at the outermost level");
  return { value, faults: [], lineOf: (path) => findLine(document, lines, path) };
}
