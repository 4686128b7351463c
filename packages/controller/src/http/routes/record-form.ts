import { type RecordKindName, recordKinds, recordSources } from "@longarm/shared";
import type { RecordKind } from "@longarm/spoke";
import { type Static, Type } from "typebox";
import { readFilter } from "../../decide/records/read-filter.ts";
import type { Principal } from "../../ports/principal.ts";
import { commonSorts, type RecordFilter, type RecordPage } from "../../ports/record-history.ts";
import { refuse } from "../invalid-request.ts";
import { closed, definitionName, paging } from "../schemas.ts";

/** Which kind a path names. */
export const kindParams = closed({ kind: Type.Enum([...recordKinds], { examples: ["groups"] }) });

/** Which record a path names. */
export const recordParams = closed({
  ...kindParams.properties,
  connection: definitionName,
  id: Type.String({
    minLength: 1,
    maxLength: 255,
    description: "The target's id, or the first field of the kind, such as a user's login.",
    examples: ["00g1emaKYZTWRYYRRTSK"],
  }),
});

/** What a list of records may be asked for. */
export const RecordsQuery = closed({
  connection: Type.Optional(definitionName),
  filter: Type.Optional(
    Type.String({
      maxLength: 1_000,
      description:
        'Fields of the kind, each with the texts it may have: `status:ACTIVE`, `type:OKTA_GROUP|APP_GROUP,name:"Sales, EMEA"`; `deleted:true` and `source:hook` too.',
      examples: ["type:OKTA_GROUP"],
    }),
  ),
  q: Type.Optional(Type.String({ maxLength: 200, description: "Free text over id and fields." })),
  sort: Type.Optional(
    Type.String({
      pattern: "^-?[A-Za-z]{1,40}$",
      description: "A field of the kind, or connection, id, firstSeenAt, syncedAt, changedAt, deletedAt; with `-` before it, downwards.",
      examples: ["-syncedAt"],
    }),
  ),
  format: Type.Optional(Type.Enum(["json", "ndjson", "csv"], { description: "`ndjson` and `csv` give all of it at once, without pages." })),
  ...paging,
});

type Query = Static<typeof RecordsQuery>;

/** The kind as the spoke describes it. */
export function kindOf(kinds: readonly RecordKind[], name: RecordKindName): RecordKind {
  return kinds.find(({ kind }) => kind === name) ?? refuse("query", "/kind", "is a kind of which no records are kept here");
}

/** What of the list is asked for, within what whoever asks may see. Refuses fields and sorts that the kind does not have. */
export function readRecordFilter(kind: RecordKind, { connection, filter = "", q }: Query, { connections }: Principal): RecordFilter {
  const read = readFilter(filter);
  if (read.kind === "fault") return refuse("query", "/filter", read.problem);
  const names = kind.fields.map(({ name }) => name);
  const fields: Record<string, readonly string[]> = {};
  const own: { isDeleted?: boolean; source?: readonly string[] } = {};
  for (const { field, values } of read.conditions) {
    if (field === "deleted") own.isDeleted = readTruth(values);
    else if (field === "source") own.source = readSources(values);
    else if (names.includes(field)) fields[field] = values;
    else refuse("query", "/filter", `names "${field}"; ${kind.kind} have ${[...names, "deleted", "source"].join(", ")}`);
  }
  return {
    fields,
    ...own,
    ...(connections && { connections }),
    ...(connection !== undefined && { connection }),
    ...(q !== undefined && { q }),
  };
}

function readTruth(values: readonly string[]): boolean {
  const [value, ...others] = values;
  if (others.length > 0 || (value !== "true" && value !== "false")) refuse("query", "/filter", "takes deleted:true or deleted:false");
  return value === "true";
}

function readSources(values: readonly string[]): readonly string[] {
  const strange = values.find((value) => !(recordSources as readonly string[]).includes(value));
  return strange === undefined ? values : refuse("query", "/filter", `takes ${recordSources.join(", ")} as source`);
}

/** In which order. */
export function readOrder(kind: RecordKind, { sort }: Query): Pick<RecordPage, "sort" | "isDescending"> {
  if (sort === undefined) return {};
  const [isDescending, name] = sort.startsWith("-") ? [true, sort.slice(1)] : [false, sort];
  const known = [...kind.fields.map((field) => field.name), ...commonSorts];
  if (!known.includes(name)) refuse("query", "/sort", `must be one of ${known.join(", ")}`);
  return { sort: name, isDescending };
}
