import { nearest } from "@longarm/shared/config";
import type { TSchema } from "typebox";
import { Settings } from "typebox/system";
import Value from "typebox/value";

/** One thing that is wrong with a value: where, as a JSON pointer (RFC 6901; "" is the whole value), and what. Quotes no value. */
export interface SchemaFault {
  readonly at: string;
  readonly fault: string;
}

type SchemaError = ReturnType<typeof Value.Errors>[number];

const mostErrors = 200;

// TypeBox stops at eight errors unless told otherwise, and only by a setting of the whole process.
function allErrors(schema: TSchema, value: unknown): readonly SchemaError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: mostErrors });
  try {
    return Value.Errors(schema, value);
  } finally {
    Settings.Set({ maxErrors });
  }
}

function pointerToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function schemaAt(schema: TSchema, schemaPath: string): unknown {
  let node: unknown = schema;
  for (const raw of schemaPath.split("/").slice(1)) {
    const key = decodeURIComponent(raw).replaceAll("~1", "/").replaceAll("~0", "~");
    node = (node as Readonly<Record<string, unknown>> | undefined)?.[key];
  }
  return node;
}

function unknownMember(name: string, schema: unknown): string {
  const known = Object.keys((schema as { properties?: object } | undefined)?.properties ?? {});
  const meant = nearest(name, known);
  if (meant !== undefined) return `is not a member that is known here; did you mean "${meant}"?`;
  return known.length === 0 ? "is not a member that is known here" : `is not a member that is known here; known are ${known.join(", ")}`;
}

function toFaults(error: SchemaError, schema: TSchema): readonly SchemaFault[] {
  const at = error.instancePath;
  if (error.keyword === "required") {
    return error.params.requiredProperties.map((name) => ({ at: `${at}/${pointerToken(name)}`, fault: "is required and absent" }));
  }
  if (error.keyword === "additionalProperties") {
    const node = schemaAt(schema, error.schemaPath);
    return error.params.additionalProperties.map((name) => ({ at: `${at}/${pointerToken(name)}`, fault: unknownMember(name, node) }));
  }
  if (error.keyword === "enum")
    return [{ at, fault: `must be one of ${error.params.allowedValues.map((value) => JSON.stringify(value)).join(", ")}` }];
  if (error.keyword === "anyOf") return [{ at, fault: "is none of the forms that are allowed here" }];
  return [{ at, fault: error.message }];
}

// What each branch of a union has to say, and the schema `false` behind a closed object, only repeat another error.
function isEcho(error: SchemaError, unions: readonly SchemaError[]): boolean {
  return (
    error.keyword === "boolean" || unions.some((union) => error !== union && error.schemaPath.startsWith(`${union.schemaPath}/anyOf/`))
  );
}

/** Everything that is wrong with `value`; empty when it is as its schema wants. */
export function findFaults(schema: TSchema, value: unknown): readonly SchemaFault[] {
  if (Value.Check(schema, value)) return [];
  const errors = allErrors(schema, value);
  const unions = errors.filter((error) => error.keyword === "anyOf");
  return errors.filter((error) => !isEcho(error, unions)).flatMap((error) => toFaults(error, schema));
}

/** A few of the faults as the end of a sentence; the details of the error hold them all. */
export function nameFaults(faults: readonly SchemaFault[]): string {
  const shown = faults.slice(0, 5).map(({ at, fault }) => `${at === "" ? "the whole" : at} ${fault}`);
  return shown.join("; ") + (faults.length > 5 ? `; and ${faults.length - 5} more` : "");
}
