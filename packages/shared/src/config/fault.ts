import { LongarmError } from "../errors.ts";
import { showPath, type KeyPath } from "../schema/schema-node.ts";

/** One thing that is wrong, and where: the line of the file, or the environment variable that it came from. */
export interface Fault {
  readonly path: KeyPath;
  readonly message: string;
  readonly line?: number;
  readonly variable?: string;
}

function place({ path, line, variable }: Fault): string {
  const key = path.length > 0 ? [showPath(path)] : [];
  if (variable !== undefined) return [...key, `from ${variable}`].join(", ");
  return [...(line === undefined ? [] : [`line ${line}`]), ...key].join(", ");
}

function sentence(fault: Fault): string {
  const where = place(fault);
  return where === "" ? fault.message : `${where}: ${fault.message}`;
}

/** All faults as one `invalid_configuration`; its message lists them, its details hold them one by one. */
export function configurationError(faults: readonly Fault[], source: string): LongarmError {
  const ordered = faults.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
  const count = ordered.length === 1 ? "one fault" : `${ordered.length} faults`;
  const message = `${source} has ${count}:\n${ordered.map((fault) => `  ${sentence(fault)}`).join("\n")}`;
  const details = ordered.map(({ path, ...rest }) => ({ key: showPath(path), ...rest }));
  return new LongarmError("invalid_configuration", message, { details: { source, faults: details } });
}
