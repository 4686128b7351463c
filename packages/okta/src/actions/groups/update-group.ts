import { isDeepStrictEqual } from "node:util";
import { LongarmError } from "@longarm/shared";
import { action, invalidInput, fieldsKeyword } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../../docs-link.ts";
import { accept } from "../../errors.ts";
import { groupNotFound, requireGroup } from "../../identity.ts";
import { closed, type Group, groupInput, groupSchema, readGroup } from "../../schemas.ts";
import { changeFields } from "../../plan.ts";

const name = "okta.group.update";

const input = closed({
  group: groupInput,
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "The group's new name." })),
  description: Type.Optional(Type.String({ maxLength: 1024 })),
  set: Type.Optional(
    Type.Record(Type.String({ minLength: 1 }), Type.Unknown(), {
      [fieldsKeyword]: "okta.metadata.groups",
      description: "Further fields by name and what they shall hold. What is not named stays as it is.",
    }),
  ),
  clear: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true, description: "Names of fields that shall hold nothing any more." }),
  ),
});

type Input = Static<typeof input>;
/** Fields by name; null clears. */
type Wanted = Readonly<Record<string, unknown>>;

/** Row "Update Group". Okta replaces a group's profile as a whole, so it is read and merged first: no field is lost that was not named. */
export const updateGroup = action({
  name,
  title: "Update Group",
  summary: "Renames or describes a group, sets and clears fields of its profile, and leaves the others as they are.",
  category: "Group management",
  docs: docsOf("Group", "replaceGroup"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.groups.manage"],
  input,
  output: closed({ group: groupSchema, changed: Type.Boolean() }),
  examples: [{ title: "A description", input: { group: "name:Quarantine", description: "Nobody leaves" } }],
  async run({ rest }, wish) {
    const wanted = wantedOf(wish);
    const before = await requireGroup(rest, wish.group);
    if (before.type !== null && before.type !== "OKTA_GROUP") throw notOurs(before);
    if (holds(before, wanted)) return { group: before, changed: false };
    const response = await rest.put({
      path: ["api", "v1", "groups", before.id],
      body: { profile: merge(before, wanted) },
      plan: changeFields(`group ${before.id}`, "/profile", { before: before.profile, wanted }),
    });
    if (response.status === 404) throw groupNotFound(wish.group);
    return { group: readGroup(accept(response).body), changed: true };
  },
});

function wantedOf({ name: newName, description, set = {}, clear = [] }: Input): Wanted {
  const own = { ...(newName !== undefined && { name: newName }), ...(description !== undefined && { description }) };
  const faults = [
    ...Object.keys(set).flatMap((field) => (field in own ? [{ pointer: `/set/${field}`, problem: `is given as /${field} too` }] : [])),
    ...Object.keys(set)
      .filter((field) => set[field] === null)
      .map((field) => ({ pointer: `/set/${field}`, problem: "is null; name the field in clear instead" })),
    ...clear.flatMap((field, index) => {
      if (field === "name") return [{ pointer: `/clear/${index}`, problem: "names the name, without which no group can be" }];
      return field in own || Object.hasOwn(set, field)
        ? [{ pointer: `/clear/${index}`, problem: `names "${field}", which is also set` }]
        : [];
    }),
    ...(Object.keys({ ...own, ...set }).length + clear.length === 0 ? [{ pointer: "", problem: "names no field to set or to clear" }] : []),
  ];
  if (faults.length > 0)
    throw invalidInput(
      name,
      faults.map((fault) => ({ in: "input", ...fault })),
    );
  return { ...set, ...own, ...Object.fromEntries(clear.map((field) => [field, null])) };
}

function holds({ profile }: Group, wanted: Wanted): boolean {
  return Object.entries(wanted).every(([field, value]) => isDeepStrictEqual(profile[field] ?? null, value));
}

function merge({ profile }: Group, wanted: Wanted): Wanted {
  return Object.fromEntries(Object.entries({ ...profile, ...wanted }).filter(([, value]) => value !== null));
}

function notOurs({ id, type }: Group): LongarmError {
  const owner = type === "BUILT_IN" ? "Okta itself" : "the application that it comes from";
  return new LongarmError("invalid_state", `The group ${id} is of type ${type} and is changed by ${owner} only.`, {
    details: { group: id, type },
  });
}
