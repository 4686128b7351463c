import { LongarmError, unknownName } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { Type } from "typebox";
import { mayUse } from "../../decide/access.ts";
import type { AgentView } from "../../ports/agent-directory.ts";
import type { CredentialReceipt } from "../../ports/credential-receipts.ts";
import { toRfc3339 } from "../moments.ts";
import { answers, closed } from "../schemas.ts";
import { LabelsForm } from "./join-tokens.ts";
import type { Routes } from "./route.ts";

const tags = ["agents"];
const params = closed({ agent: Type.String({ minLength: 1, maxLength: 128, description: "Id or name.", examples: ["hq-1"] }) });
const ApprovalBody = closed({
  fingerprint: Type.Optional(
    Type.String({
      pattern: "^sha256:[0-9a-f]{64}$",
      [expectsKeyword]: "sha256: and 64 hexadecimal digits",
      description: "What the agent printed; it is let in only if it is known by it.",
    }),
  ),
  labels: Type.Optional({ ...LabelsForm, description: "What it is granted; what it proposed unless told." }),
});
const commands = [
  { verb: "pause", desired: "paused", summary: "Give an agent no new calls" },
  { verb: "resume", desired: "up", summary: "Give an agent calls again" },
  { verb: "drain", desired: "draining", summary: "Let an agent finish its calls and take no more" },
  { verb: "revoke", desired: "revoked", summary: "Take an agent's right to work away" },
] as const;

function view({ lastBeatAt, facts, journal, ...agent }: AgentView): Record<string, unknown> {
  const load = Math.round(facts.load * 100) / 100;
  const at = lastBeatAt === null ? null : toRfc3339(lastBeatAt);
  const untold = { policy: null, fingerprint: null, proposed: null };
  return { ...untold, ...agent, facts: { ...facts, load }, lastBeatAt: at, journal: journal?.state ?? null };
}

function find({ deps }: Routes, idOrName: string): AgentView {
  const found = deps.agents.find(idOrName);
  if (found) return found;
  const names = deps.agents.list().map(({ name }) => name);
  throw unknownName("agent", idOrName, names);
}

/**
 * The one agent that a change is meant for: by its id, or by a name that only one bears. Anybody who may ask to be let in chooses a name,
 * so an administrator is not to be mistaken about whose it is. Throws `conflict` for several, and `unknown_agent`.
 */
function findOnly(routes: Routes, idOrName: string, isMeant: (agent: AgentView) => boolean): AgentView {
  const found = find(routes, idOrName);
  if (found.id === idOrName) return found;
  const [first = found, ...others] = routes.deps.agents.list().filter((agent) => agent.name === idOrName && isMeant(agent));
  if (others.length === 0) return first;
  const told = [first, ...others].map(({ id, fingerprint }) => (fingerprint === undefined ? id : `${id} (${fingerprint})`));
  throw new LongarmError("conflict", `${told.length} agents bear the name "${idOrName}": ${told.join(", ")}. Say which by its id.`);
}

const isThere = ({ state }: AgentView): boolean => state !== "pending" && state !== "lost" && state !== "revoked";
const isWaiting = ({ state }: AgentView): boolean => state === "pending" || state === "quarantined";

const received = Type.Object({ credential: Type.String(), revision: Type.Integer(), setAt: Type.String(), firstAt: Type.String() });

/** `/v1/agents`: who is there, and what is wanted of each. */
export function registerAgents(routes: Routes): void {
  const { app, deps } = routes;
  const list = {
    operationId: "listAgents",
    summary: "List agents",
    tags,
    response: answers({ 200: Type.Object({ agents: Type.Array(Type.Ref("Agent")) }) }),
  };
  app.get("/v1/agents", { schema: list, config: { scope: "agents:read" } }, () => ({ agents: deps.agents.list().map(view) }));

  const one = { operationId: "getAgent", summary: "Show an agent", tags, params, response: answers({ 200: Type.Ref("Agent") }) };
  app.get("/v1/agents/:agent", { schema: one, config: { scope: "agents:read" } }, (request) => view(find(routes, request.params.agent)));

  registerCredentialsGiven(routes);
  registerApproval(routes);

  for (const { verb, desired, summary } of commands) {
    const schema = { operationId: `${verb}Agent`, summary, tags, params, response: answers({ 200: Type.Ref("Agent") }) };
    app.post(`/v1/agents/:agent/${verb}`, { schema, config: { scope: "agents:admin" } }, async (request) => {
      return view(await deps.agents.setDesired(findOnly(routes, request.params.agent, isThere).id, desired));
    });
  }
}

function registerCredentialsGiven(routes: Routes): void {
  const { app, deps } = routes;
  const given = {
    operationId: "listCredentialsOfAgent",
    summary: "Tell which credentials an agent ever was given",
    tags,
    params,
    response: answers({ 200: Type.Object({ credentials: Type.Array(received) }) }),
  };
  app.get(
    "/v1/agents/:agent/credentials",
    { schema: given, config: { scope: "agents:read" } },
    async ({ params: { agent }, principal }) => {
      const { id } = find(routes, agent);
      const own = (await deps.receipts.list()).filter((one) => one.agentId === id && mayUse(principal, one.credential));
      const shown = ({ credential, revision, setAt, firstAt }: CredentialReceipt) => {
        return { credential, revision, setAt: toRfc3339(setAt), firstAt: toRfc3339(firstAt) };
      };
      return { credentials: own.map(shown) };
    },
  );
}

function registerApproval(routes: Routes): void {
  const { app, deps } = routes;
  const approving = {
    operationId: "approveAgent",
    summary: "Let an agent in that waits for it, or one that was quarantined",
    tags,
    params,
    body: ApprovalBody,
    response: answers({ 200: Type.Ref("Agent") }),
  };
  app.post("/v1/agents/:agent/approve", { schema: approving, config: { scope: "agents:admin" } }, async (request) => {
    const { fingerprint } = request.body;
    const isMeant = (agent: AgentView): boolean => isWaiting(agent) && (fingerprint === undefined || agent.fingerprint === fingerprint);
    const { id } = findOnly(routes, request.params.agent, isMeant);
    return view(await deps.agents.approve({ ...request.body, agent: id, by: request.principal.name }));
  });
}
