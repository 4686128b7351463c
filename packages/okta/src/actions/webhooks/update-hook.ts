import { isDeepStrictEqual } from "node:util";
import { LongarmError, secretKeyword } from "@longarm/shared";
import { action, type ActionContext, type ActionRest, type ReadBack, toRequestForm } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { isObject } from "../../answers.ts";
import { docsOf } from "../../docs-link.ts";
import { acceptOrAbsent } from "../../identity.ts";
import { closed, nullable } from "../../schemas.ts";
import { bodyOf, type Hook, hookInput, hookNotFound, hookParts, hookPath, hookSchema, readHook, requireHook, ownUri } from "./hook.ts";
import { verificationProblemSchema, verifyIfWanted } from "./hook-steps.ts";
import { changeFields } from "../../plan.ts";
import { readingState } from "../../read-back.ts";

const { authKey, name, events, uri, headers, filter, verify } = hookParts;

const input = closed({
  hook: hookInput,
  name: Type.Optional(name),
  events: Type.Optional(events),
  uri: Type.Optional(uri),
  authKey: Type.Optional(authKey),
  authValue: Type.Optional(
    Type.String({
      ...hookParts.authValue,
      [secretKeyword]: true,
      description:
        "What Okta sends in that header. Okta never shows it, so a hook that has one can only be changed when it is given again.",
    }),
  ),
  headers: Type.Optional(headers),
  filter: Type.Optional(filter),
  verify,
});

type Input = Static<typeof input>;

/** Row "Update Event Hook". Okta knows only the replacement of the whole hook: it is read, merged and written. */
export const updateHook = action({
  name: "okta.eventHook.update",
  title: "Update Event Hook",
  summary: "Changes what is given of an event hook, keeps the rest, and verifies the hook again when Okta wants that.",
  category: "Webhooks",
  docs: docsOf("EventHook", "replaceEventHook"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.eventHooks.manage"],
  input,
  output: closed({
    hook: hookSchema,
    status: nullable(Type.String()),
    verificationStatus: nullable(Type.String({ description: "Only a hook that is ACTIVE and VERIFIED is sent events." })),
    verificationProblem: verificationProblemSchema,
    changed: Type.Boolean(),
  }),
  examples: [
    {
      title: "Another name",
      input: { hook: "whosUsas1JRqH44PGyQI", name: "Applications", authValue: "a long random text", verify: false },
    },
  ],
  async run({ rest, ...context }, wish) {
    const before = await requireHook(rest, wish.hook);
    const wanted = merge(before, wish);
    const isKept = wish.authValue === undefined && isDeepStrictEqual(comparable(before), comparable(wanted));
    const authValue = isKept ? undefined : (wish.authValue ?? (await ownSecret(context, wanted)));
    const written = isKept ? before : await replace(rest, { before, wanted }, { ...wish, authValue });
    const { hook, verificationProblem } = await verifyIfWanted(rest, written, wish.verify);
    const { status, verificationStatus } = hook;
    const changed = !isKept || verificationStatus !== before.verificationStatus;
    return { hook, status, verificationStatus, verificationProblem, changed };
  },
});

function merge(before: Hook, wish: Input): Hook {
  const events = wish.events ?? before.events;
  // Okta refuses a condition on an event that the hook no longer has; who takes the event away has no use for the condition.
  const kept = before.filter.filter(({ event }) => event !== null && events.includes(event));
  return {
    ...before,
    name: wish.name ?? before.name,
    events,
    filter: wish.filter ?? kept,
    uri: wish.uri ?? before.uri,
    authKey: wish.authKey ?? before.authKey ?? (wish.authValue === undefined ? null : "Authorization"),
    headers: wish.headers ?? before.headers,
  };
}

// The order of event types means nothing.
function comparable(hook: Hook): Hook {
  return { ...hook, events: hook.events.toSorted() };
}

/** Okta never shows the secret of a hook to this controller, yet here it is known; it is sent to no other address. */
async function ownSecret(
  context: Pick<ActionContext, "connection" | "publicUrl" | "hookSecret">,
  { uri, authKey }: Hook,
): Promise<string | undefined> {
  const isOwn = uri !== null && uri === ownUri(context) && authKey?.toLowerCase() === "authorization";
  return isOwn ? (await context.hookSecret())?.reveal() : undefined;
}

async function replace(
  rest: ActionRest,
  { before, wanted }: { readonly before: Hook; readonly wanted: Hook },
  { authValue, verify }: Pick<Input, "verify"> & { readonly authValue: string | undefined },
): Promise<Hook> {
  if (wanted.authKey !== null && authValue === undefined) throw secretRequired(wanted);
  const verification = { method: "POST", path: toRequestForm({ path: hookPath(wanted.id, "lifecycle", "verify") }).path } as const;
  const isVerifiedAgain = verify && wanted.status === "ACTIVE";
  const plan = { ...changeFields(`event hook ${wanted.id}`, "", { before, wanted }), followedBy: isVerifiedAgain ? [verification] : [] };
  const response = acceptOrAbsent(
    await rest.put({
      path: hookPath(wanted.id),
      body: bodyOf({ ...wanted, authValue }),
      plan,
      isAnswer: isObject,
      ifUnknown: readingBack(wanted, authValue),
    }),
  );
  if (response) return readHook(response.body);
  throw hookNotFound(wanted.id);
}

// A secret that was given cannot be read: then nothing tells, and the whole hook is written again, which does no harm.
function readingBack(wanted: Hook, authValue: string | undefined): ReadBack {
  return readingState(hookPath(wanted.id), (body) => authValue === undefined && hasContent(readHook(body), wanted), "itself");
}

function hasContent(hook: Hook, wanted: Hook): boolean {
  const content = ({ name, events, filter, uri, authKey, headers }: Hook) => ({
    name,
    events: events.toSorted(),
    filter,
    uri,
    authKey,
    headers,
  });
  return isDeepStrictEqual(content(hook), content(wanted));
}

function secretRequired({ id, authKey }: Hook): LongarmError {
  const why = `Okta replaces the whole hook and never shows the value of its header ${authKey}`;
  return new LongarmError("secret_required", `The event hook ${id} was left as it is: ${why}; give it as authValue.`, {
    details: { hook: id, authKey },
  });
}
