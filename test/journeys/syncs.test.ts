import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { connect, type JourneyController, withJourney } from "../support/journey.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("a sync");
const slow = { timeoutMs: 60_000 };

interface SyncRun {
  readonly id: string;
  readonly status: string;
  readonly progress: { readonly items: number } | null;
  readonly output: { readonly mode: string; readonly counts: Record<string, { readonly written: number; readonly marked: number }> };
  readonly waiting: { readonly reason: string } | null;
}

const streams = ["users", "groups", "groupMembers"];

function rowsOf(file: string, question: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(question).all();
  } finally {
    database.close();
  }
}

const countOf = (file: string, table: string): unknown =>
  rowsOf(file, `SELECT count(*) AS n FROM ${table} WHERE deleted_at IS NULL`)[0]?.["n"];

async function runSync(controller: Pick<JourneyController, "longarm">, ...words: readonly string[]): Promise<SyncRun> {
  const { code, stdout, stderr } = await controller.longarm("syncs", "run", "people", "--json", ...words);
  assert.equal(code, 0, stderr + stdout);
  return JSON.parse(stdout) as SyncRun;
}

async function suspend(org: SandboxOrg, login: string): Promise<void> {
  const { status } = await org.call("POST", `/api/v1/users/${login}/lifecycle/suspend`);
  assert.equal(status, 200);
}

test(
  "copies an org through an agent into SQLite, and afterwards what has changed",
  () =>
    withJourney(async (journey) => {
      const org = await journey.sandbox({ users: 450 });
      const controller = await journey.controller();
      await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
      await connect(controller.api, org, { on: "agent", require: "labels.site == 'hq'" });
      const set = await controller.longarm("syncs", "set", "people", "--connection", "sandbox", "--streams", streams.join(","));
      assert.equal(set.code, 0, set.stderr);
      const first = await runSync(controller);
      const file = join(controller.data, "sinks", "people.db");
      assert.deepEqual([first.output.mode, first.output.counts["users"]?.written, countOf(file, "users")], ["full", 450, 450]);
      await suspend(org, "user000007@example.com");
      const second = await runSync(controller);
      assert.equal(second.output.mode, "incremental");
      assert.ok((second.output.counts["users"]?.written ?? 450) < 450);
      const [ada] = rowsOf(file, "SELECT status FROM users WHERE login = 'user000007@example.com'");
      assert.equal(ada?.["status"], "SUSPENDED");
      const former = await controller.longarm("runs", "show", first.id);
      assert.match(former.stdout, /"overlap":"5m","fullEvery":"7d"/);
      assert.doesNotMatch(former.stdout, /Ms"|Calls|items +0/);
      assert.doesNotMatch((await controller.longarm("syncs", "run", "people")).stderr, /0 calls/);
      const shown = await controller.longarm("syncs", "show", "people");
      assert.match(shown.stdout, /last run +run_/);
    }),
  slow,
);

test(
  "gets by with an agent that makes one call at a time, though it lists members of groups while it lists groups",
  () =>
    withJourney(async (journey) => {
      const org = await journey.sandbox({ users: 60 });
      const controller = await journey.controller();
      await journey.agent(controller, { name: "hq-1", labels: { site: "hq" }, more: { slots: 1 } });
      await connect(controller.api, org, { on: "agent", require: "labels.site == 'hq'" });
      await controller.api.ask("PUT", "/v1/syncs/people", { body: { connection: "sandbox", streams } });
      const { output } = await runSync(controller);
      assert.ok((output.counts["group_members"]?.written ?? 0) >= 60);
    }),
  slow,
);

test(
  "goes on behind what is committed when its controller is killed, and leaves what an undisturbed one leaves",
  () =>
    withJourney(async (journey) => {
      const org = await journey.sandbox({ users: 3_000 });
      const sinks = { shared: { kind: "sqlite", directory: join(journey.directory, "shared") } };
      const broker = await journey.broker();
      const first = await journey.controllerProcess({ name: "first", broker, more: { sinks } });
      await connect(first.api, org);
      await first.api.ask("PUT", "/v1/syncs/people", { body: { connection: "sandbox", streams, sink: "shared" } });
      // Slow enough to be killed in the middle.
      await org.call("POST", "/sandbox/faults", { kind: "latency", ms: 150, match: { method: "GET", path: "/api/v1/users" } });
      const { id } = await first.api.post<SyncRun>("/v1/runs", { body: { action: "sync.people", input: {} } });
      await until("some of it is read", async () => ((await first.api.get<SyncRun>(`/v1/runs/${id}`)).progress?.items ?? 0) >= 400);
      const keyRing = join(first.data, "keyring.json");
      first.process.kill("SIGKILL");
      await first.process.exited;
      const second = await journey.controllerProcess({ name: "second", broker, keyRing, token: first.token, more: { sinks } });
      const ended = await until(
        "the run has ended",
        async () => {
          const run = await second.api.get<SyncRun>(`/v1/runs/${id}`);
          return run.status === "succeeded" && run;
        },
        40_000,
      );
      const file = join(journey.directory, "shared", "people.db");
      assert.deepEqual([countOf(file, "users"), ended.output.counts["users"]?.marked ?? 0], [3_000, 0]);
    }),
  slow,
);

test(
  "copies no other org into the place of the one that it has copied, unless somebody says that it is the same one",
  () =>
    withJourney(async (journey) => {
      const [org, other] = [await journey.sandbox({ users: 20 }), await journey.sandbox({ users: 30, seed: 2 })];
      const controller = await journey.controller();
      await connect(controller.api, org);
      await controller.api.ask("PUT", "/v1/syncs/people", { body: { connection: "sandbox", streams: ["users"] } });
      await runSync(controller);
      await connect(controller.api, other);
      const refused = await controller.longarm("syncs", "run", "people", "--full", "--json");
      const { error } = JSON.parse(refused.stdout) as { error: { code: string; message: string } };
      assert.deepEqual([refused.code, error.code], [1, "conflict"]);
      assert.ok(
        error.message.includes(org.url) && error.message.includes(other.url) && error.message.includes("--same-org"),
        error.message,
      );
      assert.equal(countOf(join(controller.data, "sinks", "people.db"), "users"), 20);
      assert.equal((await runSync(controller, "--same-org")).status, "succeeded");
      assert.equal((await runSync(controller)).status, "succeeded");
    }),
  slow,
);

test("that cannot be is refused with the place of each fault, and a run of one that is not there with the nearest names", () =>
  withJourney(async (journey) => {
    const controller = await journey.controller();
    await connect(controller.api, { url: "https://acme.okta.com", token: "t" });
    const put = (body: object) => controller.api.ask("PUT", "/v1/syncs/people", { body });
    await assert.rejects(put({ connection: "sandbox", streams: ["users", "moons"], sink: "moon", overlap: "3d" }), {
      code: "invalid_request",
      message: /\/streams\/1.*\/overlap.*|\/sink/s,
    });
    await assert.rejects(put({ connection: "sandbax", streams: ["users"] }), { code: "unknown_connection" });
    await put({ connection: "sandbox", streams: ["users"] });
    const alike = controller.api.ask("PUT", "/v1/syncs/PEOPLE", { body: { connection: "sandbox", streams: ["users"] } });
    await assert.rejects(alike, { code: "conflict", message: /"PEOPLE".*"people"/ });
    await assert.rejects(put({ connection: "sandbox", streams: ["users"], maxDeleted: "120%" }), {
      code: "invalid_request",
      message: /maxDeleted/,
    });
    const run = (action: string, input: object = {}) => controller.api.post("/v1/runs", { body: { action, input } });
    await assert.rejects(run("sync.peeple"), { code: "unknown_sync", message: /people/ });
    await assert.rejects(run("sync.people", { mode: "half" }), { code: "invalid_request", message: /mode/ });
  }));

test.run();
