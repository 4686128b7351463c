import { LongarmError } from "@longarm/shared";
import type { Static, TSchema } from "typebox";
import { closedObjectFault, secretFaults } from "../check-definition.ts";
import type { FlowContext } from "./flow-context.ts";

/** A durable composition of actions, written as an async function. */
export interface Flow<I extends TSchema = TSchema, O extends TSchema = TSchema> {
  readonly kind: "flow";
  /** `<owner>.<noun>.<verb>`, as users type it: letters and full stops, the first part in lower case. */
  readonly name: string;
  /** The name people know it by. */
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Raised with each change of what it does: runs that began under another version end with that version's code, or not at all. */
  readonly version: number;
  /** A closed object schema (`additionalProperties: false`); secret members carry `x-secret`. */
  readonly input: I;
  readonly output: O;
  /**
   * Must do the same each time it is run with the same input and the same results of its steps: no clock, no chance and no I/O but the
   * context's. Throws whatever ends the run as failed.
   */
  run(context: FlowContext, input: Static<I>): Promise<Static<O>>;
}

// The catalogue holds flows of many schemas side by side; each is only run with input that passed its own.
/** A flow of whatever schemas. */
// oxlint-disable-next-line typescript/no-explicit-any -- see above: the catalogue checks input by the very schema
export type AnyFlow = Flow<any, any>;

const namePattern = /^[a-z]+(\.[a-zA-Z]+)+$/;

/** What of a flow is not of the form that one needs, each in words; empty: nothing. */
export function flowFaults(flow: Omit<AnyFlow, "kind" | "run"> & { readonly run?: unknown }): readonly string[] {
  const faults: string[] = [];
  if (typeof flow.name !== "string" || !namePattern.test(flow.name))
    faults.push("its name must be of the form owner.noun.verb, letters only, the first part in lower case");
  for (const member of ["title", "summary"] as const)
    if (typeof flow[member] !== "string" || flow[member] === "") faults.push(`it must have a ${member}`);
  if (!Number.isInteger(flow.version) || flow.version < 1) faults.push("its version must be a whole number from 1");
  if (typeof flow.run !== "function") faults.push("its run must be an async function");
  if (typeof flow.output !== "object" || flow.output === null) faults.push("its output must be a JSON Schema");
  return [...faults, ...closedObjectFault(flow.input), ...secretFaults(flow.input, "input"), ...secretFaults(flow.output, "output")];
}

/** Declares a flow. Throws `invalid_flow` at once when its name, version or schemas are not of the form that a flow needs. */
export function flow<I extends TSchema, O extends TSchema>(definition: Omit<Flow<I, O>, "kind">): Flow<I, O> {
  const faults = flowFaults(definition);
  if (faults.length === 0) return { kind: "flow", ...definition };
  throw new LongarmError("invalid_flow", `The flow "${definition.name}" is not of the form that a flow needs: ${faults.join("; ")}.`, {
    details: { faults },
  });
}
