import { LongarmError, secretKeyword } from "@longarm/shared";
import { action, type ActionContext, type ActionRest, type ReadBack } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { isObject } from "../../answers.ts";
import { docsOf } from "../../docs-link.ts";
import { accept } from "../../errors.ts";
import { listItems } from "../../paging.ts";
import { applied, isMadeSince, unclear } from "../../read-back.ts";
import { closed, nullable, readList } from "../../schemas.ts";
import { bodyOf, type Hook, hookParts, ownUri, readHook } from "./hook.ts";
import { verificationProblemSchema, verifyIfWanted } from "./hook-steps.ts";
import { make } from "../../plan.ts";

const path = ["api", "v1", "eventHooks"];

const input = closed({
  name: hookParts.name,
  events: hookParts.events,
  uri: Type.Optional(
    Type.String({
      ...hookParts.uri,
      description:
        "Where Okta sends the events. Absent: this controller's own /hooks/okta/<connection> at its `publicUrl`. Okta takes https only.",
    }),
  ),
  authKey: Type.String({ ...hookParts.authKey, default: "Authorization" }),
  authValue: Type.Optional(
    Type.String({
      ...hookParts.authValue,
      [secretKeyword]: true,
      description:
        "What Okta sends in that header, by which the endpoint knows that it is Okta. Okta never shows it again. Absent where the uri is our own: the secret of the connection's hook here (`longarm hooks set`).",
    }),
  ),
  headers: Type.Optional(hookParts.headers),
  filter: Type.Optional(hookParts.filter),
  verify: hookParts.verify,
  ifExists: Type.Enum(["fail", "return"], {
    default: "fail",
    description: "What a hook that sends the same events to the same uri already means.",
  }),
});

type Input = Static<typeof input>;
type Wish = Input & { readonly uri: string };

/** Row "Create Event Hook". Names are not unique: uri and events are what makes a hook the same hook. */
export const createHook = action({
  name: "okta.eventHook.create",
  title: "Create Event Hook",
  summary: "Creates an event hook to a given uri or to this controller and verifies it, or finds the one that sends these events there.",
  category: "Webhooks",
  docs: docsOf("EventHook", "createEventHook"),
  version: 1,
  effect: "create",
  destructive: false,
  scopes: ["okta.eventHooks.manage"],
  input,
  output: closed({
    id: Type.String(),
    created: Type.Boolean(),
    status: nullable(Type.String()),
    verificationStatus: nullable(Type.String({ description: "Only a hook that is ACTIVE and VERIFIED is sent events." })),
    verificationProblem: verificationProblemSchema,
  }),
  examples: [
    {
      title: "Activated applications",
      input: {
        name: "Applications",
        events: ["application.lifecycle.activate"],
        uri: "https://longarm.example.com/hooks/okta/acme",
        authKey: "Authorization",
        authValue: "a long random text",
        verify: true,
        ifExists: "fail",
      },
    },
  ],
  // Okta takes two hooks with the same events and uri; of two runs that look at the same time each would find none.
  oneAtATime: ({ uri = "this controller" }) => `okta.eventHook.create to ${uri.slice(0, 200)}`,
  async run({ rest, ...context }, input) {
    const uri = input.uri ?? requireOwnUri(context);
    const wish: Wish = { ...input, uri, ...(uri === ownUri(context) && { authValue: await ownSecret(context, input) }) };
    const found = await findSame(rest, wish);
    if (found && wish.ifExists === "fail") throw alreadyExists(found);
    const hook = found ?? (await create(rest, wish));
    const { hook: last, verificationProblem } = await verifyIfWanted(rest, hook, wish.verify);
    const { id, status, verificationStatus } = last;
    return { id, created: found === undefined, status, verificationStatus, verificationProblem };
  },
});

function requireOwnUri(context: Pick<ActionContext, "connection" | "publicUrl">): string {
  const uri = ownUri(context);
  if (uri === null) throw new LongarmError("public_url_missing");
  return uri;
}

/** Whoever knows the address could send events to it otherwise. */
async function ownSecret(
  { hookSecret, connection }: Pick<ActionContext, "hookSecret" | "connection">,
  { authValue }: Input,
): Promise<string> {
  const secret = authValue ?? (await hookSecret())?.reveal();
  if (secret !== undefined) return secret;
  const sentence = `A hook to this controller needs a secret: register it with \`longarm hooks set ${connection}\`, or give one as authValue.`;
  throw new LongarmError("secret_required", sentence);
}

async function create(rest: ActionRest, wish: Wish): Promise<Hook> {
  const body = draftOf(wish);
  const verification = { method: "POST", path: "/api/v1/eventHooks/{id}/lifecycle/verify" } as const;
  const plan = make(`event hook "${wish.name}"`, body, wish.verify ? [verification] : []);
  return readHook(accept(await rest.post({ path, body, plan, isAnswer: isObject, ifUnknown: readingBack(wish) })).body);
}

// Names are not unique, so that a second POST would make a second hook: one that is not in the list is no proof that none will be.
function readingBack(wish: Wish): ReadBack {
  return {
    request: { path },
    judge: (answer, { sentAgoMs }) => {
      if (answer.status !== 200) return unclear;
      const made = readList(answer.body).find((item) => {
        const hook = readHook(item);
        return sendsTheSame(hook, wish) && isMadeSince(hook.created, answer, sentAgoMs) === true;
      });
      return made === undefined ? unclear : applied({ ...answer, body: made });
    },
  };
}

function sendsTheSame(hook: Hook, { uri, events }: Wish): boolean {
  return hook.uri === uri && new Set(events).symmetricDifference(new Set(hook.events)).size === 0;
}

function draftOf({ name, events, uri, authKey, authValue, headers = [], filter = [] }: Wish) {
  return bodyOf({ name, description: null, events, filter, uri, authKey: authValue === undefined ? null : authKey, authValue, headers });
}

// An active one first: a second that was deactivated may stand beside it.
async function findSame(rest: ActionRest, wish: Wish): Promise<Hook | undefined> {
  const same: Hook[] = [];
  for await (const item of listItems(rest, { path })) {
    const hook = readHook(item);
    if (sendsTheSame(hook, wish)) same.push(hook);
  }
  return same.find(({ status }) => status === "ACTIVE") ?? same[0];
}

function alreadyExists({ id, name, status, verificationStatus }: Hook): LongarmError {
  return new LongarmError("already_exists", `The event hook ${id} sends these events to this uri already.`, {
    details: { id, name, status, verificationStatus },
  });
}
