import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { findUserByLogin } from "../../identity.ts";
import { closed, nullable } from "../../schemas.ts";

/** Row "Lookup Okta User ID": a login nobody has is an answer, not an error. */
export const findUserId = action({
  name: "okta.user.findId",
  title: "Lookup Okta User ID",
  summary: "Finds the id of the user with exactly this login.",
  category: "User management",
  docs: docsOf("User", "getUser"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.users.read"],
  input: closed({ login: Type.String({ minLength: 1, maxLength: 256, description: "A login, or the part of it before its @." }) }),
  output: closed({ found: Type.Boolean(), id: nullable(Type.String()) }),
  examples: [{ title: "By login", input: { login: "user000042@example.com" } }],
  async run({ rest }, { login }) {
    const found = await findUserByLogin(rest, login);
    return { found: found !== undefined, id: found?.user.id ?? null };
  },
});
