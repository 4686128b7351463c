import { action, type ActionResponse, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { isObject } from "../../answers.ts";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { fieldWishes, holds, placesOf, type Wanted, wantedOf } from "../../field-wishes.ts";
import { type FoundUser, requireUser } from "../../identity.ts";
import { againstSchema } from "../../profile-check.ts";
import { readingState } from "../../read-back.ts";
import { closed, nullable, profileSchema, readUser, userInput } from "../../schemas.ts";
import { explainRefusal, isDone, mayTellOfState, userPath } from "./user-steps.ts";
import { changeFields } from "../../plan.ts";

const name = "okta.user.updateProfile";

const input = closed({
  user: userInput,
  ...fieldWishes("okta.metadata.userFields"),
  ifMatch: Type.Optional(Type.String({ minLength: 1, description: "An etag: change the user only if nobody has since it was read." })),
});

/** Row "Update User Profile". Okta's partial update: a field is untouched, set (also to the empty text) or cleared. */
export const updateProfile = action({
  name,
  title: "Update User Profile",
  summary: "Sets and clears fields of a user's profile and leaves the others as they are.",
  category: "User management",
  docs: docsOf("User", "updateUser"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage", "okta.schemas.read"],
  input,
  output: closed({
    profile: profileSchema,
    etag: nullable(Type.String({ description: "For `ifMatch` of the next update." })),
    changed: Type.Boolean(),
  }),
  examples: [
    { title: "One field set, one cleared", input: { user: "user000042@example.com", set: { title: "Countess" }, clear: ["nickName"] } },
  ],
  async run({ rest }, wish) {
    const wanted = wantedOf(name, wish);
    const before = await requireUser(rest, wish.user);
    if (holds(before.user.profile, wanted)) return present(before, false);
    const headers = wish.ifMatch === undefined ? {} : { "if-match": wish.ifMatch };
    const response = await rest.post({
      path: userPath(before.user.id),
      body: { profile: wanted },
      headers,
      check: againstSchema({ definition: name, kind: "user", schema: before.schema, wanted, placeOf: placesOf(wish), isNew: false }),
      plan: changeFields(`user ${before.user.id}`, "/profile", { before: before.user.profile, wanted }),
      isAnswer: isObject,
      ifUnknown: readingState(userPath(before.user.id), (body) => holds(readUser(body).profile, wanted), "itself"),
    });
    return present(await settle(rest, { id: before.user.id, response, wanted }), true);
  },
});

// A refusal, above all a 412, may come from our own earlier try: if the user holds what was wanted, it was that.
async function settle(
  rest: ActionRest,
  { id, response, wanted }: { readonly id: string; readonly response: ActionResponse; readonly wanted: Wanted },
): Promise<FoundUser> {
  const etag = response.headers["etag"];
  if (isDone(response)) return etag === undefined ? requireUser(rest, id) : { user: readUser(response.body), etag, schema: null };
  if (response.status !== 412 && !mayTellOfState(response)) throw explain(response);
  const found = await requireUser(rest, id);
  if (holds(found.user.profile, wanted)) return found;
  throw explainRefusal(response, found.user, { done: "changed" });
}

function present({ user, etag }: FoundUser, changed: boolean) {
  return { profile: user.profile, etag, changed };
}
