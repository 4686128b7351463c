import { closed, flow, type FlowContext, LongarmError, nullable, secretKeyword } from "@longarm/spoke";
import Type from "typebox";

const eventType = "application.lifecycle.activate";
const uri = Type.Optional(
  Type.String({
    pattern: "^https://",
    maxLength: 1024,
    description: "Absent: this controller's own /hooks/okta/<connection> at its `publicUrl`.",
  }),
);

interface Hook {
  readonly id: string;
  readonly uri: string | null;
  readonly events: readonly string[];
  readonly status: string | null;
  readonly verificationStatus: string | null;
}

function uriOf({ publicUrl, connection }: FlowContext, wished: string | undefined): string {
  if (wished !== undefined) return wished;
  if (publicUrl === null) throw new LongarmError("public_url_missing");
  return `${publicUrl}/hooks/okta/${encodeURIComponent(connection)}`;
}

/** A hook that is active and not verified is sent nothing: it does not work. */
function isWorking({ status, verificationStatus }: Hook): boolean {
  return status === "ACTIVE" && verificationStatus === "VERIFIED";
}

const stateOutput = {
  works: Type.Boolean({ description: "Such a hook is active and verified: only then it is sent events." }),
  id: nullable(Type.String()),
  status: nullable(Type.String()),
  verificationStatus: nullable(Type.String()),
  uri: Type.String(),
};

/** Subflow "Check Activate Application Event Hook". */
export const checkActivationHook = flow({
  name: "okta.flow.checkActivationHook",
  title: "Check Activate Application Event Hook",
  summary: "Tells whether the org has an active and verified event hook for the activation of applications to our address.",
  version: 1,
  input: closed({ uri }),
  output: closed(stateOutput),
  async run(ctx, wish) {
    const wanted = uriOf(ctx, wish.uri);
    const { hooks } = (await ctx.run("okta.eventHook.list", {})) as { readonly hooks: readonly Hook[] };
    const ours = hooks.filter((hook) => hook.uri === wanted && hook.events.includes(eventType));
    const found = ours.find(isWorking) ?? ours[0];
    const { id = null, status = null, verificationStatus = null } = found ?? {};
    return { works: found !== undefined && isWorking(found), id, status, verificationStatus, uri: wanted };
  },
});

/** Subflow "Inbound Integration from Okta": the hook is there and works afterwards. */
export const inboundIntegration = flow({
  name: "okta.flow.inboundIntegration",
  title: "Inbound Integration from Okta",
  summary: "Makes sure that the org tells us of activated applications: finds the event hook, else creates, activates and verifies it.",
  version: 1,
  input: closed({
    uri,
    authValue: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        [secretKeyword]: true,
        description: "The hook's secret, where it is created. Absent: the one of the connection's hook here.",
      }),
    ),
  }),
  output: closed({ ...stateOutput, created: Type.Boolean() }),
  async run(ctx, { authValue, ...wish }) {
    const before = await ctx.call(checkActivationHook, wish);
    if (before.works) return { ...before, created: false };
    const { id } = before;
    if (id === null) await create(ctx, { uri: before.uri, authValue, isOwn: wish.uri === undefined });
    else if (before.status === "ACTIVE") await ctx.run("okta.eventHook.verify", { hook: id });
    else await activate(ctx, id);
    const after = await ctx.call(checkActivationHook, wish);
    if (!after.works) {
      const sentence = `The event hook to ${after.uri} is ${after.status} and ${after.verificationStatus}: Okta could not verify the address, or an administrator must.`;
      throw new LongarmError("invalid_state", sentence, { details: { hook: after.id } });
    }
    return { ...after, created: id === null };
  },
});

async function create(
  ctx: FlowContext,
  { uri: address, authValue, isOwn }: { readonly uri: string; readonly authValue: string | undefined; readonly isOwn: boolean },
): Promise<void> {
  if (authValue === undefined && !isOwn)
    throw new LongarmError("secret_required", "There is no such hook yet, so a secret for it is needed; give it as authValue.");
  const hook = { name: "Longarm: activated applications", events: [eventType], uri: address };
  await ctx.run("okta.eventHook.create", authValue === undefined ? hook : { ...hook, authValue });
}

async function activate(ctx: FlowContext, hook: string): Promise<void> {
  await ctx.run("okta.eventHook.activate", { hook });
  await ctx.run("okta.eventHook.verify", { hook });
}
