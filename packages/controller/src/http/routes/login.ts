import { Type } from "typebox";
import { toRfc3339 } from "../moments.ts";
import { answers, closed } from "../schemas.ts";
import { makerOf, viewApiKey } from "./api-keys.ts";
import type { Routes } from "./route.ts";

const tags = ["access"];
// Whoever is not let in yet has little to say.
const strangersBytes = 4 * 1_024;

/** `/v1/login` and `/v1/login-codes`: a one-time code for a person, and what it is exchanged for. */
export function registerLogin({ app, deps }: Routes): void {
  const exchange = {
    operationId: "login",
    summary: "Exchange a one-time login code for an API key",
    description: "Once, within 15 minutes; the key lives for 12 hours at most. The code itself is what lets in.",
    tags,
    security: [],
    body: closed({ code: Type.String({ minLength: 1, maxLength: 200, description: "`llc_…`, as it was printed." }) }),
    response: answers({ 201: Type.Ref("NewApiKey") }),
  };
  app.post("/v1/login", { schema: exchange, config: { open: true }, bodyLimit: strangersBytes }, async (request, reply) => {
    const { token, key } = await deps.logins.redeem(request.body.code);
    return reply.code(201).send({ ...viewApiKey(key, deps.clock.nowMs()), token: token.reveal() });
  });

  const issue = {
    operationId: "createLoginCode",
    summary: "Make a one-time login code with one's own rights",
    tags,
    response: answers({ 201: Type.Object({ code: Type.String(), expiresAt: Type.String({ format: "date-time" }) }) }),
  };
  app.post("/v1/login-codes", { schema: issue, config: { scope: "api-keys:write" } }, async (request, reply) => {
    const { principal } = request;
    const { name, madeBy: _madeBy, isSession = false, expiresAt: ends, ...lasting } = principal;
    const grant = { ...lasting, ...(!isSession && ends !== undefined && { expiresAt: ends }) };
    const { code, expiresAt } = await deps.logins.issue({ ...grant, principal: name, ...makerOf(principal) });
    return reply.code(201).send({ code: code.reveal(), expiresAt: toRfc3339(expiresAt) });
  });
}
