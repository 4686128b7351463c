import { LongarmError } from "@longarm/shared";
import { action, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { requireUser } from "../../identity.ts";
import { closed, userInput } from "../../schemas.ts";

const wanted = "SUSPENDED";

/** Row "Suspend User". Okta suspends active users only, and refuses one that is suspended already; so the status is read first. */
export const suspendUser = action({
  name: "okta.user.suspend",
  title: "Suspend User",
  summary: "Suspends an active user; a suspended one stays as it is.",
  category: "User management",
  docs: docsOf("UserLifecycle", "suspendUser"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({ user: userInput }),
  output: closed({ status: Type.String(), changed: Type.Boolean() }),
  examples: [{ title: "By login", input: { user: "ada@example.com" } }],
  async run({ rest }, input) {
    const { user } = await requireUser(rest, input.user);
    if (user.status === wanted) return { status: wanted, changed: false };
    if (user.status !== "ACTIVE") throw notSuspendable(user.id, user.status);
    await suspend(rest, user.id);
    return { status: wanted, changed: true };
  },
});

// A refusal may only say that the user is suspended by now, such as by our own earlier try: the status decides, not Okta's text.
async function suspend(rest: ActionRest, id: string): Promise<void> {
  const response = await rest.post({ path: ["api", "v1", "users", id, "lifecycle", "suspend"] });
  if (response.status >= 200 && response.status < 300) return;
  if (![400, 403, 404].includes(response.status)) throw explain(response);
  const { user } = await requireUser(rest, id);
  if (user.status === wanted) return;
  throw user.status === "ACTIVE" ? explain(response) : notSuspendable(id, user.status);
}

function notSuspendable(user: string, status: string | null): LongarmError {
  return new LongarmError(
    "invalid_state",
    `The user ${user} is ${status ?? "in an unknown state"}; only an ACTIVE user can be suspended.`,
    {
      details: { user, status },
    },
  );
}
