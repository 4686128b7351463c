import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalSet, startLocalSet } from "../packages/cli/src/local-set/local-set.ts";
import { shippedProgram } from "./support/as-shipped.ts";
import { peakMegabytes, startPart } from "./support/part.ts";

const few = 10_000;
// A million take some minutes.
const many = Number(process.env["LONGARM_BENCH_USERS"] ?? 1_000_000);

interface Answer {
  readonly id: string;
  readonly status: string;
  readonly output: { readonly counts: { readonly users?: { readonly written: number } } } | null;
  readonly error: { readonly message: string } | null;
}

interface Copy {
  readonly usersPerSecond: number;
  readonly controllerMegabytes: number;
  readonly agentMegabytes: number;
}

const kinds = ["sqlite", "ndjson"] as const;
type Kind = (typeof kinds)[number];

/** One full sync of every user through the agent hq-1. */
async function copyThroughAgent(set: LocalSet, kind: Kind, users: number): Promise<Copy> {
  const startedMs = performance.now();
  const headers = { prefer: "wait=60" };
  let run = await set.client.post<Answer>("/v1/runs", {
    body: { action: `sync.to-${kind}`, on: "labels.site == 'hq'", lane: "standard" },
    headers,
  });
  while (["queued", "running", "waiting"].includes(run.status)) run = await set.client.get<Answer>(`/v1/runs/${run.id}`, { headers });
  const written = run.output?.counts.users?.written;
  if (written !== users) throw new Error(`the run is ${run.status} with ${written} users: ${run.error?.message}`);
  return {
    usersPerSecond: users / ((performance.now() - startedMs) / 1_000),
    controllerMegabytes: peakMegabytes(set.controllerPid),
    agentMegabytes: peakMegabytes(set.agents.get("hq-1")?.pid ?? 0),
  };
}

async function withOrg<T>(users: number, body: (set: LocalSet, directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "longarm-bench-"));
  const sinks = Object.fromEntries(kinds.map((kind) => [kind, { kind, directory: join(directory, kind) }]));
  const set = await startLocalSet({
    ...{ dataDirectory: join(directory, "data"), port: 0, logLevel: "error", controller: { sinks } },
    sandbox: { users, limits: "off" },
    program: await shippedProgram(),
  });
  try {
    for (const kind of kinds)
      await set.client.ask("PUT", `/v1/syncs/to-${kind}`, { body: { connection: "sandbox", streams: ["users"], sink: kind } });
    return await body(set, directory);
  } finally {
    await set.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Each sink in turn, by hand and through an agent; the processes of each org are fresh ones. */
async function measure(users: number, print: (line: string) => void): Promise<Record<string, number>> {
  return withOrg(users, async (set, directory) => {
    const part = await startPart("copy-pages", { url: set.sandboxUrl, token: "sandbox-token" });
    const figures: Record<string, number> = {};
    try {
      for (const kind of kinds) {
        const hand = await part.ask({ kind, place: join(directory, `by-hand-${kind}`) });
        if (hand["items"] !== users) throw new Error(`${String(hand["items"])} users by hand`);
        const byHand = users / Number(hand["seconds"]);
        const copy = await copyThroughAgent(set, kind, users);
        const ratio = copy.usersPerSecond / byHand;
        print(
          `  ${users.toLocaleString("en").padStart(9)} users into ${kind.padEnd(6)}  by hand ${byHand.toFixed(0)}/s (peak ${Number(hand["peakMegabytes"]).toFixed(0)} MB)` +
            `  through an agent ${copy.usersPerSecond.toFixed(0)}/s  ratio ${ratio.toFixed(2)} (aim ≥ 0.8)` +
            `  peak controller ${copy.controllerMegabytes.toFixed(0)} MB, agent ${copy.agentMegabytes.toFixed(0)} MB (aim < 250)`,
        );
        Object.assign(figures, {
          [`${kind}${users}Ratio`]: ratio,
          [`${kind}${users}PerSecond`]: copy.usersPerSecond,
          [`${kind}${users}ControllerMegabytes`]: copy.controllerMegabytes,
          [`${kind}${users}AgentMegabytes`]: copy.agentMegabytes,
        });
      }
      return figures;
    } finally {
      await part.stop();
    }
  });
}

/** A whole org copied into a sink through an agent, against plain undici with the same parsing and the same sink in one process. */
export const bench = {
  name: "sync",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    print("sync: every user of an org copied into a sink");
    return { ...(await measure(few, print)), ...(await measure(many, print)) };
  },
};
