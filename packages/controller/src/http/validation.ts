import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import { LongarmError } from "@longarm/shared";
import type { FastifyInstance } from "fastify";
import { Settings } from "typebox/system";

/** One fault of a request: the part it stands in, the JSON pointer inside that part, and a sentence. */
export interface RequestFault {
  readonly in: string;
  readonly pointer: string;
  readonly problem: string;
}

interface SchemaFault {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function pointerToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function faultsOf(part: string, fault: SchemaFault): RequestFault[] {
  const at = (name: string, problem: string): RequestFault => ({
    in: part,
    pointer: `${fault.instancePath}/${pointerToken(name)}`,
    problem,
  });
  if (fault.keyword === "additionalProperties")
    return names(fault.params["additionalProperties"]).map((name) => at(name, "is not a member that is known here"));
  if (fault.keyword === "required") return names(fault.params["requiredProperties"]).map((name) => at(name, "is missing"));
  if (fault.keyword === "enum")
    return [{ in: part, pointer: fault.instancePath, problem: `must be one of ${names(fault.params["allowedValues"]).join(", ")}` }];
  return [{ in: part, pointer: fault.instancePath, problem: fault.message ?? `fails "${fault.keyword}"` }];
}

// A closed object says the same of each unknown member twice: once by `additionalProperties`, once by the schema `false`.
function isEcho(fault: SchemaFault): boolean {
  return fault.keyword === "boolean";
}

/** Every fault at once, as `invalid_request`. No value of the request is quoted. */
export function toInvalidRequest(part: string, schemaFaults: readonly SchemaFault[]): LongarmError {
  const faults = schemaFaults.filter((fault) => !isEcho(fault)).flatMap((fault) => faultsOf(part, fault));
  const first = faults.slice(0, 5).map((fault) => `${fault.in}${fault.pointer} ${fault.problem}`);
  const more = faults.length > 5 ? `; and ${faults.length - 5} more` : "";
  return new LongarmError("invalid_request", `The request has faults: ${first.join("; ")}${more}.`, { details: { faults } });
}

/**
 * Checks requests against their schemas: bodies as they are, without coercion, defaults or trimming; query and path values
 * converted from their text. Answers are written as they are: their schemas only document them.
 */
export function checkRequests(app: FastifyInstance): void {
  // The library stops at 8 faults unless told otherwise.
  Settings.Set({ maxErrors: 100 });
  app.setValidatorCompiler(TypeBoxValidatorCompiler as Parameters<typeof app.setValidatorCompiler>[0]);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setSchemaErrorFormatter((faults, part) => toInvalidRequest(part === "querystring" ? "query" : part, faults));
}
