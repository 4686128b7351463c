import { isDeepStrictEqual } from "node:util";
import { action, type ActionResponse, type ActionRest, invalidInput, fieldsKeyword } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { type FoundUser, requireUser } from "../../identity.ts";
import { closed, nullable, profileSchema, readUser, type User, userInput } from "../../schemas.ts";
import { explainRefusal, isDone, mayTellOfState, userPath } from "./user-steps.ts";
import { changeFields } from "../../plan.ts";

const name = "okta.user.updateProfile";

const input = closed({
  user: userInput,
  set: Type.Optional(
    Type.Record(Type.String({ minLength: 1 }), Type.Unknown(), {
      [fieldsKeyword]: "okta.metadata.userFields",
      description: "Fields by name and what they shall hold, the empty text too. What is not named stays as it is.",
    }),
  ),
  clear: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true, description: "Names of fields that shall hold nothing any more." }),
  ),
  ifMatch: Type.Optional(Type.String({ minLength: 1, description: "An etag: change the user only if nobody has since it was read." })),
});

type Input = Static<typeof input>;
/** Fields by name; null clears. */
type Wanted = Readonly<Record<string, unknown>>;

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
  scopes: ["okta.users.manage"],
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
    const wanted = wantedOf(wish);
    const before = await requireUser(rest, wish.user);
    if (holds(before.user, wanted)) return present(before, false);
    const headers = wish.ifMatch === undefined ? {} : { "if-match": wish.ifMatch };
    const response = await rest.post({
      path: userPath(before.user.id),
      body: { profile: wanted },
      headers,
      plan: changeFields(`user ${before.user.id}`, "/profile", { before: before.user.profile, wanted }),
    });
    return present(await settle(rest, { id: before.user.id, response, wanted }), true);
  },
});

function wantedOf({ set = {}, clear = [] }: Input): Wanted {
  const faults = [
    ...Object.keys(set)
      .filter((field) => set[field] === null)
      .map((field) => ({ pointer: `/set/${field}`, problem: "is null; name the field in clear instead" })),
    ...clear.flatMap((field, index) =>
      Object.hasOwn(set, field) ? [{ pointer: `/clear/${index}`, problem: `names "${field}", which is also set` }] : [],
    ),
    ...(Object.keys(set).length + clear.length === 0 ? [{ pointer: "", problem: "names no field to set or to clear" }] : []),
  ];
  if (faults.length > 0)
    throw invalidInput(
      name,
      faults.map((fault) => ({ in: "input", ...fault })),
    );
  return { ...set, ...Object.fromEntries(clear.map((field) => [field, null])) };
}

// A field that Okta leaves out and one that it shows as null both hold nothing; the empty text is a value.
function holds({ profile }: User, wanted: Wanted): boolean {
  return Object.entries(wanted).every(([field, value]) => isDeepStrictEqual(profile[field] ?? null, value));
}

// A refusal, above all a 412, may come from our own earlier try: if the user holds what was wanted, it was that.
async function settle(
  rest: ActionRest,
  { id, response, wanted }: { readonly id: string; readonly response: ActionResponse; readonly wanted: Wanted },
): Promise<FoundUser> {
  const etag = response.headers["etag"];
  if (isDone(response)) return etag === undefined ? requireUser(rest, id) : { user: readUser(response.body), etag };
  if (response.status !== 412 && !mayTellOfState(response)) throw explain(response);
  const found = await requireUser(rest, id);
  if (holds(found.user, wanted)) return found;
  throw explainRefusal(response, found.user, { done: "changed" });
}

function present({ user, etag }: FoundUser, changed: boolean) {
  return { profile: user.profile, etag, changed };
}
