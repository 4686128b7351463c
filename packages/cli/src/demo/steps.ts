import { LongarmError } from "@longarm/shared";
import type { LocalSet } from "../local-set/local-set.ts";
import { sandboxUsers } from "../local-set/sandbox-org.ts";
import type { Shell } from "../shell.ts";
import type { Step } from "./narrate.ts";

interface RunAnswer {
  readonly id: string;
  readonly status: string;
  readonly output: unknown;
  readonly error: { readonly message: string } | null;
  readonly calls: readonly {
    readonly executor: { readonly kind: string; readonly name?: string };
    readonly why: string;
    readonly sentMs: number | null;
  }[];
}

interface Explanation {
  readonly matched: number;
  readonly total: number;
  readonly agents: readonly { readonly agent: { readonly name: string }; readonly matched: boolean; readonly failed: string | null }[];
}

const someone = "user000042@example.com";
const selector = "labels.site == 'hq'";
const anyAgent = "'okta' in labels.capabilities";
const pageSize = 100;
const pageLatencyMs = 15;
const killAfterItems = 3_000;

/** The demo's steps; the first starts the local set that the others use. */
export function demoSteps(start: () => Promise<LocalSet>, shell: Shell): readonly Step[] {
  let started: LocalSet | undefined;
  const using = (step: (set: LocalSet, shell: Shell) => Promise<string>) => (): Promise<string> => {
    if (!started) throw new LongarmError("internal", "The set is not up.");
    return step(started, shell);
  };
  const begin = async (): Promise<string> => {
    started = await start();
    return `controller at ${started.url}, org with ${sandboxUsers.toLocaleString("en")} users at ${started.sandboxUrl}`;
  };
  return [
    { title: "Start broker, controller, sandbox org and two agents", run: begin },
    { title: "Run an action here", run: using(runHere) },
    { title: `Run the same action through the agent that ${selector} chooses`, run: using(runThere) },
    { title: "Explain the choice", run: using(explain) },
    { title: `Stream ${sandboxUsers.toLocaleString("en")} users through an agent`, run: using(streamAll) },
    { title: "Kill the agent that carries the stream, and finish on the other", run: using(streamThroughLoss) },
  ];
}

async function submit(set: LocalSet, body: object, waitSeconds: number): Promise<RunAnswer> {
  const run = await set.client.post<RunAnswer>("/v1/runs", {
    body: { connection: "sandbox", lane: "interactive", ...body },
    headers: { prefer: `wait=${waitSeconds}` },
  });
  return waitSeconds === 0 ? run : expectSuccess(run);
}

function expectSuccess(run: RunAnswer): RunAnswer {
  if (run.status === "succeeded") return run;
  throw new LongarmError("internal", `The run ${run.id} is ${run.status}${run.error ? `: ${run.error.message}` : ""}.`);
}

async function runHere(set: LocalSet): Promise<string> {
  const run = await submit(set, { action: "okta.user.get", input: { user: someone }, on: "local" }, 10);
  const [call] = run.calls;
  if (call?.executor.kind !== "local") throw new LongarmError("internal", "The call was not made here.");
  return `${someone} read by the controller itself, call ${call.sentMs} ms`;
}

async function runThere(set: LocalSet): Promise<string> {
  const run = await submit(set, { action: "okta.user.get", input: { user: someone }, on: selector }, 10);
  const [call] = run.calls;
  if (call?.executor.name !== "hq-1")
    throw new LongarmError("internal", `The call went to ${call?.executor.name ?? "nobody"}, not to hq-1.`);
  return `${someone} read through ${call.executor.name}, call ${call.sentMs} ms`;
}

async function explain(set: LocalSet, shell: Shell): Promise<string> {
  const explanation = await set.client.post<Explanation>("/v1/selectors/explain", { body: { selector, connection: "sandbox" } });
  for (const { agent, matched, failed } of explanation.agents) {
    shell.note(`      ${matched ? "✓" : "·"} ${agent.name.padEnd(10)} ${matched ? "matches" : `fails ${failed}`}`);
  }
  if (explanation.matched !== 1 || explanation.total !== 2) throw new LongarmError("internal", "One of two agents should have matched.");
  return `${explanation.matched} of ${explanation.total} agents matches ${selector}`;
}

async function streamAll(set: LocalSet, shell: Shell): Promise<string> {
  const startedMs = performance.now();
  const { id } = await submit(set, { action: "okta.user.stream", input: {}, on: selector }, 0);
  const ids = await collect(set, shell, { id, onItems: () => undefined });
  expectAll(ids);
  const seconds = (performance.now() - startedMs) / 1_000;
  return `${ids.length.toLocaleString("en")} users in ${seconds.toFixed(1)} s, ${Math.round(ids.length / seconds).toLocaleString("en")} a second`;
}

async function streamThroughLoss(set: LocalSet, shell: Shell): Promise<string> {
  await slowPages(set);
  const { id } = await submit(set, { action: "okta.user.stream", input: { pageSize }, on: anyAgent }, 0);
  let killed: { readonly name: string; readonly at: number } | undefined;
  const onItems = async (count: number): Promise<void> => {
    if (killed || count < killAfterItems) return;
    const name = await carrierOf(set, id);
    killed = { name, at: count };
    set.agents.get(name)?.kill();
    shell.note(`      ${name} killed (kill -9) after ${count.toLocaleString("en")} users`);
  };
  const ids = await collect(set, shell, { id, onItems });
  const run = expectSuccess(await set.client.get<RunAnswer>(`/v1/runs/${id}`));
  const carriers = [...new Set(run.calls.map((call) => call.executor.name))];
  if (!killed || carriers.length !== 2)
    throw new LongarmError("internal", `The stream was carried by ${carriers.join(", ")}; two agents should have taken turns.`);
  expectAll(ids);
  const finisher = carriers.find((name) => name !== killed?.name);
  return `${finisher} went on at the last kept page: ${ids.length.toLocaleString("en")} users, none missing, none twice`;
}

/** Which agent carries the stream now: the last intent in its log names it. */
async function carrierOf(set: LocalSet, id: string): Promise<string> {
  type Entry = { readonly kind: string; readonly facts: { readonly executor?: { readonly agentName?: string } } };
  const { entries } = await set.client.get<{ readonly entries: readonly Entry[] }>(`/v1/runs/${id}/log`);
  return entries.findLast((entry) => entry.kind === "intent")?.facts.executor?.agentName ?? "";
}

/** A real org answers in tens of milliseconds; without that the stream would be over before anybody could interfere. */
async function slowPages(set: LocalSet): Promise<void> {
  const fault = { match: { method: "GET", path: "/api/v1/users" }, kind: "latency", ms: pageLatencyMs };
  const answer = await fetch(`${set.sandboxUrl}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new LongarmError("internal", `The sandbox refused the latency: ${await answer.text()}`);
}

async function collect(
  set: LocalSet,
  shell: Shell,
  of: { readonly id: string; readonly onItems: (count: number) => void | Promise<void> },
): Promise<readonly string[]> {
  const ids: string[] = [];
  const text = new TextDecoder();
  let rest = "";
  let told = 0;
  for await (const chunk of set.client.stream(`/v1/runs/${of.id}/items?follow=true`)) {
    const lines = (rest + text.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    ids.push(...lines.map((line) => (JSON.parse(line) as { id: string }).id));
    await of.onItems(ids.length);
    if (ids.length - told < sandboxUsers / 5) continue;
    told = ids.length;
    shell.note(`      ${progressBar(ids.length)} ${ids.length.toLocaleString("en")} users`);
  }
  return ids;
}

function progressBar(count: number): string {
  const full = Math.round((count / sandboxUsers) * 20);
  return `${"█".repeat(full)}${"░".repeat(Math.max(0, 20 - full))}`;
}

function expectAll(ids: readonly string[]): void {
  const distinct = new Set(ids).size;
  if (ids.length === sandboxUsers && distinct === sandboxUsers) return;
  throw new LongarmError("internal", `${ids.length} users came, ${distinct} different ones; ${sandboxUsers} were expected, each once.`);
}
