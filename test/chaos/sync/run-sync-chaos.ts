import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type TableName, tables } from "@longarm/sync";
import { ApiClient } from "../../../packages/cli/src/api/api-client.ts";
import { until } from "../../support/until.ts";
import { chanceOf } from "../chance.ts";
import type { InflictedFault } from "../faults/inflict.ts";
import { planFaults } from "../faults/schedule.ts";
import { Strikes } from "../faults/strikes.ts";
import { Client } from "../load/client.ts";
import { Fleet } from "../processes/fleet.ts";
import type { MemberEvent } from "../processes/member.ts";
import type { SyncWish } from "../profile.ts";
import type { ChaosOptions } from "../run-chaos.ts";
import { unlessAborted } from "../unless-aborted.ts";
import { type Comparison, compareTable } from "./check/compare-table.ts";
import { readingOf, readPages } from "./check/page-reads.ts";
import { type Lag, lagOfIncremental, rowTextOf } from "./check/row-text.ts";
import { OrgChanger } from "./org/org-changer.ts";
import { OrgTruth } from "./org/org-truth.ts";
import { pagesVariable } from "./pages-variable.ts";
import { isSmall, placesOf, targetsOf, weighted } from "./sync-plan.ts";
import type { SyncEvidence } from "./sync-evidence.ts";
import { openPlace, syncName, type SyncPlace } from "./sync-place.ts";
import { runOnce, type SyncRun } from "./sync-runs.ts";

const streams = ["users", "groups", "groupMembers", "apps", "appUsers", "appGroups", "logs", "userTypes"];
const compared: readonly TableName[] = ["users", "groups", "group_members", "apps", "app_users", "app_groups", "logs", "user_types"];
const fullWithinMs = 420_000;
const withinMs = 240_000;
const patienceMs = 120_000;
const leastIncrementals = 2;
const mostTries = 12;
const betweenTriesMs = 2_000;
const fewChanges = 8;

/**
 * Copies an org that changes all the while under faults, keeps the copy up to date under faults, then lets the org keep still, heals
 * everything, and compares the copy with the org row by row: behind an incremental run, and in a smaller org behind a whole sweep.
 */
export async function runSyncChaos(options: ChaosOptions & { readonly wish: SyncWish }): Promise<SyncEvidence> {
  const { directory, wish, profile, plant, history } = options;
  await mkdir(directory, { recursive: true });
  const place = await openPlace(wish.sink, directory);
  const controllers = new Map<string, string>();
  const crashes: { member: string; detail: string }[] = [];
  const tell = (event: MemberEvent): void => {
    history.event(event.kind, event);
    const { id } = (event.detail ?? {}) as { readonly id?: unknown };
    if (event.kind === "ready" && typeof id === "string" && event.member.startsWith("controller-")) controllers.set(id, event.member);
    if (event.kind === "endedByItself") crashes.push({ member: event.member, detail: String(event.detail) });
  };
  const { orgLatencyMs } = placesOf(wish);
  const pagesFile = join(directory, "pages.txt");
  const fleet = new Fleet({
    ...{ directory, controllers: profile.controllers, agents: profile.agents, brokers: profile.brokers, tell },
    ...{ users: wish.users, runs: 100, orgLatencyMs, orgFaultsMeet: "GET" },
    controller: { sinks: { copy: place.settings } },
    orgVariables: {
      LONGARM_SANDBOX_OBSERVER: fileURLToPath(new URL("page-observer.ts", import.meta.url)),
      [pagesVariable]: pagesFile,
    },
    ...(plant !== undefined && { plant }),
  });
  try {
    const gathered = await unlessAborted(options.signal, new SyncChaos(options, { fleet, place, pagesFile }).carryOut());
    return { ...gathered, controllers, crashes };
  } finally {
    for (const [name, text] of fleet.printed()) history.text(`${name}.log`, text);
    await fleet.end();
    await place.close();
  }
}

interface Parts {
  readonly fleet: Fleet;
  readonly place: SyncPlace;
  readonly pagesFile: string;
}

class SyncChaos {
  readonly #options: ChaosOptions & { readonly wish: SyncWish };
  readonly #parts: Parts;
  readonly #strikes: Strikes;
  readonly #runs: SyncRun[] = [];
  readonly #faults: InflictedFault[] = [];
  #client!: Client;

  constructor(options: ChaosOptions & { readonly wish: SyncWish }, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    this.#strikes = new Strikes({ fleet: parts.fleet, history: options.history });
  }

  async carryOut(): Promise<Omit<SyncEvidence, "controllers" | "crashes">> {
    const { say, history, profile, wish, signal } = this.#options;
    const changer = await this.#prepare();
    const still = new AbortController();
    say(`the org changes; ${wish.users} users are copied into ${wish.sink}, seed ${profile.seed}`);
    const changing = changer.changeUntil(AbortSignal.any([still.signal, signal]));
    await this.#underFaults("full", () => this.#copy());
    await this.#underFaults("incremental", (over) => this.#keepUpToDate(over));
    still.abort();
    await changing;
    say("everything is healed, and the org keeps still");
    // A run that failed is gone on with by the next one, which may have read the log before the last changes: then it takes one more.
    if ((await this.#run("incremental")) === "resumed") await this.#run("incremental");
    // Where much changes, one change hides that another is not seen.
    await changer.changeOnce(fewChanges);
    await this.#run("incremental");
    const afterIncremental = await this.#compare(lagOfIncremental);
    const afterSweep = isSmall(wish) ? await this.#sweep() : [];
    const refused = changer.changes.filter(({ status }) => status >= 400).length;
    history.lines("changes", changer.changes);
    history.lines("runs", this.#runs);
    return {
      ...{ afterIncremental, afterSweep, faults: this.#faults, rowFaults: await this.#parts.place.faults() },
      changes: { made: changer.changes.length - refused, refused },
      runs: this.#readRuns(),
    };
  }

  async #prepare(): Promise<OrgChanger> {
    const { profile, say, wish } = this.#options;
    const { fleet } = this.#parts;
    say(`starting ${profile.controllers} controllers, ${profile.agents} agents, a broker and an org of ${wish.users} users`);
    await fleet.start();
    const { org, token, controllerUrls, orgUrls } = fleet;
    this.#client = new Client({ urls: controllerUrls, token, patienceMs });
    const api = new ApiClient({ url: controllerUrls[0] ?? "", token });
    await api.ask("PUT", "/v1/credentials/org", { body: { scheme: "ssws", token: org.token } });
    const placement = { on: "agent", require: "labels.site == 'chaos'", whenNone: "wait", waitFor: "15m" };
    // Every other seed has runs that wait a fault out; those of the others fail, and are gone on with.
    const retry = profile.seed % 2 === 0 ? { attempts: 40, within: "5m", longestPause: "2s" } : {};
    await api.ask("PUT", "/v1/connections/site", { body: { credential: "org", timeout: "5s", baseUrl: orgUrls.site, placement, retry } });
    // The org shows changes at once; its answers bear whole seconds.
    const body = { connection: "site", streams, sink: "copy", overlap: "2s", fullEvery: "never" };
    await api.ask("PUT", `/v1/syncs/${syncName}`, { body });
    await until("every agent is up", async () => {
      const { agents } = await api.get<{ readonly agents: readonly { readonly state: string }[] }>("/v1/agents");
      return agents.filter(({ state }) => state === "up").length >= profile.agents;
    });
    const changer = new OrgChanger(org, chanceOf(profile.seed).fork("changes"), { users: wish.users, ...placesOf(wish) });
    await changer.prepare();
    return changer;
  }

  /** Does the work while faults strike; what still lasts when it is done is healed. */
  async #underFaults(phase: string, work: (over: AbortSignal) => Promise<void>): Promise<void> {
    const { profile, signal, say, wish } = this.#options;
    const { seed, calmSeconds, seconds } = profile;
    const { gapMs } = placesOf(wish);
    const kinds = weighted(profile.kinds);
    const toMs = phase === "full" ? fullWithinMs : seconds * 1_000;
    const targets = targetsOf(this.#parts.fleet);
    const planned = planFaults(chanceOf(seed).fork(`faults ${phase}`), { kinds, targets, fromMs: calmSeconds * 1_000, toMs, gapMs });
    const done = new AbortController();
    const over = new AbortController();
    const striking = this.#strikes.inflictUntil(planned, AbortSignal.any([done.signal, signal])).finally(() => over.abort());
    await work(over.signal).finally(() => done.abort());
    const inflicted = await striking;
    this.#faults.push(...inflicted);
    say(`${phase}: ${inflicted.length} faults`);
  }

  async #sweep(): Promise<readonly Comparison[]> {
    await this.#run("full");
    return this.#compare({});
  }

  /** A run that failed is gone on with by the next one. */
  async #copy(): Promise<void> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      await this.#run("full");
      if (this.#runs.at(-1)?.status !== "failed") return;
      await pause(betweenTriesMs, undefined, { signal: this.#options.signal });
    }
  }

  async #keepUpToDate(over: AbortSignal): Promise<void> {
    for (let count = 0; !over.aborted || count < leastIncrementals; count += 1) await this.#run("incremental");
  }

  /** Tells whether it began itself, or went on with what another had begun. */
  async #run(mode: SyncRun["mode"]): Promise<"fresh" | "resumed"> {
    const { say, signal, profile } = this.#options;
    const isFresh = (this.#runs.at(-1)?.status ?? "succeeded") === "succeeded";
    const key = `sync-${profile.seed}-${this.#runs.length + 1}`;
    const run = await runOnce(this.#client, { mode, key, withinMs: mode === "full" ? fullWithinMs : withinMs, signal });
    this.#runs.push(run);
    say(
      `${mode} run ${run.id}: ${run.status}${run.error ? ` (${run.error.code})` : ""} after ${Math.round((run.toMs - run.fromMs) / 1_000)} s`,
    );
    return isFresh ? "fresh" : "resumed";
  }

  async #compare(lag: Lag): Promise<readonly Comparison[]> {
    const truth = new OrgTruth(this.#parts.fleet.org);
    const found: Comparison[] = [];
    for (const table of compared) found.push(await compareTable(table, await truth.rows(table, lag), this.#sinkRows(table, lag)));
    return found;
  }

  async *#sinkRows(table: TableName, lag: Lag) {
    const { key } = tables[table];
    for await (const record of this.#parts.place.rows(table))
      yield {
        key: key.map((name) => String(record[name])).join(" "),
        text: rowTextOf(table, record, lag),
        isMarked: record["deleted_at"] !== null,
      };
  }

  #readRuns(): SyncEvidence["runs"] {
    const text = readFileSync(this.#parts.pagesFile, "utf8");
    this.#options.history.text("pages.txt", text);
    const reads = readPages(text);
    return this.#runs.map((run) => ({ run, reading: readingOf(reads, run) }));
  }
}
