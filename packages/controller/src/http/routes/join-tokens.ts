import { LongarmError, readDuration } from "@longarm/shared";
import { Type } from "typebox";
import type { JoinToken } from "../../ports/join-token-store.ts";
import { refuse } from "../invalid-request.ts";
import { toRfc3339 } from "../moments.ts";
import { answers, closed } from "../schemas.ts";
import type { Routes } from "./route.ts";

const tags = ["agents"];
const time = Type.String({ format: "date-time" });

export const LabelsForm = Type.Record(
  Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_]{0,62}$" }),
  Type.Union([Type.String({ maxLength: 256 }), Type.Array(Type.String({ maxLength: 256 }), { maxItems: 100 })]),
  { maxProperties: 64, examples: [{ site: "hq", capabilities: ["rest", "okta"] }] },
);

const TokenBody = closed({
  kind: Type.Optional(
    Type.Enum(["once", "ask"], {
      description: "`once` (unless told) lets one agent in; `ask` may be used by many, and an administrator approves each.",
    }),
  ),
  labels: Type.Optional({ ...LabelsForm, description: "What the agent is granted." }),
  ttl: Type.Optional(
    Type.String({ maxLength: 20, description: "How long it may be used: at most 15m, or 90d for `ask`.", examples: ["10m"] }),
  ),
  sources: Type.Optional(
    Type.Array(Type.String({ maxLength: 64 }), {
      maxItems: 32,
      description: "Networks that an agent may come from.",
      examples: [["10.0.0.0/8"]],
    }),
  ),
});

export const JoinTokenSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(["once", "ask"]),
    labels: Type.Record(Type.String(), Type.Unknown()),
    sources: Type.Array(Type.String()),
    state: Type.Enum(["usable", "used", "expired"]),
    createdBy: Type.String(),
    createdAt: time,
    expiresAt: time,
    usedBy: Type.Union([Type.Object({ agent: Type.String(), fingerprint: Type.String(), at: time }), Type.Null()]),
  },
  { $id: "JoinToken" },
);

const Issued = Type.Intersect([
  Type.Ref("JoinToken"),
  Type.Object({
    token: Type.String({ description: "Shown this once." }),
    pin: Type.String({ description: "The fingerprint of this installation's keys, which the agent's administrator pins." }),
    urls: Type.Array(Type.String(), { description: "Where the agent finds the broker, unless its own configuration says otherwise." }),
  }),
]);

function view(token: JoinToken, nowMs: number): Record<string, unknown> {
  const { id, kind, labels, sources, createdBy, createdAt, expiresAt, usedBy } = token;
  const state = usedBy ? "used" : expiresAt <= nowMs ? "expired" : "usable";
  const times = { createdAt: toRfc3339(createdAt), expiresAt: toRfc3339(expiresAt) };
  return { id, kind, labels, sources, state, createdBy, ...times, usedBy: usedBy ? { ...usedBy, at: toRfc3339(usedBy.at) } : null };
}

const usualTtl = { once: "15m", ask: "30d" } as const;

function readTtl(text: string): number {
  return readDuration(text) ?? refuse("body", "/ttl", "must be a duration such as 10m");
}

/** `/v1/join-tokens`: rights to ask for enrolment. A token is shown once, by the answer that made it. */
export function registerJoinTokens({ app, deps }: Routes): void {
  const admin = { scope: "agents:admin" } as const;
  const make = {
    operationId: "createJoinToken",
    summary: "Make a token that an agent joins with",
    tags,
    body: TokenBody,
    response: answers({ 201: Issued }),
  };
  app.post("/v1/join-tokens", { schema: make, config: admin }, async (request, reply) => {
    const { kind = "once", labels = {}, ttl = usualTtl[kind], sources = [] } = request.body;
    const asked = { kind, labels, sources, ttlMs: readTtl(ttl), createdBy: request.principal.name };
    const { token, text, pin, urls } = await deps.joinDesk.issue(asked);
    return reply.code(201).send({ ...view(token, deps.clock.nowMs()), token: text.reveal(), pin, urls });
  });

  const response = answers({ 200: Type.Object({ joinTokens: Type.Array(Type.Ref("JoinToken")) }) });
  const list = { operationId: "listJoinTokens", summary: "List join tokens", tags, response };
  app.get("/v1/join-tokens", { schema: list, config: { scope: "agents:read" } }, async () => {
    const nowMs = deps.clock.nowMs();
    return { joinTokens: (await deps.joinDesk.list()).map((token) => view(token, nowMs)) };
  });

  const params = closed({ id: Type.String({ maxLength: 64 }) });
  const gone = answers({ 204: Type.Null({ description: "It is gone." }) });
  const remove = { operationId: "removeJoinToken", summary: "Take a join token back", tags, params, response: gone };
  app.delete("/v1/join-tokens/:id", { schema: remove, config: admin }, async (request, reply) => {
    const { id } = request.params;
    if (await deps.joinDesk.remove(id)) return reply.code(204).send();
    throw new LongarmError("unknown_join_token", `There is no join token "${id}"; GET /v1/join-tokens lists them.`);
  });
}
