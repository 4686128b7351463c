import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { chooseGroup, findGroupsByName } from "../../identity.ts";
import { closed, groupSchema, nullable } from "../../schemas.ts";

/** Row "Lookup Group ID By Name". The name must be the whole name, letter by letter: never a beginning of it. */
export const findGroupId = action({
  name: "okta.group.findIdByName",
  title: "Lookup Group ID By Name",
  summary: "Finds the one group with exactly this name; several are an error that lists them.",
  category: "Group management",
  docs: docsOf("Group", "listGroups"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.groups.read"],
  input: closed({
    name: Type.String({ minLength: 1, maxLength: 255 }),
    type: Type.Optional(
      Type.Enum(["OKTA_GROUP", "APP_GROUP", "BUILT_IN"], { description: "Only groups of this type; absent: any, an OKTA_GROUP first." }),
    ),
  }),
  output: closed({ found: Type.Boolean(), id: nullable(Type.String()), group: nullable(groupSchema) }),
  examples: [{ title: "A department", input: { name: "Engineering" } }],
  async run({ rest }, { name, type }) {
    const named = await findGroupsByName(rest, name);
    const group = chooseGroup(type === undefined ? named : named.filter((one) => one.type === type), name);
    return group ? { found: true, id: group.id, group } : { found: false, id: null, group: null };
  },
});
