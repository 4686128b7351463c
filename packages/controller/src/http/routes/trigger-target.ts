import { unknownName } from "@longarm/shared";
import { findPlacedFaults, meantByName, type PlacedFault } from "@longarm/shared/schema";
import type { TSchema } from "typebox";
import Value from "typebox/value";
import { syncOf } from "../../ports/sync-store.ts";
import { wishInput } from "../../run/sync/order-sync.ts";
import type { Routes } from "./route.ts";

type Deps = Pick<Routes["deps"], "catalogue" | "syncs">;

/** What a trigger runs: a flow, an action, a stream, or `sync.NAME`. */
export interface TriggerTarget {
  readonly input: TSchema;
  /** Of a sync: the one that it is defined for. */
  readonly connection?: string;
}

/** Resolves to undefined where nothing of that name can be run. */
export async function targetNamed({ catalogue, syncs }: Deps, name: string): Promise<TriggerTarget | undefined> {
  const sync = syncOf(name);
  if (sync === undefined) return catalogue.runnable(name) as TriggerTarget | undefined;
  const found = await syncs.definitions.get(sync);
  return found && { input: wishInput, connection: found.value.connection };
}

/** Why nothing of that name can be run, and what was perhaps meant. */
export async function unknownTarget({ catalogue, syncs }: Deps, name: string): Promise<PlacedFault> {
  const sync = syncOf(name);
  const known =
    sync === undefined ? [...catalogue.flows(), ...catalogue.list()] : (await syncs.definitions.list()).map(({ value }) => value);
  const nearest = meantByName(
    sync ?? name,
    known.map((one) => one.name),
  );
  const command = sync === undefined ? "`longarm flows ls` lists flows" : "`longarm syncs ls` lists syncs";
  const hint = nearest.length > 0 ? `did you mean ${nearest.join(" or ")}?` : command;
  return { in: "body", pointer: "/flow", problem: `names nothing that can be run; ${hint}` };
}

/** An input with the target's defaults, and what the target's own schema says against it. Throws `unknown_flow`. */
export async function checkedInput(
  deps: Deps,
  name: string,
  input: unknown,
): Promise<{ readonly input: unknown; readonly faults: readonly PlacedFault[] }> {
  const target = await targetNamed(deps, name);
  if (!target)
    throw unknownName(
      "flow",
      name,
      deps.catalogue.flows().map((flow) => flow.name),
    );
  const complete = Value.Default(target.input, structuredClone(input));
  const faults = findPlacedFaults("input", target.input, complete);
  return { input: faults.length === 0 ? complete : input, faults };
}
