import type { Agent } from "../api/types.ts";
import { does, gathered, type Invocation, type Registration } from "../command.ts";
import { readLabels } from "../input/labels.ts";
import { writeFacts } from "../print/facts.ts";
import { shownLabels } from "../print/labels.ts";
import { shownSpan, shownTime } from "../print/times.ts";
import { addTokenCommands } from "./agent-tokens.ts";

const looks = {
  up: "green",
  pending: "yellow",
  suspect: "yellow",
  paused: "yellow",
  draining: "yellow",
  lost: "red",
  quarantined: "red",
  revoked: "red",
} as const;

function shownBeat(lastBeatAt: string | null): string {
  return lastBeatAt === null ? "none yet" : `${shownSpan(lastBeatAt, null, Date.now())} ago`;
}

/** `sha256:1f2e3d4c5b6a`, as much of a hash as tells policies apart. */
function shownPolicy(policy: Agent["policy"]): string {
  if (!policy) return "–";
  return `${policy.hash.slice(0, 19)}${policy.isStale ? " (stale)" : ""}`;
}

function policyFact(policy: NonNullable<Agent["policy"]>): string {
  if (policy.hash === "none") return "none: the agent does whatever a controller asks of it";
  return policy.isStale ? `${policy.hash} (stale: its file has faults or is gone; see the agent's log)` : policy.hash;
}

function shownFact(value: unknown): string {
  if (typeof value === "number") return String(Math.round(value * 100) / 100);
  return typeof value === "string" ? value : JSON.stringify(value);
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ agents: readonly Agent[] }>("/v1/agents");
  if (options.json) return shell.json(answer);
  const rows = answer.agents.map(({ name, state, slots, labels, version, lastBeatAt, id, policy }) => [
    name,
    state,
    `${slots.free}/${slots.total}`,
    shownLabels(labels),
    shownPolicy(policy),
    version,
    shownBeat(lastBeatAt),
    id,
  ]);
  const look = (text: string, column: number): string =>
    column === 1 ? shell.look(looks[text.trim() as keyof typeof looks] ?? "dim", text) : text;
  await shell.table(["AGENT", "STATE", "FREE", "LABELS", "POLICY", "VERSION", "LAST BEAT", "ID"], rows, look);
}

async function show({ shell, options, api, arguments: [name = ""] }: Invocation): Promise<void> {
  const agent = await api.get<Agent>(`/v1/agents/${encodeURIComponent(name)}`);
  if (options.json) return shell.json(agent);
  // Of an agent that was never heard at work the rest is blank.
  const isKnown = agent.lastBeatAt !== null;
  const facts = Object.entries(isKnown ? agent.facts : {}).map(([fact, value]): [string, string] => [`facts.${fact}`, shownFact(value)]);
  await writeFacts(shell, [
    ["agent", agent.name],
    ["id", agent.id],
    ["state", agent.state],
    ...(agent.fingerprint ? ([["fingerprint", agent.fingerprint]] as [string, string][]) : []),
    ...(agent.proposed
      ? ([
          ["proposed labels", shownLabels(agent.proposed.labels)],
          ["from host", agent.proposed.hostname],
        ] as [string, string][])
      : []),
    ...(isKnown
      ? ([
          ["slots", `${agent.slots.free} of ${agent.slots.total} free`],
          ["version", agent.version],
        ] as [string, string][])
      : []),
    ["last beat", agent.lastBeatAt === null ? "none yet" : `${shownTime(agent.lastBeatAt)} (${shownBeat(agent.lastBeatAt)})`],
    ...(agent.journal ? ([["journal", agent.journal]] as [string, string][]) : []),
    ...(agent.policy ? ([["policy", policyFact(agent.policy)]] as [string, string][]) : []),
    ...Object.entries(agent.labels).map(([label, value]): [string, string] => [`labels.${label}`, [value].flat().join(", ")]),
    ...facts,
  ]);
}

async function command({ shell, options, api, arguments: [name = ""] }: Invocation, verb: string): Promise<void> {
  const agent = await api.post<Agent>(`/v1/agents/${encodeURIComponent(name)}/${verb}`);
  await (options.json ? shell.json(agent) : shell.write(`${agent.name} ${agent.state}\n`));
  if (verb === "revoke" && !options.json) await tellGiven({ shell, api }, agent);
}

/** Whoever has the agent's machine may have kept what was given to it. */
async function tellGiven({ shell, api }: Pick<Invocation, "shell" | "api">, { id, name }: Agent): Promise<void> {
  const { credentials } = await api.get<{ credentials: readonly { credential: string }[] }>(
    `/v1/agents/${encodeURIComponent(id)}/credentials`,
  );
  const names = [...new Set(credentials.map(({ credential }) => credential))].toSorted();
  if (names.length > 0)
    shell.note(`${name} was given these credentials; if it is not trusted any more, change them at their targets: ${names.join(", ")}`);
}

interface ApproveOptions {
  readonly fingerprint?: string;
  readonly label?: readonly string[];
}

async function approve({ shell, options, api, arguments: [name = ""] }: Invocation<ApproveOptions>): Promise<void> {
  const { fingerprint, label } = options;
  const body = { ...(fingerprint !== undefined && { fingerprint }), ...(label && { labels: readLabels(label) }) };
  const agent = await api.post<Agent>(`/v1/agents/${encodeURIComponent(name)}/approve`, { body });
  await (options.json
    ? shell.json(agent)
    : shell.write(`${agent.name} (${agent.fingerprint ?? agent.id}) approved with ${shownLabels(agent.labels)}\n`));
}

const verbs = {
  pause: "give an agent no new calls",
  resume: "give an agent calls again",
  drain: "let an agent finish its calls and take no more",
  revoke: "take an agent's right to work away",
} as const;

/** `longarm agents ls|show|approve|pause|resume|drain|revoke|token`. */
export const registerAgents: Registration = (program, shell) => {
  const agents = program
    .command("agents")
    .description("list, show, approve, pause, resume, drain and revoke agents, and make the tokens that they join with");
  does(agents.command("ls").description("list agents"), shell, list);
  does(agents.command("show").description("show an agent with its labels and facts").argument("<agent>", "id or name"), shell, show);
  for (const [verb, description] of Object.entries(verbs)) {
    const one = agents.command(verb).description(description).argument("<agent>", "id or name");
    does(one, shell, (invocation) => command(invocation, verb));
  }
  const approving = agents
    .command("approve")
    .description("let an agent in that waits for it, or one that was quarantined, once its copy is gone")
    .argument("<agent>", "id or name")
    .option("--fingerprint <sha256:…>", "what the agent printed: another one is not let in")
    .option("--label <name=value>", "what it is granted instead of what it proposed; may stand several times", gathered);
  does<ApproveOptions>(approving, shell, approve);
  addTokenCommands(agents, shell);
};
