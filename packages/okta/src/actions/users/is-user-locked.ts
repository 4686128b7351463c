import { action, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { accept, oktaCodeOf } from "../../errors.ts";
import { requireUser } from "../../identity.ts";
import { closed, membersOf, nullable, readList, userInput } from "../../schemas.ts";
import { userPath } from "./user-steps.ts";

const block = closed({ type: nullable(Type.String()), appliesTo: nullable(Type.String()) });

/** What Okta answers where an org has no blocks of devices. E0000015 comes as a 401 and yet says nothing about the credential. */
const featureAbsent: ReadonlySet<string | null> = new Set(["E0000008", "E0000015", "E0000022"]);

/** Row "Is User Account Locked". A user that is not LOCKED_OUT may still be blocked from unknown devices: that stands beside it. */
export const isUserLocked = action({
  name: "okta.user.isLocked",
  title: "Is User Account Locked",
  summary: "Says whether a user is LOCKED_OUT, and which blocks of devices stand against it.",
  category: "User management",
  docs: docsOf("User", "listUserBlocks"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.users.read"],
  input: closed({ user: userInput }),
  output: closed({
    locked: Type.Boolean({ description: "Is the status LOCKED_OUT?" }),
    status: nullable(Type.String()),
    blocks: nullable(Type.Array(block, { description: "Null where the org does not have them." })),
  }),
  examples: [{ title: "By login", input: { user: "user000042@example.com" } }],
  async run({ rest }, input) {
    const { user } = await requireUser(rest, input.user);
    return { locked: user.status === "LOCKED_OUT", status: user.status, blocks: await readBlocks(rest, user.id) };
  },
});

async function readBlocks(rest: ActionRest, id: string) {
  const response = await rest.get({ path: userPath(id, "blocks") });
  if (featureAbsent.has(oktaCodeOf(response))) return null;
  return readList(accept(response).body).map((each) => {
    const { type, appliesTo } = membersOf(each);
    return { type: typeof type === "string" ? type : null, appliesTo: typeof appliesTo === "string" ? appliesTo : null };
  });
}
