import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { requireUser } from "../../identity.ts";
import { closed, nullable, profileSchema, userInput } from "../../schemas.ts";

/** Row "Lookup User Profile by User ID": every field that has a value, standard and custom, as Okta holds it. */
export const getProfile = action({
  name: "okta.user.getProfile",
  title: "Lookup User Profile by User ID",
  summary: "Reads a user's profile, standard and custom fields, and its etag.",
  category: "User management",
  docs: docsOf("User", "getUser"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.users.read"],
  input: closed({ user: userInput }),
  output: closed({ profile: profileSchema, etag: nullable(Type.String({ description: "For `ifMatch` of an update." })) }),
  examples: [{ title: "By login", input: { user: "user000042@example.com" } }],
  async run({ rest }, input) {
    const { user, etag } = await requireUser(rest, input.user);
    return { profile: user.profile, etag };
  },
});
