import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { until } from "../support/until.ts";
import { collectCases } from "./check/collect.ts";
import type { Evidence, Notice } from "./check/evidence.ts";
import { OrgReader } from "./check/org-reader.ts";
import type { PlannedFault } from "./faults/schedule.ts";
import { Strikes } from "./faults/strikes.ts";
import { watchDeath } from "./faults/watch-death.ts";
import { inParallel } from "./in-parallel.ts";
import { Client, type Submitted } from "./load/client.ts";
import type { RunPlan } from "./load/run-plan.ts";
import { type MemorySample, watchMemory } from "./outage/memory-watch.ts";
import { nowhere } from "./outage/outage-load.ts";
import { loadOf, planOf, runsOf } from "./plan.ts";
import { Fleet } from "./processes/fleet.ts";
import type { MemberEvent } from "./processes/member.ts";
import type { Profile } from "./profile.ts";
import type { History } from "./report/history.ts";
import { unlessAborted } from "./unless-aborted.ts";

const orgLatencyMs = 60;
const usualPatienceMs = 60_000;
// So that what is submitted while nothing is accepted comes to an end while that lasts.
const patienceInOutageMs = 5_000;
const finalWithinMs = 180_000;
const preparedAtOnce = 16;
const quietHooksEveryMs = 500;

/** One chaos run: what it is made of and where it writes. */
export interface ChaosOptions {
  readonly profile: Profile;
  readonly directory: string;
  readonly history: History;
  readonly say: (line: string) => void;
  /** A bug that the product is given. */
  readonly plant?: string;
  /** Aborted: everything is ended at once, and the run rejects. */
  readonly signal: AbortSignal;
}

/** Starts the fleet, loads it while faults strike, heals it and gathers the evidence; ends every process whatever happens. */
export async function runChaos(options: ChaosOptions): Promise<Evidence> {
  const { profile, directory, history, plant } = options;
  const controllers = new Map<string, string>();
  const crashes: { member: string; detail: string }[] = [];
  const orgEnded = Promise.withResolvers<never>();
  orgEnded.promise.catch(() => undefined);
  const tell = (event: MemberEvent): void => {
    history.event(event.kind, event);
    const { id } = (event.detail ?? {}) as { readonly id?: unknown };
    if (event.kind === "ready" && typeof id === "string" && event.member.startsWith("controller-")) controllers.set(id, event.member);
    if (event.kind === "endedByItself") crashes.push({ member: event.member, detail: String(event.detail) });
    // What it knew of effects is gone with it, and no verdict can be had any more.
    if (event.kind === "endedByItself" && event.member === "org") orgEnded.reject(new Error(`The org has ended: ${String(event.detail)}`));
  };
  const { controllers: controllerCount, agents, brokers } = profile;
  const fleet = new Fleet({
    directory,
    controllers: controllerCount,
    agents,
    brokers,
    users: runsOf(profile),
    orgLatencyMs,
    tell,
    ...(plant !== undefined && { plant }),
  });
  try {
    const evidence = await unlessAborted(options.signal, Promise.race([new ChaosRun(options, fleet).carryOut(), orgEnded.promise]));
    return { ...evidence, controllers, crashes };
  } finally {
    for (const [name, text] of fleet.printed()) history.text(`${name}.log`, text);
    await fleet.end();
  }
}

type Gathered = Omit<Evidence, "controllers" | "crashes">;

class ChaosRun {
  readonly #options: ChaosOptions;
  readonly #fleet: Fleet;
  readonly #notices: Notice[] = [];
  readonly #strikes: Strikes;

  constructor(options: ChaosOptions, fleet: Fleet) {
    this.#options = options;
    this.#fleet = fleet;
    this.#strikes = new Strikes({ fleet, history: options.history, during: (planned) => this.#watch(planned) });
  }

  async carryOut(): Promise<Gathered> {
    const { say, profile, history, signal } = this.#options;
    const { client, org, load, faults } = await this.#prepare();
    say(`${load.length} runs and ${faults.length} faults over ${profile.seconds} s, seed ${profile.seed}`);
    const stopQuieting = this.#keepHooksQuiet(org);
    const over = new AbortController();
    const watching = this.#watchMemory(over.signal);
    // One beginning for both: to begin with so many runs takes a second, and the load is to be there when the faults come.
    const startMs = performance.now();
    const [submissions, inflicted] = await Promise.all([
      this.#submitAll(client, load, startMs),
      this.#strikes.inflictAll(faults, startMs, signal),
    ]);
    const healedMs = Date.now();
    say("everything is healed; waiting for every run's end");
    const cases = await collectCases({ client, org, submissions, untilMs: healedMs + finalWithinMs });
    await stopQuieting();
    over.abort();
    const memory = await watching;
    if (memory) history.lines("memory", memory);
    history.lines("ledger", org.ledger);
    history.lines("runs", cases);
    const agents = this.#fleet.agents.map(({ name }) => name);
    return { cases, faults: inflicted, notices: this.#notices, healedMs, agents, ...(memory && { memory }) };
  }

  async #prepare() {
    const { profile, say } = this.#options;
    const fleet = this.#fleet;
    const brokers = profile.brokers === 1 ? "a broker" : `a cluster of ${profile.brokers} brokers`;
    say(`starting ${profile.controllers} controllers, ${profile.agents} agents, ${brokers} and an org`);
    await fleet.start();
    const isOutage = profile.brokerIsBackBeforeEndSeconds !== undefined;
    const patienceMs = isOutage ? patienceInOutageMs : usualPatienceMs;
    const client = new Client({ urls: fleet.controllerUrls, token: fleet.token, patienceMs });
    const org = await OrgReader.prepare(fleet.org);
    if (!fleet.clock.isAvailable) say("libfaketime is not installed: no clock jumps");
    const faults = planOf(profile, fleet);
    const load = loadOf(profile, { faults, group: org.shared });
    await Promise.all([this.#defineConnections(), this.#setStatuses(org, load)]);
    await Promise.all(fleet.controllerUrls.map((url) => this.#whenAgentsAreUp(new ApiClient({ url, token: fleet.token }))));
    return { client, org, load, faults };
  }

  async #defineConnections(): Promise<void> {
    const { controllerUrls, token, orgUrls, org } = this.#fleet;
    const api = new ApiClient({ url: controllerUrls[0] ?? "", token });
    await api.ask("PUT", "/v1/credentials/org", { body: { scheme: "ssws", token: org.token } });
    const common = { credential: "org", timeout: "5s" };
    await api.ask("PUT", "/v1/connections/home", { body: { ...common, baseUrl: orgUrls.home, placement: { on: "local" } } });
    const placement = { on: "agent", require: "labels.site == 'chaos'", whenNone: "wait", waitFor: "15m" };
    await api.ask("PUT", "/v1/connections/site", { body: { ...common, baseUrl: orgUrls.site, placement } });
    const unmatched = { ...placement, require: "labels.site == 'nowhere'" };
    await api.ask("PUT", `/v1/connections/${nowhere}`, { body: { ...common, baseUrl: orgUrls.site, placement: unmatched } });
  }

  async #setStatuses(org: OrgReader, load: readonly RunPlan[]): Promise<void> {
    await inParallel(preparedAtOnce, load, async ({ status, expected }) => {
      if (status !== undefined && expected && "user" in expected.of) await org.setStatus(expected.of.user, status);
    });
  }

  async #whenAgentsAreUp(api: ApiClient): Promise<void> {
    const { agents: wanted } = this.#options.profile;
    await until("every agent is up", async () => {
      const { agents } = await api.get<{ readonly agents: readonly { readonly state: string }[] }>("/v1/agents");
      return agents.filter(({ state }) => state === "up").length >= wanted;
    });
  }

  async #watchMemory(signal: AbortSignal): Promise<readonly MemorySample[] | undefined> {
    if (this.#options.profile.brokerIsBackBeforeEndSeconds === undefined) return undefined;
    return watchMemory([...this.#fleet.controllers, ...this.#fleet.agents], signal);
  }

  async #submitAll(client: Client, load: readonly RunPlan[], startMs: number): Promise<readonly { plan: RunPlan; submitted: Submitted }[]> {
    const { history, signal } = this.#options;
    return Promise.all(
      load.map(async (plan) => {
        await pause(Math.max(0, plan.atMs - (performance.now() - startMs)), undefined, { signal });
        const submitted = await client.submit(plan, signal);
        if (submitted.kind === "accepted" && plan.cancelAfterMs !== undefined)
          await this.#cancel(client, submitted.runId, plan.cancelAfterMs);
        history.event("submitted", { ...submitted, action: plan.body.action, connection: plan.body.connection, lane: plan.body.lane });
        return { plan, submitted };
      }),
    );
  }

  async #cancel(client: Client, runId: string, afterMs: number): Promise<void> {
    const { history, signal } = this.#options;
    await pause(afterMs, undefined, { signal });
    history.event("cancel", { runId });
    await client.cancel(runId, signal);
  }

  /** The org takes 25 active hooks; resolves, once it is asked to stop, when nothing of this is under way any more. */
  #keepHooksQuiet(org: OrgReader): () => Promise<void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.#options.signal]);
    const working = (async () => {
      while (!signal.aborted) {
        // The org's own faults are meant for the load.
        if (!this.#strikes.isStruck("org")) await org.quietHooks().catch(() => undefined);
        await pause(quietHooksEveryMs, undefined, { signal }).catch(() => undefined);
      }
    })();
    return () => {
      stop.abort();
      return working;
    };
  }

  async #watch({ kind, target, forMs, id }: PlannedFault): Promise<void> {
    if (kind !== "agent.kill" && kind !== "agent.freeze") return;
    const { controllerUrls, token } = this.#fleet;
    const noticed = await Promise.all(
      controllerUrls.map((url) => watchDeath({ api: new ApiClient({ url, token }), agent: target, withinMs: forMs })),
    );
    for (const [at, afterMs] of noticed.entries())
      if (afterMs !== undefined) this.#notices.push({ fault: id, controller: `controller-${at + 1}`, afterMs });
  }
}

/** Where the processes of a run have their files. */
export function fleetDirectory(base: string): string {
  return join(base, "fleet");
}
