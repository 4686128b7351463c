import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { requireUser } from "../../identity.ts";
import { closed, nullable, userInput, userSchema } from "../../schemas.ts";

const { profile: _profile, ...account } = userSchema.properties;

/** Row "Lookup User Account Details by User ID": the account, not the profile. */
export const getUser = action({
  name: "okta.user.get",
  title: "Lookup User Account Details by User ID",
  summary: "Reads a user's account: status, dates, type, provider and etag.",
  category: "User management",
  docs: docsOf("User", "getUser"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.users.read"],
  input: closed({ user: userInput }),
  output: closed({
    ...account,
    login: nullable(Type.String()),
    etag: nullable(Type.String({ description: "For `ifMatch` of an update." })),
  }),
  examples: [{ title: "By login", input: { user: "user000042@example.com" } }],
  async run({ rest }, input) {
    const { user, etag } = await requireUser(rest, input.user);
    const { profile, ...details } = user;
    return { ...details, login: typeof profile["login"] === "string" ? profile["login"] : null, etag };
  },
});
