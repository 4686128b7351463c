import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { field as subjects, Lifecycle, newId, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { collectBody, createRestExecutor, type RestExecutor, type RestRequest } from "@longarm/shared/rest";
import { Pool } from "undici";
import { MemoryDefinitionStore } from "../packages/controller/src/memory/memory-definition-store.ts";
import { embeddedTrust, newTrustSeeds } from "../packages/controller/src/trust/trust-keys.ts";
import { FieldAgentDirectory } from "../packages/controller/src/nats/field/index.ts";
import type { AgentGrant } from "../packages/controller/src/ports/agent-store.ts";
import { agentGrantCodec } from "../packages/controller/src/ports/definition-codec.ts";
import { mintForThisProcess } from "../packages/controller/src/nats/identities/index.ts";
import { withBroker, type TestBroker } from "../test/support/broker.ts";
import { TestDoors } from "../test/support/door.ts";
import { load, loadLine, medianLoad, type Load } from "./support/load.ts";
import { startPart } from "./support/part.ts";

const widths = [1, 64] as const;
const rounds = 5;
const callsPerRound = { 1: 1_500, 64: 4_000 } as const;
const callsPerWarming = { 1: 4_000, 64: 8_000 } as const;

type Call = () => Promise<void>;
type Paths = Readonly<Record<"plain" | "local" | "hop" | "agent", Call>>;

/** The ways to one and the same target, each with its other end in a process of its own. */
export async function openPaths(broker: TestBroker, directory: string, lifecycle: Lifecycle): Promise<Paths> {
  const target = await startPart("target", {});
  lifecycle.add("target", () => target.stop());
  const targetUrl = String(target.ready["url"]);
  const { field } = await broker.connections("bench");
  const grants = new MemoryDefinitionStore<AgentGrant>(agentGrantCodec);
  const trust = embeddedTrust(newTrustSeeds());
  const doors = new TestDoors({ broker, store: grants, trust, clock: systemClock });
  const agents = new FieldAgentDirectory({
    connection: field,
    controllerId: newId("controller"),
    store: grants,
    trust,
    revoke: (key) => doors.identities.revoke(key),
    clock: systemClock,
    logger: silentLogger,
  });
  await agents.start();
  doors.open(field, agents);
  lifecycle.add("door", () => doors.close());
  const { token, pin } = await doors.join({});
  lifecycle.add("directory", () => agents.close());
  const file = join(directory, "configuration.json");
  const policyFile = join(directory, "policy.yaml");
  // A rule of the usual kind, so that what a policy costs is part of what a call through an agent costs.
  const rule = `{name: target, origins: ["${new URL(targetUrl).origin}"], allow: ["GET /api/v1/users/{id}", "GET /**"], addresses: [127.0.0.1]}`;
  await writeFile(policyFile, `rules: [${rule}]\n`);
  const configuration = {
    name: "bench",
    policyFile,
    broker: { urls: [broker.url] },
    join: { token: token.reveal(), pin },
    dataDirectory: directory,
    slots: 512,
    logLevel: "error",
  };
  await writeFile(file, JSON.stringify(configuration), { mode: 0o600 });
  const agent = await startPart("agent", { file });
  lifecycle.add("agent", () => agent.stop());
  const allowed = { publish: [subjects.allReports()], subscribe: [subjects.allAgents()] };
  const login = await mintForThisProcess(broker.keys.accounts.field, "hop", allowed);
  const hop = await startPart("hand-made-hop", { url: broker.url, target: targetUrl, jwt: login.jwt, seed: login.seed.reveal() });
  lifecycle.add("hop", () => hop.stop());
  const local = createRestExecutor({ clock: systemClock });
  lifecycle.add("local executor", () => local.close());
  const remote = agents.executor(agents.list()[0]?.id ?? newId("agent"), {
    connection: "bench",
    target: { host: "127.0.0.1", addresses: [] },
  });
  return {
    plain: plainCall(targetUrl),
    local: throughExecutor(local, targetUrl),
    hop: hopCall(field),
    agent: throughExecutor(remote, targetUrl),
  };
}

function throughExecutor(executor: RestExecutor, baseUrl: string): Call {
  const never = new AbortController().signal;
  return async () => {
    const request: RestRequest = {
      ...{
        runId: newId("run"),
        callId: newId("call"),
        attempt: 1,
        effect: "read",
        method: "GET",
        baseUrl,
        path: "/api/v1/users/1",
        query: [],
      },
      ...{ headers: { accept: "application/json" }, auth: { scheme: "none" }, timeoutMs: 10_000, maxResponseBytes: 1_000_000 },
    };
    const answer = await executor.send(request, never);
    if (answer.kind === "failure") throw answer.error;
    await collectBody(answer, 1_000_000);
    answer.record();
  };
}

function plainCall(url: string): Call {
  const pool = new Pool(url, { connections: 128, pipelining: 1 });
  return async () => {
    const answer = await pool.request({ path: "/api/v1/users/1", method: "GET", headers: { accept: "application/json" } });
    await answer.body.bytes();
  };
}

function hopCall(connection: Awaited<ReturnType<TestBroker["connections"]>>["field"]): Call {
  const waiting = new Map<string, () => void>();
  connection.subscribe("ctl.hop.from.hop.*", {
    callback: (_fault, message) => waiting.get(message.subject.slice("ctl.hop.from.hop.".length))?.(),
  });
  let n = 0;
  return () =>
    new Promise((resolve) => {
      n += 1;
      const id = String(n);
      waiting.set(id, () => {
        waiting.delete(id);
        resolve();
      });
      connection.publish("agent.hop.call", id);
    });
}

async function measure(paths: Paths, width: 1 | 64): Promise<Readonly<Record<keyof Paths, Load>>> {
  const names = ["plain", "local", "hop", "agent"] as const;
  const found: Record<keyof Paths, Load[]> = { plain: [], local: [], hop: [], agent: [] };
  // Every path is to be measured as a process that has run for a while at this very width: compiled for it, not interpreted.
  for (const name of names) await load(callsPerWarming[width], width, paths[name]);
  for (let round = 0; round < rounds; round += 1) {
    // Every other round in reverse order: what one path leaves behind (garbage, a warm processor) must not always fall to the same next one.
    for (const name of round % 2 === 0 ? names : names.toReversed()) found[name].push(await load(callsPerRound[width], width, paths[name]));
  }
  return { plain: medianLoad(found.plain), local: medianLoad(found.local), hop: medianLoad(found.hop), agent: medianLoad(found.agent) };
}

/** The agent path against the same hop made by hand, and the local path against plain undici. */
export const bench = {
  name: "calls",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    const lifecycle = new Lifecycle();
    const directory = await mkdtemp(join(tmpdir(), "longarm-bench-"));
    try {
      await withBroker(async (broker) => {
        const paths = await openPaths(broker, directory, lifecycle);
        for (const width of widths) {
          const { plain, local, hop, agent } = await measure(paths, width);
          print(`calls: ${width} in flight, median of ${rounds} rounds in turn`);
          print(loadLine("plain undici", plain));
          print(loadLine("local path (RestExecutor)", local));
          print(loadLine("hand-made hop (NATS, undici, reply)", hop));
          print(loadLine("agent path", agent));
          const ratios = {
            localThroughput: local.perSecond / plain.perSecond,
            localP50: local.p50Ms / plain.p50Ms,
            agentThroughput: agent.perSecond / hop.perSecond,
            agentP50: agent.p50Ms / hop.p50Ms,
          };
          print(
            `  local / plain: throughput ${ratios.localThroughput.toFixed(2)} (aim ≥ 0.8), p50 ${ratios.localP50.toFixed(2)} (aim ≤ 1.3)`,
          );
          print(
            `  agent / hop:   throughput ${ratios.agentThroughput.toFixed(2)} (aim ≥ 0.8), p50 ${ratios.agentP50.toFixed(2)} (aim ≤ 1.3)`,
          );
          for (const [name, value] of Object.entries(ratios)) figures[`${name}At${width}`] = value;
        }
        await lifecycle.close();
      });
    } finally {
      await lifecycle.close();
      await rm(directory, { recursive: true, force: true });
    }
    return figures;
  },
};
