import { randomBytes } from "node:crypto";
import { Secret } from "@longarm/shared";
import { Type } from "typebox";
import { rotate } from "../../decide/hooks/secrets.ts";
import { newHookState } from "../../decide/hooks/state.ts";
import type { Revised } from "../../ports/connection-store.ts";
import type { Webhook, WebhookSecret } from "../../ports/webhook-store.ts";
import { assertMayUse } from "../run-access.ts";
import { answers, closed, nameParams } from "../schemas.ts";
import { type DefinitionKind, existing, registerDefinitions, withStates } from "./definition-routes.ts";
import { duration, FormReader } from "./form-reader.ts";
import { viewHook } from "./hook-view.ts";
import { readExpectedSequence, revisionHeaders, toEtag } from "./revision.ts";
import type { Routes } from "./route.ts";

const tags = ["hooks"];
const writes = { scope: "hooks:write" } as const;
const shown = Type.Ref("Hook");
const shownOnce = Type.Ref("NewHook");
const usualEveryMs = 300_000;
const leastEveryMs = 1_000;
const longestGraceMs = 30 * 86_400_000;

const HookForm = closed(
  {
    reconcileEvery: Type.Optional(
      Type.Union([duration("How often the org's log is read for what never came; `5m` unless told"), Type.Null()], {
        description: "Null: never.",
      }),
    ),
  },
  { examples: [{ reconcileEvery: "5m" }] },
);

function newSecret(nowMs: number): WebhookSecret {
  return { id: randomBytes(4).toString("hex"), secret: new Secret(`lwh_${randomBytes(32).toString("base64url")}`), madeAtMs: nowMs };
}

function kindOf({ deps }: Routes): DefinitionKind<Webhook> {
  const { definitions, states } = deps.webhooks;
  const [spoke = ""] = deps.hookDoor.spokes;
  const store = withStates(definitions, states);
  const view = async (revised: Revised<Webhook>): Promise<Record<string, unknown>> => {
    const state = (await states.get(revised.value.name))?.value;
    return viewHook(revised, state, { nowMs: deps.clock.nowMs(), publicUrl: deps.publicUrl, spoke });
  };
  return { kind: "hook", store, shown, view };
}

function readEvery(text: string | null): number | null {
  if (text === null) return null;
  const reader = new FormReader();
  const ms = reader.span("/reconcileEvery", text);
  if (ms > 0 && ms < leastEveryMs) reader.fault("/reconcileEvery", "must be a second at least");
  reader.refuseFaults("The hook");
  return ms;
}

function registerPut(routes: Routes): void {
  const { app, deps } = routes;
  const { definitions, states } = deps.webhooks;
  const schema = {
    ...{ operationId: "putHook", summary: "Register a connection's hook, or change it", tags, params: nameParams },
    description: "A new one is made with a secret, which is shown in this answer and never again.",
    ...{ headers: revisionHeaders, body: HookForm, response: answers({ 200: shown, 201: shownOnce }) },
  };
  app.put("/v1/hooks/:name", { schema, config: writes }, async (request, reply) => {
    const { name } = request.params;
    assertMayUse(request.principal, name);
    await existing({ kind: "connection", store: deps.connections }, name);
    const { reconcileEvery } = request.body;
    const everyMs = reconcileEvery === undefined ? undefined : readEvery(reconcileEvery);
    const before = await definitions.get(name);
    const nowMs = deps.clock.nowMs();
    const expected = readExpectedSequence(request.headers);
    if (before) {
      const changed = { ...before.value, ...(everyMs !== undefined && { reconcileEveryMs: everyMs }) };
      const stored = await definitions.put(name, changed, expected ?? before.sequence);
      return reply.header("etag", toEtag(stored)).send(await kindOf(routes).view(stored));
    }
    const secret = newSecret(nowMs);
    // What is left of a former hook of this connection is none of its own.
    await states.put(name, newHookState(name, nowMs));
    const hook = { name, secrets: [secret], reconcileEveryMs: everyMs === undefined ? usualEveryMs : everyMs, madeAtMs: nowMs };
    const stored = await definitions.put(name, hook, expected ?? 0);
    const view = { ...(await kindOf(routes).view(stored)), secret: secret.secret.reveal() };
    return reply.code(201).header("etag", toEtag(stored)).send(view);
  });
}

function readGrace(text: string): number {
  const reader = new FormReader();
  const ms = reader.duration("/grace", text);
  if (ms > longestGraceMs) reader.fault("/grace", "must be 30 days at most");
  reader.refuseFaults("The rotation");
  return ms;
}

function registerRotate(routes: Routes): void {
  const { app, deps } = routes;
  const { definitions, states } = deps.webhooks;
  const schema = {
    ...{ operationId: "rotateHook", summary: "Make a new secret for a hook", tags, params: nameParams },
    description:
      "It is valid at once, and shown in this answer and never again; the one that the org sends is valid for the grace that is left. Two are valid at most.",
    body: Type.Union([
      closed({ grace: Type.Optional(duration("How long the former secret is still valid; `24h` unless told, `0s` ends it at once")) }),
      Type.Null(),
    ]),
    response: answers({ 200: shownOnce }),
  };
  app.post("/v1/hooks/:name/rotate", { schema, config: writes }, async (request, reply) => {
    const { name } = request.params;
    assertMayUse(request.principal, name);
    const { value: before, sequence } = await existing(kindOf(routes), name);
    const graceMs = readGrace(request.body?.grace ?? "24h");
    const nowMs = deps.clock.nowMs();
    const lastUsed = (await states.get(name))?.value.lastUsed ?? null;
    const secret = newSecret(nowMs);
    const secrets = rotate(before.secrets, secret, { nowMs, graceMs, lastUsed });
    const stored = await definitions.put(name, { ...before, secrets }, sequence);
    const view = { ...(await kindOf(routes).view(stored)), secret: secret.secret.reveal() };
    return reply.header("etag", toEtag(stored)).send(view);
  });
}

/** `/v1/hooks`: by which secrets the orgs of connections may send us events. */
export function registerHooks(routes: Routes): void {
  registerDefinitions(routes.app, kindOf(routes));
  registerPut(routes);
  registerRotate(routes);
}
