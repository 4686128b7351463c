import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Lifecycle } from "@longarm/shared";
import { ApiClient } from "../../../packages/cli/src/api/api-client.ts";
import { bareEnvironment, commandLine } from "../../support/command.ts";
import { chanceOf } from "../chance.ts";
import { collectCases } from "../check/collect.ts";
import type { Evidence } from "../check/evidence.ts";
import { OrgReader } from "../check/org-reader.ts";
import type { InflictedFault } from "../faults/inflict.ts";
import { Client, type Submitted } from "../load/client.ts";
import { planLoad, type RunPlan } from "../load/run-plan.ts";
import { freePorts } from "../../support/free-ports.ts";
import { Member, type MemberEvent } from "../processes/member.ts";
import { readyLine, startOrg } from "../processes/org-process.ts";
import type { ChaosOptions } from "../run-chaos.ts";
import { unlessAborted } from "../unless-aborted.ts";
import { LoopDisk } from "./loop-disk.ts";

const diskBytes = 1024 * 1024 * 1024;
const cuts = 3;
const finalWithinMs = 180_000;
const patienceMs = 120_000;

/**
 * Cuts the power under load: a controller with its embedded broker, as they are by default, on a disk of their own. Each time both are
 * stopped, what the disk holds is copied, both are killed, and they go on from the copy: whatever had been accepted must be there.
 */
export async function runPower(options: ChaosOptions): Promise<Evidence> {
  const lifecycle = new Lifecycle();
  const power = new PowerRun(options, lifecycle);
  try {
    return await unlessAborted(options.signal, power.carryOut());
  } finally {
    await lifecycle.close();
  }
}

class PowerRun {
  readonly #options: ChaosOptions;
  readonly #lifecycle: Lifecycle;
  readonly #controllers = new Map<string, string>();
  readonly #crashes: { member: string; detail: string }[] = [];
  #disk!: LoopDisk;
  #controller!: Member;
  #port = 0;

  constructor(options: ChaosOptions, lifecycle: Lifecycle) {
    this.#options = options;
    this.#lifecycle = lifecycle;
  }

  async carryOut(): Promise<Evidence> {
    const { profile, say, history } = this.#options;
    const { client, org, load } = await this.#prepare();
    say(`${load.length} runs over ${profile.seconds} s and ${cuts} power cuts, seed ${profile.seed}`);
    const [submissions, faults] = await Promise.all([this.#submitAll(client, load), this.#cutOften()]);
    const healedMs = Date.now();
    const cases = await collectCases({ client, org, submissions, untilMs: healedMs + finalWithinMs });
    history.lines("ledger", org.ledger);
    history.lines("runs", cases);
    return { cases, faults, agents: [], notices: [], controllers: this.#controllers, crashes: this.#crashes, healedMs };
  }

  async #prepare() {
    const { profile, directory } = this.#options;
    await mkdir(directory, { recursive: true });
    const sandbox = await startOrg(profile.runs, this.#tell);
    this.#lifecycle.add("org", () => sandbox.member.end());
    this.#take(await LoopDisk.make(join(directory, "disk-0"), join(directory, "mounted-0"), diskBytes));
    [this.#port = 0] = await freePorts(1);
    await this.#startController();
    const url = `http://127.0.0.1:${this.#port}`;
    const token = readFileSync(join(this.#data, "admin.key"), "utf8").trim();
    const api = new ApiClient({ url, token });
    await api.ask("PUT", "/v1/credentials/org", { body: { scheme: "ssws", token: sandbox.token } });
    await api.ask("PUT", "/v1/connections/home", { body: { baseUrl: sandbox.url, credential: "org", timeout: "5s" } });
    const org = await OrgReader.prepare(sandbox);
    const wish = { runs: profile.runs, overMs: profile.seconds * 1_000, group: org.shared, name: "power", connections: ["home"] };
    const load = planLoad(chanceOf(profile.seed).fork("load"), wish).filter(isForPower);
    return { client: new Client({ urls: [url], token, patienceMs }), org, load };
  }

  get #data(): string {
    return join(this.#disk.path, "data");
  }

  readonly #tell = (event: MemberEvent): void => {
    this.#options.history.event(event.kind, event);
    const { id } = (event.detail ?? {}) as { readonly id?: unknown };
    if (event.kind === "ready" && typeof id === "string") this.#controllers.set(id, event.member);
    if (event.kind === "endedByItself") this.#crashes.push({ member: event.member, detail: String(event.detail) });
  };

  #take(disk: LoopDisk): void {
    this.#disk = disk;
    this.#lifecycle.add(disk.image, () => disk.unmount());
  }

  async #startController(): Promise<void> {
    const file = join(this.#options.directory, "controller.json");
    writeFileSync(file, JSON.stringify({ data: this.#data, listen: { port: this.#port }, broker: { kind: "embedded", port: 0 } }));
    const words = ["controller", "--config", file, "--json"];
    const member = new Member("controller-1", { ...commandLine(words), env: bareEnvironment, readyLine }, this.#tell);
    this.#controller = member;
    const data = this.#data;
    this.#lifecycle.add("controller", async () => {
      await member.end();
      await killBroker(data);
    });
    await member.start();
  }

  async #submitAll(client: Client, load: readonly RunPlan[]): Promise<readonly { plan: RunPlan; submitted: Submitted }[]> {
    const { history, signal } = this.#options;
    const startMs = performance.now();
    return Promise.all(
      load.map(async (plan) => {
        await pause(Math.max(0, plan.atMs - (performance.now() - startMs)), undefined, { signal });
        const submitted = await client.submit(plan, signal);
        history.event("submitted", submitted);
        return { plan, submitted };
      }),
    );
  }

  async #cutOften(): Promise<readonly InflictedFault[]> {
    const { profile, signal } = this.#options;
    const chance = chanceOf(profile.seed).fork("power");
    const faults: InflictedFault[] = [];
    const eachMs = (profile.seconds * 1_000) / (cuts + 1);
    for (let id = 1; id <= cuts; id += 1) {
      await pause(chance.between(Math.round(eachMs / 2), Math.round(eachMs)), undefined, { signal });
      faults.push(await this.#cut(id));
    }
    return faults;
  }

  async #cut(id: number): Promise<InflictedFault> {
    const { directory, history, say } = this.#options;
    const broker = brokerOf(this.#data);
    if (broker === undefined) throw new Error("The embedded broker has no pid file.");
    this.#controller.pause();
    process.kill(broker, "SIGSTOP");
    const fromMs = Date.now();
    const before = this.#disk;
    const after = await before.cut(join(directory, `disk-${id}`), join(directory, `mounted-${id}`));
    await this.#controller.kill();
    await killBroker(this.#data);
    this.#take(after);
    await before.unmount();
    await this.#startController();
    say(`power cut ${id}: gone on from what the disk held, after ${Date.now() - fromMs} ms`);
    const common = { id, kind: "controller.kill", target: "controller-1", amount: 0, met: null, trouble: null } as const;
    const fault = { ...common, atMs: 0, forMs: Date.now() - fromMs, fromMs, untilMs: Date.now() };
    history.event("powerCut", fault);
    return fault;
  }
}

/** Nobody prepares statuses, makes room for hooks or cancels here. */
function isForPower({ status, cancelAfterMs, body }: RunPlan): boolean {
  return status === undefined && cancelAfterMs === undefined && body.action !== "okta.eventHook.create";
}

/** Kills the broker on this data directory and resolves once it is gone; its guard, whose controller is dead, could only ask it to stop. */
async function killBroker(data: string): Promise<void> {
  const pid = brokerOf(data);
  if (pid === undefined) return;
  while (isBroker(pid, data)) {
    process.kill(pid, "SIGKILL");
    await pause(20);
  }
}

function brokerOf(data: string): number | undefined {
  const file = join(data, "broker", "nats-server.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
}

/** The number may be another process's by now. */
function isBroker(pid: number, data: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data);
  } catch {
    return false;
  }
}
