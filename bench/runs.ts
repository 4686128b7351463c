import { streams } from "@longarm/shared";
import { seededLogin } from "@longarm/sandbox";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect, jwtAuthenticator, type NatsConnection } from "@nats-io/transport-node";
import { mintForThisProcess } from "../packages/controller/src/nats/identities/index.ts";
import type { TestBroker } from "../test/support/broker.ts";
import { countFsyncs } from "./support/fsyncs.ts";
import { type Installation, withInstallation } from "./support/installation.ts";
import { load, loadLine, medianLoad, type Load } from "./support/load.ts";
import type { Part } from "./support/part.ts";
import { processorMs } from "./support/processor.ts";
import { openWorkQueue } from "./support/work-queue.ts";

const users = 1_000;
const widths = [1, 64, 512] as const;
const rounds = 3;
const runsPerRound = { 1: 400, 64: 4_000, 512: 8_000 } as const;
const runsPerWarming = 4_000;
type Width = (typeof widths)[number];

/** What takes part, each in a process of its own; the load generator is this process. */
interface Bed {
  readonly broker: TestBroker;
  readonly controller: Part;
  readonly sandbox: Part;
  /** Submits one read run and waits for its end. */
  readonly run: () => Promise<void>;
  /** How many messages the stream RUNS has had so far. */
  readonly messages: () => Promise<number>;
}

const processes = ["controller", "broker", "sandbox", "loadGenerator"] as const;
type Costs = Readonly<Record<(typeof processes)[number], number>>;

function processorTimes({ controller, broker, sandbox }: Bed): Costs {
  const pids = { controller: controller.pid, broker: broker.pid, sandbox: sandbox.pid, loadGenerator: process.pid };
  return costsOf((name) => processorMs(pids[name]));
}

function costsOf(of: (name: (typeof processes)[number]) => number): Costs {
  return { controller: of("controller"), broker: of("broker"), sandbox: of("sandbox"), loadGenerator: of("loadGenerator") };
}

function withBed(body: (bed: Bed) => Promise<void>): Promise<void> {
  return withInstallation({ users }, async ({ broker, controller, sandbox, ask }) => {
    const jsm = await jetstreamManager((await broker.connections("bench")).control);
    const messages = async (): Promise<number> => (await jsm.streams.info(streams.runs)).state.last_seq;
    await body({ broker, controller, sandbox, run: runOver(ask), messages });
  });
}

function runOver(ask: Installation["ask"]): () => Promise<void> {
  let asked = 0;
  return async () => {
    const input = { user: seededLogin((asked++ * 7) % users) };
    const body = { action: "okta.user.get", connection: "sandbox", input };
    const run = await ask<{ readonly status: string }>("POST", "/v1/runs", { body, wait: 60 });
    if (run.status !== "succeeded") throw new Error(`a run came to ${JSON.stringify(run)}`);
  };
}

interface Measured {
  readonly runs: Load;
  readonly queue: Load;
  /** Processor milliseconds a run. */
  readonly costs: Costs;
  readonly messagesPerRun: number;
}

async function measure(bed: Bed, job: () => Promise<void>, width: Width): Promise<Measured> {
  const count = runsPerRound[width];
  const [runs, queue]: [Load[], Load[]] = [[], []];
  const before = await bed.messages();
  let used = costsOf(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    const began = processorTimes(bed);
    runs.push(await load(count, width, bed.run));
    const ended = processorTimes(bed);
    used = costsOf((name) => used[name] + ended[name] - began[name]);
    queue.push(await load(count, width, job));
  }
  const all = rounds * count;
  return {
    runs: medianLoad(runs),
    queue: medianLoad(queue),
    costs: costsOf((name) => used[name] / all),
    messagesPerRun: ((await bed.messages()) - before) / all,
  };
}

function tell(print: (line: string) => void, width: Width, { runs, queue, costs, messagesPerRun }: Measured): Record<string, number> {
  const own = costs.controller + costs.broker;
  const ratio = runs.perSecond / queue.perSecond;
  const aims = { 1: "aim p50 ≤ 5 ms", 64: "no aim", 512: "aim ≥ 1,500/s" }[width];
  print(`runs: ${width} in flight, median of ${rounds} rounds in turn`);
  print(`${loadLine("submitted, claimed, read, completed", runs)}   (${aims})`);
  print(`${loadLine("bare work queue, as many fsynced publishes", queue)}   ratio ${ratio.toFixed(2)}`);
  const each = processes.map((name) => `${name} ${costs[name].toFixed(2)}`).join("   ");
  print(`  CPU ms a run: ${each}   controller + broker ${own.toFixed(2)}${width === 512 ? " (aim ≤ 1.0)" : ""}`);
  print(`  messages a run ${messagesPerRun.toFixed(2)} (aim 3)`);
  const figures = { perSecond: runs.perSecond, p50Ms: runs.p50Ms, p99Ms: runs.p99Ms, ratio, messagesPerRun, cpuMs: own, ...costs };
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${name}At${width}`, value]));
}

/** A controller may not publish what is no run: the bare queue is another user's. */
async function connectFreely({ url, keys }: TestBroker): Promise<NatsConnection> {
  const all = { publish: [">"], subscribe: [">"] };
  const { jwt, seed } = await mintForThisProcess(keys.accounts.control, "work-queue", all);
  return connect({ servers: url, authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(seed.reveal())), noAsyncTraces: true });
}

/** Durable read runs from submission to their end over HTTP, beside a bare JetStream work queue on the same broker. */
export const bench = {
  name: "runs",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    await withBed(async (bed) => {
      const connection = await connectFreely(bed.broker);
      const queue = await openWorkQueue(connection);
      await load(runsPerWarming, 512, bed.run);
      await load(runsPerWarming, 512, queue.job);
      for (const width of widths) Object.assign(figures, tell(print, width, await measure(bed, queue.job, width)));
      for (const width of widths) {
        const count = runsPerRound[width] / 4;
        const fsyncs = await countFsyncs(bed.broker.pid, async () => void (await load(count, width, bed.run)));
        if (fsyncs === undefined) print("  fsyncs were not counted: strace is not there, or may not watch the broker");
        else print(`  fsyncs a run, ${width} in flight: ${(fsyncs / count).toFixed(2)} (strace of the broker)`);
        if (fsyncs !== undefined) figures[`fsyncsPerRunAt${width}`] = fsyncs / count;
      }
      queue.close();
      await connection.close();
    });
    return figures;
  },
};
