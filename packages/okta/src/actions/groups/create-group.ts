import { LongarmError } from "@longarm/shared";
import { action, type ActionRest, invalidInput, fieldsKeyword, type ReadBack } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../../docs-link.ts";
import { accept, explain } from "../../errors.ts";
import { compare } from "../../expressions.ts";
import { holds, placesOf } from "../../field-wishes.ts";
import { findGroupsByName } from "../../identity.ts";
import { againstSchema } from "../../profile-check.ts";
import { applied, isMadeSince, notApplied, unclear } from "../../read-back.ts";
import { closed, type Group, groupSchema, plainText, profileSchema, readGroup, readList } from "../../schemas.ts";
import { make } from "../../plan.ts";
import { isObject } from "../../answers.ts";

const name = "okta.group.create";
const path = ["api", "v1", "groups"];
const mostByBeginning = 300;

const input = closed({
  name: plainText({ minLength: 1, maxLength: 255 }),
  description: Type.Optional(Type.String({ maxLength: 1024 })),
  set: Type.Optional(
    Type.Record(Type.String({ minLength: 1 }), Type.Unknown(), {
      [fieldsKeyword]: "okta.metadata.groups",
      description: "Further fields of the org's group schema, by name.",
    }),
  ),
  ifExists: Type.Enum(["fail", "return"], { default: "fail", description: "What a group that has this name already means." }),
});

type Input = Static<typeof input>;

/** Row "Create Group". Among the org's own groups the name is what makes a group the same group. */
export const createGroup = action({
  name,
  title: "Create Group",
  summary: "Creates a group, or finds the one that has this name already.",
  category: "Group management",
  docs: docsOf("Group", "addGroup"),
  version: 1,
  effect: "create",
  destructive: false,
  scopes: ["okta.groups.manage", "okta.schemas.read"],
  input,
  output: closed({ id: Type.String(), created: Type.Boolean(), group: groupSchema }),
  examples: [{ title: "With a description", input: { name: "Navigators", description: "They find the way", ifExists: "return" } }],
  async run({ rest, dryRun }, wish) {
    const profile = profileOf(wish);
    const namesake = dryRun ? await ownNamed(rest, wish.name) : undefined;
    if (namesake) return present(existing(namesake, wish), false);
    const response = await rest.post({
      ...{ path, body: { profile } },
      plan: make(`group "${wish.name}"`, profile),
      isAnswer: isObject,
      ifUnknown: readingBack(profile),
      check: againstSchema({
        definition: name,
        kind: "group",
        wanted: profile,
        placeOf: placesOf({}, ["name", "description"]),
        isNew: true,
      }),
    });
    if (response.status === 400 || response.status === 409) {
      const found = await ownNamed(rest, wish.name);
      if (!found) throw explain(response);
      return present(existing(found, wish), false);
    }
    return present(readGroup(accept(response).body), true);
  },
});

/** How long Okta's index may lag behind a group that was made. */
const indexLagMs = 45_000;

// A search may show that the group is there, never that it is not: then it is sent again, which Okta refuses if the name is taken.
function readingBack(profile: Static<typeof profileSchema>): ReadBack {
  return {
    request: { path, query: { search: compare("profile.name", "eq", String(profile["name"])), limit: 200 } },
    lagMs: indexLagMs,
    judge: (answer, { sentAgoMs }) => {
      if (answer.status !== 200) return unclear;
      const found = readList(answer.body).map(readGroup);
      const namesake = found.find((group) => group.name === profile["name"] && group.type === "OKTA_GROUP");
      if (!namesake) return notApplied;
      if (isMadeSince(namesake.created, answer, sentAgoMs) !== true || !holds(namesake.profile, profile))
        return { kind: "conflict", error: madeByOthers(namesake) };
      const body = (answer.body as readonly { readonly id?: unknown }[]).find(({ id }) => id === namesake.id);
      return applied({ ...answer, body });
    },
  };
}

function madeByOthers({ id, name: groupName, created }: Group): LongarmError {
  const message = `The group ${id} has this name, but was made at another time or with another profile than this run's, so it is not this run's.`;
  return new LongarmError("conflict", message, { details: { id, name: groupName, created } });
}

function profileOf({ name: groupName, description, set = {} }: Input): Static<typeof profileSchema> {
  const faults = ["name", "description"]
    .filter((field) => Object.hasOwn(set, field))
    .map((field) => ({ in: "input", pointer: `/set/${field}`, problem: `has a member of its own; give ${field} beside set` }) as const);
  if (faults.length > 0) throw invalidInput(name, faults);
  return { ...set, name: groupName, ...(description !== undefined && { description }) };
}

// Whether a refusal means "the name is taken" is asked of the org, since Okta's code for it is the one for every invalid field.
async function ownNamed(rest: ActionRest, groupName: string): Promise<Group | undefined> {
  return (await namesakes(rest, groupName)).find(({ type }) => type === "OKTA_GROUP");
}

function existing(found: Group, { name: groupName, ifExists }: Input): Group {
  if (ifExists === "return") return found;
  throw new LongarmError("already_exists", `A group with the name "${groupName}" exists already: ${found.id}.`, {
    details: { id: found.id, name: groupName },
  });
}

// The search index lags behind a group that was made a moment ago; the list of names that begin so does not.
async function namesakes(rest: ActionRest, groupName: string): Promise<readonly Group[]> {
  const indexed = await findGroupsByName(rest, groupName);
  if (indexed.length > 0) return indexed;
  const listed = accept(await rest.get({ path, query: { q: groupName, limit: mostByBeginning } }));
  return readList(listed.body)
    .map(readGroup)
    .filter((group) => group.name === groupName);
}

function present(group: Group, created: boolean) {
  return { id: group.id, created, group };
}
