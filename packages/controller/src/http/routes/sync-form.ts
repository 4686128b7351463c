import { Type, type Static } from "typebox";
import type { Revised } from "../../ports/connection-store.ts";
import { type SyncDefinition, type SyncEngine, syncModes } from "@longarm/spoke";
import { asWritten, maxDeletedForm, type SyncMark } from "../../ports/sync-store.ts";
import { toRfc3339 } from "../moments.ts";
import { closed, definitionName, revisionMembers } from "../schemas.ts";
import { duration, FormReader } from "./form-reader.ts";

const members = {
  connection: { ...definitionName, description: "Where it reads from." },
  streams: Type.Array(Type.String({ maxLength: 64 }), {
    minItems: 1,
    maxItems: 50,
    uniqueItems: true,
    description: "What is read, such as `users`, `groups`, `groupMembers`.",
    examples: [["users", "groups", "groupMembers"]],
  }),
  mode: Type.Enum([...syncModes], {
    description: "`incremental`: what has changed since the last run; `full`: everything, and what is gone is marked.",
  }),
  sink: { ...definitionName, description: "Where it goes: the name of a sink in the controllers' configuration." },
  overlap: duration("How far behind its watermark an incremental run looks once more, 24h at most"),
  fullEvery: Type.Union([
    Type.Literal("never"),
    duration("An incremental sync makes a whole sweep when the last one is this old, since only that finds every deletion"),
  ]),
  parallel: Type.Integer({
    minimum: 1,
    maximum: 64,
    description: "How many lists of one kind, such as members of groups, are read at once.",
  }),
  maxDeleted: maxDeletedForm,
};
const { connection, streams, mode, sink, overlap, fullEvery, parallel, maxDeleted } = members;

/** A sync as people write it. */
export const SyncForm = closed(
  {
    name: Type.Optional({ ...definitionName, description: "The name in the path, if at all." }),
    ...{ connection, streams },
    mode: Type.Optional(mode),
    sink: Type.Optional(sink),
    overlap: Type.Optional(overlap),
    fullEvery: Type.Optional(fullEvery),
    parallel: Type.Optional(parallel),
    maxDeleted: Type.Optional(maxDeleted),
  },
  { examples: [{ connection: "acme", streams: ["users", "groups", "groupMembers"] }] },
);

/** A sync as it is shown, with its last run. */
export const SyncSchema = Type.Object(
  {
    name: definitionName,
    ...members,
    lastRun: Type.Union([Type.Object({ id: Type.String(), pages: Type.Integer(), items: Type.Integer() }), Type.Null()]),
    ...revisionMembers,
  },
  { $id: "Sync" },
);

const defaults = {
  mode: "incremental",
  sink: "sqlite",
  overlapMs: 300_000,
  fullEveryMs: 7 * 86_400_000,
  parallel: 4,
  maxDeleted: "20%",
} as const;
const longestOverlapMs = 86_400_000;

/** The sync that a form describes; throws every fault of it at once as `invalid_request`. */
export function readSync(name: string, form: Static<typeof SyncForm>, syncable: Pick<SyncEngine, "streams" | "sinks">): SyncDefinition {
  const reader = new FormReader();
  if (form.name !== undefined && form.name !== name) reader.fault("/name", `must be "${name}" like the path, or be left out`);
  for (const [at, stream] of form.streams.entries()) {
    if (!syncable.streams.includes(stream)) reader.fault(`/streams/${at}`, `must be one of ${syncable.streams.join(", ")}`);
  }
  const { sink: wanted = defaults.sink } = form;
  if (!syncable.sinks.includes(wanted))
    reader.fault("/sink", `must be a sink of the controllers' configuration: ${syncable.sinks.join(", ")}`);
  const overlapMs = form.overlap === undefined ? defaults.overlapMs : reader.duration("/overlap", form.overlap);
  if (overlapMs > longestOverlapMs) reader.fault("/overlap", "must not exceed 24h");
  const fullEveryMs = readFullEvery(reader, form.fullEvery);
  reader.refuseFaults("The sync");
  return {
    ...{ name, connection: form.connection, streams: form.streams, sink: wanted, overlapMs, fullEveryMs },
    ...{ mode: form.mode ?? defaults.mode, parallel: form.parallel ?? defaults.parallel },
    maxDeleted: form.maxDeleted ?? defaults.maxDeleted,
  };
}

function readFullEvery(reader: FormReader, text: string | undefined): number | null {
  if (text === "never") return null;
  return text === undefined ? defaults.fullEveryMs : reader.span("/fullEvery", text);
}

/** A sync in the form in which it is written, with what is known of its last run. */
export function viewSync({ value, revision, updatedAt }: Revised<SyncDefinition>, mark: SyncMark | undefined): Record<string, unknown> {
  const { maxDeleted = defaults.maxDeleted, ...rest } = asWritten(value);
  const lastRun = mark ? { id: mark.runId, pages: mark.pages, items: mark.items } : null;
  return { ...rest, maxDeleted, lastRun, revision, updatedAt: toRfc3339(updatedAt) };
}
