import { secretKeyword } from "@longarm/shared";
import { action, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { requireUser } from "../../identity.ts";
import { readingState } from "../../read-back.ts";
import { closed, nullable, readUser, type User, userInput } from "../../schemas.ts";
import { explainRefusal, isDone, mayTellOfState, userPath } from "../users/user-steps.ts";
import { changeUnseen } from "../../plan.ts";
import { logWitness, userWitness } from "../../witnesses.ts";
import { isObject } from "../../answers.ts";

interface Wish {
  readonly password: string;
  readonly strict: boolean;
}

/**
 * Row "Set User Password". No password can be read, so it is always sent; the time of the last change tells whether it took effect.
 * The same password may be set twice without harm. With `strict` Okta's history policy refuses the repeat of a try that took effect, so
 * it is sent once.
 */
export const setPassword = action({
  name: "okta.user.setPassword",
  title: "Set User Password",
  summary: "Gives a user this password, as an administrator does.",
  category: "Password management",
  docs: docsOf("User", "updateUser"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({
    user: userInput,
    password: Type.String({ minLength: 1, maxLength: 256, [secretKeyword]: true }),
    strict: Type.Boolean({ default: false, description: "Hold the password to the org's rules on age and history too." }),
  }),
  output: closed({ changed: nullable(Type.Boolean({ description: "Null where Okta does not show when the password was changed." })) }),
  examples: [{ title: "By login", input: { user: "user000042@example.com", password: "Quiet-7-Rivers", strict: false } }],
  async run({ rest }, { user, ...wish }) {
    const { user: before } = await requireUser(rest, user);
    return { changed: await set(rest, before, wish) };
  },
});

async function set(rest: ActionRest, before: User, { password, strict }: Wish): Promise<boolean | null> {
  const response = await rest.post({
    path: userPath(before.id),
    query: { strict },
    body: { credentials: { password: { value: password } } },
    plan: changeUnseen(`user ${before.id}`, "/credentials/password"),
    isAnswer: isObject,
    onlyOnce: strict,
    witnesses: [userWitness(before.id), logWitness(before.id)],
    ifUnknown: readingState(userPath(before.id), (body) => hasNewPassword(before, readUser(body)), "itself"),
  });
  if (isDone(response)) return hasNewPassword(before, readUser(response.body)) || null;
  if (!mayTellOfState(response)) throw explain(response);
  const { user: now } = await requireUser(rest, before.id);
  if (strict && hasNewPassword(before, now)) return true;
  throw explainRefusal(response, now, { done: "given a password" });
}

function hasNewPassword(before: User, now: User): boolean {
  return now.passwordChanged !== null && now.passwordChanged !== before.passwordChanged;
}
