import { action, type ActionRest, invalidInput } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { accept } from "../../errors.ts";
import { listUpTo } from "../../paging.ts";
import { closed, nullable, readGroupName, readList } from "../../schemas.ts";
import { type Choice, choiceSchema, truncatedSchema } from "./choice.ts";
import { fieldSchema, readFields } from "./field.ts";

const name = "okta.metadata.groups";
const path = ["api", "v1", "groups"];
const mostFound = 300;

/** Row "Look up Groups Metadata": what an input that takes a group can be, or which fields a group's profile has. */
export const groupMetadata = action({
  name,
  title: "Look up Groups Metadata",
  summary: "Lists the org's groups as choices for an input, or the fields that a group can have.",
  category: "Metadata",
  docs: docsOf("Group", "listGroups"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.groups.read", "okta.schemas.read"],
  input: closed({
    q: Type.Optional(
      Type.String({ minLength: 1, maxLength: 255, description: "The beginning of the groups' names; at most 300 are found." }),
    ),
    fields: Type.Boolean({ default: false, description: "The fields of a group's profile rather than the groups." }),
  }),
  output: closed({
    choices: nullable(Type.Array(choiceSchema)),
    fields: nullable(Type.Array(fieldSchema)),
    truncated: truncatedSchema,
  }),
  examples: [
    { title: "By the beginning of a name", input: { q: "Eng", fields: false } },
    { title: "Fields", input: { fields: true } },
  ],
  async run({ rest }, { q, fields }) {
    if (fields && q !== undefined) throw invalidInput(name, [{ in: "input", pointer: "/q", problem: "is only allowed without fields" }]);
    if (fields) return { choices: null, fields: await groupFields(rest), truncated: false };
    const { items, truncated } = q === undefined ? await listUpTo(rest, { path, query: { limit: 200 } }) : await find(rest, q);
    return { choices: items.map(choiceOf), fields: null, truncated };
  },
});

async function groupFields(rest: ActionRest) {
  return readFields(accept(await rest.get({ path: ["api", "v1", "meta", "schemas", "group", "default"] })).body);
}

// Okta answers `q` with one page and no link to more.
async function find(rest: ActionRest, q: string) {
  const items = readList(accept(await rest.get({ path, query: { q, limit: mostFound } })).body);
  return { items, truncated: items.length >= mostFound };
}

// Names are unique among the org's own groups only; another type tells its group from the one of the same name.
function choiceOf(item: unknown): Choice {
  const { id, name: groupName, type } = readGroupName(item);
  const own = type === null || type === "OKTA_GROUP";
  return { label: own ? (groupName ?? id) : `${groupName ?? id} (${type})`, value: id };
}
