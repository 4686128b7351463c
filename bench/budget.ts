import { join } from "node:path";
import { connect, withJourney, type Journey, type JourneyController } from "../test/support/journey.ts";
import { startPart, type Part } from "./support/part.ts";

const users = 200_000;
const minutes = Number(process.env["LONGARM_BENCH_MINUTES"] ?? 2);
const [controllers, agents, pullers] = [2, 4, 8];
const interactiveEveryMs = 1_000;
const [limit, maxShare, interactiveReserve] = [600, 0.8, 0.2];

interface Counts {
  readonly asked: number;
  readonly refused: number;
}

/** What the org has answered on its list of users. */
async function countsOf(org: Part): Promise<Counts> {
  const answer = await fetch(`${String(org.ready["url"])}/sandbox/requests`);
  const { routes } = (await answer.json()) as { routes: Record<string, { requests: number; statuses: Record<string, number> }> };
  const { requests = 0, statuses = {} } = routes["GET /api/v1/users"] ?? {};
  return { asked: requests, refused: statuses["429"] ?? 0 };
}

async function setUp(journey: Journey, org: Part): Promise<readonly JourneyController[]> {
  const broker = await journey.broker();
  const keyRing = join(journey.directory, "keyring.json");
  const first = await journey.controllerProcess({ name: "controller-1", broker, keyRing });
  const others = Array.from({ length: controllers - 1 }, (_, n) =>
    journey.controllerProcess({ name: `controller-${n + 2}`, broker, keyRing, token: first.token }),
  );
  for (let n = 1; n <= agents; n += 1) await journey.agentProcess(first, { name: `agent-${n}`, url: broker.url });
  await connect(first.api, { url: String(org.ready["url"]), token: String(org.ready["token"]) }, { on: "agent" });
  return [first, ...(await Promise.all(others))];
}

function turnOf(at: readonly JourneyController[], n: number): JourneyController {
  const controller = at[n % at.length];
  if (!controller) throw new Error("There is no controller.");
  return controller;
}

/** Streams of all users in the bulk lane, on both controllers alike. Each is longer than the trial. */
async function pull(at: readonly JourneyController[]): Promise<readonly string[]> {
  const body = { action: "okta.user.stream", connection: "sandbox", lane: "bulk", input: {} };
  const runs = Array.from({ length: pullers }, (_, n) => turnOf(at, n).api.post<{ id: string }>("/v1/runs", { body }));
  return (await Promise.all(runs)).map(({ id }) => id);
}

interface AskedRun {
  /** From the submission to the start. */
  readonly queuedMs: number;
  readonly calls: readonly { /** From when it was to be made until it left. */ readonly queuedMs: number }[];
}

/** How long an interactive call waited before it left, and how long it took from its submission to its end. */
interface Taken {
  readonly waitedMs: number;
  readonly tookMs: number;
}

/** For so long, every second a run in the interactive lane that asks for one page. */
async function askNowAndThen(at: readonly JourneyController[], forMs: number): Promise<readonly Taken[]> {
  const endsMs = performance.now() + forMs;
  const body = { action: "okta.user.stream", connection: "sandbox", lane: "interactive", input: { maxItems: 1 } };
  const asked: Promise<Taken>[] = [];
  for (let n = 0; performance.now() < endsMs; n += 1) {
    const sinceMs = performance.now();
    const asking = turnOf(at, n).api.post<AskedRun>("/v1/runs", { body, headers: { prefer: "wait=60" } });
    const taken = (run: AskedRun): Taken => ({
      waitedMs: run.calls.reduce((sum, { queuedMs }) => sum + queuedMs, run.queuedMs),
      tookMs: performance.now() - sinceMs,
    });
    asked.push(asking.then(taken));
    await new Promise((resolve) => setTimeout(resolve, interactiveEveryMs));
  }
  return Promise.all(asked);
}

interface Phase {
  readonly name: string;
  readonly share: number;
  readonly taken: readonly Taken[];
  readonly counts: Counts;
}

async function phase(name: string, share: number, { org, work }: { org: Part; work: () => Promise<readonly Taken[]> }): Promise<Phase> {
  const before = await countsOf(org);
  const taken = await work();
  const after = await countsOf(org);
  return { name, share, taken, counts: { asked: after.asked - before.asked, refused: after.refused - before.refused } };
}

function p99(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

/** Bulk streams and interactive calls of two controllers through four agents against the limits of a workforce org. */
export const bench = {
  name: "budget",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    const org = await startPart("sandbox", { users, limits: "workforce" });
    const sleep = async (): Promise<readonly Taken[]> => {
      await new Promise((resolve) => setTimeout(resolve, minutes * 60_000));
      return [];
    };
    try {
      await withJourney(async (journey) => {
        const at = await setUp(journey, org);
        print(`budget: ${pullers} bulk streams of users over ${controllers} controllers and ${agents} agents, ${limit} requests a minute`);
        const runs = await pull(at);
        const phases = [
          await phase("bulk", limit * maxShare, { org, work: sleep }),
          await phase("beside", limit * maxShare * (1 - interactiveReserve), { org, work: () => askNowAndThen(at, minutes * 60_000) }),
        ];
        for (const { name, share, taken, counts } of phases) {
          const [used, refused] = [counts.asked / (share * minutes), counts.refused / counts.asked];
          print(
            `  ${name}: ${counts.asked} requests, ${(used * 100).toFixed(1)} % of its share used (aim ≥ 90 %), ${(refused * 100).toFixed(2)} % refused (aim < 1 %)`,
          );
          Object.assign(figures, { [`${name}Used`]: used, [`${name}Refused`]: refused });
          if (taken.length === 0) continue;
          const [waited, took] = [p99(taken.map(({ waitedMs }) => waitedMs)), p99(taken.map(({ tookMs }) => tookMs))];
          print(
            `  ${taken.length} interactive calls waited p99 ${waited.toFixed(0)} ms (aim < 1,000), and took ${took.toFixed(0)} ms from submission to end`,
          );
          Object.assign(figures, { interactiveWaitP99Ms: waited, interactiveP99Ms: took });
        }
        for (const id of runs)
          await turnOf(at, 0)
            .api.post(`/v1/runs/${id}/cancel`, { body: {} })
            .catch(() => undefined);
      });
    } finally {
      await org.stop();
    }
    return figures;
  },
};
