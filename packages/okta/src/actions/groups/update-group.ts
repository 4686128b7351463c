import { LongarmError } from "@longarm/shared";
import { action } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { againstSchema } from "../../profile-check.ts";
import { readingState } from "../../read-back.ts";
import { isObject } from "../../answers.ts";
import { docsOf } from "../../docs-link.ts";
import { accept } from "../../errors.ts";
import { fieldWishes, holds, type Wanted, placesOf, wantedOf } from "../../field-wishes.ts";
import { groupNotFound, requireGroup } from "../../identity.ts";
import { closed, type Group, groupInput, groupSchema, readGroup } from "../../schemas.ts";
import { changeFields } from "../../plan.ts";

const name = "okta.group.update";

const input = closed({
  group: groupInput,
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "The group's new name." })),
  description: Type.Optional(Type.String({ maxLength: 1024 })),
  ...fieldWishes("okta.metadata.groups"),
});

type Input = Static<typeof input>;

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
  scopes: ["okta.groups.manage", "okta.schemas.read"],
  input,
  output: closed({ group: groupSchema, changed: Type.Boolean() }),
  examples: [{ title: "A description", input: { group: "name:Quarantine", description: "Nobody leaves" } }],
  async run({ rest }, wish) {
    const wanted = wishesOf(wish);
    const before = await requireGroup(rest, wish.group);
    if (before.type !== null && before.type !== "OKTA_GROUP") throw notOurs(before);
    if (holds(before.profile, wanted)) return { group: before, changed: false };
    const response = await rest.put({
      path: ["api", "v1", "groups", before.id],
      body: { profile: merge(before, wanted) },
      plan: changeFields(`group ${before.id}`, "/profile", { before: before.profile, wanted }),
      check: againstSchema({ definition: name, kind: "group", wanted, placeOf: placesOf(wish, ["name", "description"]), isNew: false }),
      isAnswer: isObject,
      ifUnknown: readingState(["api", "v1", "groups", before.id], (body) => holds(readGroup(body).profile, wanted), "itself"),
    });
    if (response.status === 404) throw groupNotFound(wish.group);
    return { group: readGroup(accept(response).body), changed: true };
  },
});

function wishesOf({ name: newName, description, ...fields }: Input): Wanted {
  const own = { ...(newName !== undefined && { name: newName }), ...(description !== undefined && { description }) };
  return wantedOf(name, fields, { own, needed: ["name"] });
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
