import { LongarmError, unknownName } from "@longarm/shared";
import { findPlacedFaults, nameFaults } from "@longarm/shared/schema";
import type { TSchema } from "typebox";
import Value from "typebox/value";
import type { AnyAction, AnyDefinition, Spoke } from "./definition.ts";
import { dynamicMembers } from "./dynamic-input.ts";
import { invalidInput } from "./invalid-input.ts";

/** Every definition of every spoke, by name. The schemas in it are plain JSON Schema, ready to be sent as they are. */
export interface Catalogue {
  /** The definition of that name, or undefined. */
  get(name: string): AnyDefinition | undefined;
  /** In the order of their names. */
  list(): readonly AnyDefinition[];
  /** The spoke that a definition of that name belongs to. Throws `unknown_action`. */
  spokeOf(name: string): Spoke;
  spokes(): readonly Spoke[];
  /**
   * A copy of `input` with the schema's defaults filled in. Throws `invalid_request` with `details.faults`, a list of
   * `PlacedFault` that names everything wrong at once, each with a JSON pointer into the input.
   */
  checkInput(definition: AnyDefinition, input: unknown): unknown;
  /** `output` as it is. Throws `action_contract_broken` when the action's own schema forbids it; quotes no value. */
  checkOutput(definition: AnyAction, output: unknown): unknown;
}

function checkInput(definition: AnyDefinition, input: unknown): unknown {
  const schema = definition.input as TSchema;
  const complete = Value.Default(schema, structuredClone(input));
  const faults = findPlacedFaults("input", schema, complete);
  if (faults.length === 0) return complete;
  throw invalidInput(definition.name, faults);
}

function checkOutput(definition: AnyAction, output: unknown): unknown {
  const faults = findPlacedFaults("output", definition.output as TSchema, output);
  if (faults.length === 0) return output;
  throw new LongarmError(
    "action_contract_broken",
    `What ${definition.name} returned is forbidden by its own output schema; it has ${nameFaults(faults)}.`,
    { details: { faults } },
  );
}

function register(spokes: readonly Spoke[]): ReadonlyMap<string, { readonly definition: AnyDefinition; readonly spoke: Spoke }> {
  const entries = new Map<string, { definition: AnyDefinition; spoke: Spoke }>();
  for (const spoke of spokes) {
    for (const definition of spoke.definitions) {
      const { name } = definition;
      if (!name.startsWith(`${spoke.name}.`))
        throw new LongarmError("internal", `"${name}" stands in the spoke "${spoke.name}", so its name must begin with "${spoke.name}.".`);
      if (entries.has(name)) throw new LongarmError("internal", `Two definitions are named "${name}".`);
      entries.set(name, { definition, spoke });
    }
  }
  return entries;
}

/** Whoever asks for choices is to get them, so what an input's schema names must be there. */
function checkDynamicInputs(entries: ReadonlyMap<string, { readonly definition: AnyDefinition }>): void {
  for (const { definition } of entries.values()) {
    for (const { member, gives, action } of dynamicMembers(definition)) {
      const teller = entries.get(action)?.definition;
      const output =
        teller?.kind === "action" && teller.effect === "read" ? (teller.output as { properties?: object }).properties : undefined;
      if (output && gives in output) continue;
      throw new LongarmError(
        "internal",
        `The input "${member}" of ${definition.name} names "${action}", which is no reading action that gives ${gives}.`,
      );
    }
  }
}

/** The catalogue of these spokes. Throws `internal` when two definitions share a name, or one stands in the wrong spoke or names another that is not there. */
export function createCatalogue(spokes: readonly Spoke[]): Catalogue {
  const entries = register(spokes);
  checkDynamicInputs(entries);
  const sorted = [...entries.values()].map(({ definition }) => definition).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    get: (name) => entries.get(name)?.definition,
    list: () => sorted,
    spokeOf: (name) => {
      const entry = entries.get(name);
      if (entry) return entry.spoke;
      throw unknownName("action", name, [...entries.keys()]);
    },
    spokes: () => spokes,
    checkInput,
    checkOutput,
  };
}
