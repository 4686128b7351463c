import { LongarmError } from "@longarm/shared";
import { action, type ActionRest, invalidInput } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { accept } from "../../errors.ts";
import { listItems } from "../../paging.ts";
import { closed, membersOf } from "../../schemas.ts";
import { fieldSchema, readFields } from "./field.ts";

const name = "okta.metadata.userFields";

/** Row "Look up Additional Fields for User". Each user type has a schema of its own; the default type's has a name of its own. */
export const userFields = action({
  name,
  title: "Look up Additional Fields for User",
  summary: "Reads which fields a user's profile can have, standard and custom, and what each of them takes.",
  category: "Metadata",
  docs: docsOf("Schema", "getUserSchema"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.schemas.read", "okta.userTypes.read"],
  input: closed({
    userType: Type.String({ default: "default", minLength: 1, maxLength: 256, description: "A user type's id or name, or default." }),
  }),
  output: closed({ fields: Type.Array(fieldSchema) }),
  examples: [{ title: "Of the default type", input: { userType: "default" } }],
  async run({ rest }, { userType }) {
    const schema = userType === "default" ? "default" : await schemaOf(rest, userType);
    const response = accept(await rest.get({ path: ["api", "v1", "meta", "schemas", "user", schema] }));
    return { fields: readFields(response.body) };
  },
});

/** The id of a type's schema, which only the type's link tells. */
async function schemaOf(rest: ActionRest, userType: string): Promise<string> {
  const names: string[] = [];
  for await (const item of listItems(rest, { path: ["api", "v1", "meta", "types", "user"] })) {
    const type = membersOf(item);
    if (type["id"] === userType || type["name"] === userType) return schemaIn(type);
    names.push(String(type["name"]));
  }
  const problem = `names no user type of the org, which has ${names.slice(0, 20).join(", ")}`;
  throw invalidInput(name, [{ in: "input", pointer: "/userType", problem }]);
}

function schemaIn(type: Readonly<Record<string, unknown>>): string {
  const { href } = membersOf(membersOf(type["_links"])["schema"]);
  const id = typeof href === "string" ? /\/meta\/schemas\/user\/([A-Za-z0-9]+)$/.exec(href)?.[1] : undefined;
  if (id !== undefined) return id;
  throw new LongarmError("unexpected_response", `Okta's user type ${String(type["id"])} has no link to its schema.`);
}
