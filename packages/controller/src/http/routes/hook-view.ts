import { formatDuration, type HookState } from "@longarm/shared";
import { Type } from "typebox";
import { validSecrets } from "../../decide/hooks/secrets.ts";
import { newHookState } from "../../decide/hooks/state.ts";
import type { Revised } from "../../ports/connection-store.ts";
import type { Webhook } from "../../ports/webhook-store.ts";
import { toRfc3339 } from "../moments.ts";
import { definitionName, revisionMembers } from "../schemas.ts";

const time = Type.String({ format: "date-time" });
const nullable = <T extends Parameters<typeof Type.Array>[0]>(schema: T) => Type.Union([schema, Type.Null()]);

const counts = Type.Object(
  {
    deliveries: Type.Integer({ description: "Taken, all their events stored." }),
    events: Type.Integer({ description: "Brought by them for the first time." }),
    duplicates: Type.Integer({ description: "Brought by them, and there before." }),
    refused: Type.Integer({ description: "Deliveries with a wrong secret, or malformed." }),
    missed: Type.Integer({ description: "Events that never came, and were found in the org's log." }),
  },
  { description: "Since the hook was made; a second behind." },
);

const members = {
  name: { ...definitionName, description: "The connection's." },
  uri: Type.String({ description: "Where the org is to send its events; without `publicUrl` the path alone." }),
  secrets: Type.Array(
    Type.Object({
      id: Type.String({ description: "No secret itself." }),
      madeAt: time,
      endsAt: nullable({ ...time, description: "When it is valid no more; null: it is the present one." }),
    }),
    { description: "Those that are valid, the present one first." },
  ),
  presentUsed: Type.Boolean({ description: "Has a delivery come with the present secret?" }),
  reconcileEvery: nullable(Type.String({ description: "How often the org's log is read for what never came; null: never." })),
  counts,
  lastDeliveryAt: nullable(time),
  reconciledUntil: { ...time, description: "All that happened before is stored." },
  lastLook: nullable(Type.Object({ at: time, problem: nullable(Type.String()) })),
  lastGap: nullable(
    Type.Object(
      { missed: Type.Integer(), foundAt: time, since: time, until: time },
      { description: "The last time that events were found which never came." },
    ),
  ),
  ownActors: nullable(Type.Array(Type.String(), { description: "Under which ids our own changes appear there; null: not asked yet." })),
  ...revisionMembers,
};

/** What is shown of a hook; its secrets never. */
export const HookSchema = Type.Object(members, { $id: "Hook" });
/** A hook with the secret that was just made, shown this once. */
export const NewHookSchema = Type.Object(
  { ...members, secret: Type.String({ description: "What the org is to send as `Authorization`. It is shown this once." }) },
  { $id: "NewHook" },
);

/** A hook as it is shown. */
export function viewHook(
  { value: hook, revision, updatedAt }: Revised<Webhook>,
  stored: HookState | undefined,
  { nowMs, publicUrl, spoke }: { readonly nowMs: number; readonly publicUrl: string | undefined; readonly spoke: string },
): Record<string, unknown> {
  const state = stored ?? newHookState(hook.name, hook.madeAtMs);
  const valid = validSecrets(hook.secrets, nowMs);
  const orNull = (ms: number | null): string | null => (ms === null ? null : toRfc3339(ms));
  const { lastLook, lastGap } = state;
  return {
    name: hook.name,
    uri: `${publicUrl?.replace(/\/+$/, "") ?? ""}/hooks/${spoke}/${hook.name}`,
    secrets: valid.map(({ id, madeAtMs, endsAtMs }) => ({ id, madeAt: toRfc3339(madeAtMs), endsAt: orNull(endsAtMs ?? null) })),
    presentUsed: valid[0]?.id === state.lastUsed,
    reconcileEvery: hook.reconcileEveryMs === null ? null : formatDuration(hook.reconcileEveryMs),
    counts: state.counts,
    lastDeliveryAt: orNull(state.lastDeliveryMs),
    reconciledUntil: toRfc3339(state.reconciledMs),
    lastLook: lastLook && { at: toRfc3339(lastLook.atMs), problem: lastLook.problem },
    lastGap: lastGap && {
      missed: lastGap.missed,
      ...{ foundAt: toRfc3339(lastGap.atMs), since: toRfc3339(lastGap.sinceMs), until: toRfc3339(lastGap.untilMs) },
    },
    ownActors: state.actors?.ids ?? null,
    revision,
    updatedAt: toRfc3339(updatedAt),
  };
}
