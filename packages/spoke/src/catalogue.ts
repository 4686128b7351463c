import { LongarmError, unknownName } from "@longarm/shared";
import { findPlacedFaults, nameFaults } from "@longarm/shared/schema";
import type { TSchema } from "typebox";
import Value from "typebox/value";
import type { AnyAction, AnyDefinition, Spoke } from "./definition.ts";
import { dynamicMembers } from "./dynamic-input.ts";
import type { AnyFlow } from "./flow/flow.ts";
import { invalidInput } from "./invalid-input.ts";
import type { RecordKind } from "./record-kind.ts";

/** Every definition of every spoke, by name. The schemas in it are plain JSON Schema, ready to be sent as they are. */
export interface Catalogue {
  /** The definition of that name, or undefined. */
  get(name: string): AnyDefinition | undefined;
  /**
   * The action, stream or flow of that name, or undefined. Of a flow the version that is asked for where it is still there, else its
   * latest.
   */
  runnable(name: string, version?: number): AnyDefinition | AnyFlow | undefined;
  /** The latest version of each flow, in the order of their names. */
  flows(): readonly AnyFlow[];
  /** In the order of their names. */
  list(): readonly AnyDefinition[];
  /** The spoke that a definition of that name belongs to. Throws `unknown_action`. */
  spokeOf(name: string): Spoke;
  spokes(): readonly Spoke[];
  /** Of which objects records are kept, whichever spoke they are of. */
  recordKinds(): readonly RecordKind[];
  /**
   * A copy of `input` with the schema's defaults filled in. Throws `invalid_request` with `details.faults`, a list of
   * `PlacedFault` that names everything wrong at once, each with a JSON pointer into the input.
   */
  checkInput(definition: AnyDefinition | AnyFlow, input: unknown): unknown;
  /** `output` as it is. Throws `action_contract_broken` when the action's own schema forbids it; quotes no value. */
  checkOutput(definition: AnyAction | AnyFlow, output: unknown): unknown;
}

function checkInput(definition: AnyDefinition | AnyFlow, input: unknown): unknown {
  const schema = definition.input as TSchema;
  const complete = Value.Default(schema, structuredClone(input));
  const faults = findPlacedFaults("input", schema, complete);
  if (faults.length === 0) return complete;
  throw invalidInput(definition.name, faults);
}

function checkOutput(definition: AnyAction | AnyFlow, output: unknown): unknown {
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

/** Every version of every flow, the latest first. Throws `invalid_flow` where two are the same, or one bears the name of an action. */
function registerFlows(flows: readonly AnyFlow[], isTaken: (name: string) => boolean): ReadonlyMap<string, readonly AnyFlow[]> {
  const versions = new Map<string, AnyFlow[]>();
  for (const flow of flows) {
    const { name, version } = flow;
    const others = versions.get(name) ?? [];
    if (isTaken(name)) throw new LongarmError("invalid_flow", `A flow is named "${name}", which is an action.`);
    if (others.some((other) => other.version === version))
      throw new LongarmError("invalid_flow", `The flow "${name}" is there twice in version ${version}; give one of them another version.`);
    versions.set(
      name,
      [...others, flow].toSorted((a, b) => b.version - a.version),
    );
  }
  return versions;
}

/** Each kind belongs to one spoke, and what it names must be there. */
function checkRecordKinds(kinds: readonly RecordKind[], flows: ReadonlyMap<string, readonly AnyFlow[]>): void {
  for (const { kind, pull, refresh } of kinds) {
    if (kinds.filter((other) => other.kind === kind).length > 1) throw new LongarmError("internal", `Two spokes keep records of ${kind}.`);
    for (const flow of [refresh.flow, ...(pull === undefined ? [] : [pull])])
      if (!flows.has(flow)) throw new LongarmError("internal", `The records of ${kind} name the flow "${flow}", which there is not.`);
  }
}

/** The catalogue of these spokes, and of flows of the installation's own. Throws `invalid_flow`, and `internal` when two definitions share a name, or one stands in the wrong spoke or names another that is not there. */
export function createCatalogue(spokes: readonly Spoke[], ownFlows: readonly AnyFlow[] = []): Catalogue {
  const entries = register(spokes);
  checkDynamicInputs(entries);
  const flows = registerFlows([...spokes.flatMap((spoke) => spoke.flows ?? []), ...ownFlows], (name) => entries.has(name));
  const latest = [...flows.values()].flatMap(([flow]) => flow ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const sorted = [...entries.values()].map(({ definition }) => definition).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const kinds = spokes.flatMap(({ records }) => records ?? []);
  checkRecordKinds(kinds, flows);
  return {
    get: (name) => entries.get(name)?.definition,
    runnable(name, version) {
      const versions = flows.get(name) ?? [];
      return entries.get(name)?.definition ?? versions.find((flow) => flow.version === version) ?? versions[0];
    },
    flows: () => latest,
    list: () => sorted,
    spokeOf: (name) => {
      const entry = entries.get(name);
      if (entry) return entry.spoke;
      throw unknownName("action", name, [...entries.keys()]);
    },
    spokes: () => spokes,
    recordKinds: () => kinds,
    checkInput,
    checkOutput,
  };
}
