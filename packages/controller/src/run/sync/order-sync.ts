import { LongarmError, unknownName } from "@longarm/shared";
import { findPlacedFaults, nameFaults } from "@longarm/shared/schema";
import { type Static, Type } from "typebox";
import { type AnyDefinition, type AnyFlow, type SyncDefinition, syncModes } from "@longarm/spoke";
import { asWritten, maxDeletedForm, syncAction, type SyncStore } from "../../ports/sync-store.ts";
import type { RunRequest } from "../../ports/run-service.ts";
import type { SyncOrder } from "./carry-sync.ts";
import { maskMembers } from "../sealed-members.ts";

/** A run of a sync, as far as it is submitted and shown like an action's. */
export interface SyncRun {
  readonly kind: "sync";
  readonly name: string;
  readonly version: 1;
  readonly effect: "read";
  readonly destructive: false;
  /** Of what is stored with the run; nothing in it is secret. */
  readonly input: ReturnType<typeof Type.Object>;
}

const storedInput = Type.Object({});
/** The input of a run of a sync, as it is asked for. */
export const wishInput = Type.Object(
  {
    mode: Type.Optional(Type.Enum([...syncModes], { description: "Otherwise than the sync says." })),
    maxDeleted: Type.Optional(maxDeletedForm),
    sameOrg: Type.Optional(
      Type.Literal(true, { description: "What the connection leads to now is the org that was copied so far, under a new address." }),
    ),
    takeOver: Type.Optional(
      Type.Literal(true, {
        description:
          "Write to the sink although another installation, or an earlier life of this one, wrote there last and shut this one out.",
      }),
    ),
  },
  { additionalProperties: false },
);

/** What may be wished for one run of a sync. */
type Wish = Static<typeof wishInput>;

/** What runs of a sync are; the sync itself may be gone. */
export function syncRun(name: string): SyncRun {
  return { kind: "sync", name: syncAction(name), version: 1, effect: "read", destructive: false, input: storedInput };
}

/**
 * The request with all that the sync says, so that a change of the sync changes no run that was submitted before. Throws `unknown_sync`,
 * and `invalid_request` for a wish that a sync does not know, or another connection than the sync's.
 */
export async function orderSync(syncs: SyncStore, name: string, request: RunRequest): Promise<RunRequest> {
  const found = await syncs.get(name);
  if (!found)
    throw unknownName(
      "sync",
      name,
      (await syncs.list()).map(({ value }) => value.name),
    );
  const { connection } = found.value;
  checkWish(request, found.value);
  const { name: _name, connection: _connection, ...rest } = found.value;
  const order: SyncOrder = { ...rest, ...((request.input ?? {}) as Wish) };
  // Two runs of one sync would write the same rows.
  const terms = { ...request.terms, concurrencyKey: syncAction(name), concurrencyLimit: 1 };
  return { ...request, connection, input: order, terms };
}

/** What a run was submitted with, as it may be shown. */
export function shownInput(definition: AnyDefinition | AnyFlow | SyncRun, stored: unknown): unknown {
  return definition.kind === "sync" ? asWritten(stored as SyncOrder) : maskMembers(definition.input, stored);
}

/** What a run that is submitted again asks for, out of what is stored with the first one. */
export function wishOf(stored: unknown): Wish {
  const { mode, maxDeleted, sameOrg, takeOver } = stored as SyncOrder;
  return { mode, ...(maxDeleted !== undefined && { maxDeleted }), ...(sameOrg && { sameOrg }), ...(takeOver && { takeOver }) };
}

function checkWish({ input, connection }: RunRequest, sync: SyncDefinition): void {
  const faults = findPlacedFaults("input", wishInput, input ?? {});
  if (faults.length > 0)
    throw new LongarmError("invalid_request", `The input of ${syncAction(sync.name)} has ${nameFaults(faults)}.`, { details: { faults } });
  if (connection === undefined || connection === sync.connection) return;
  const problem = `must be "${sync.connection}", which the sync is defined for, or be left out`;
  throw new LongarmError("invalid_request", `/connection ${problem}.`, {
    details: { faults: [{ in: "body", pointer: "/connection", problem }] },
  });
}
