import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bareEnvironment, commandLine } from "../support/command.ts";
import { connect, type Journey, type JourneyController, withJourney } from "../support/journey.ts";
import { withProcess } from "../support/processes.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("applying a file of people");

interface OrgUser {
  readonly id: string;
  readonly status: string;
  readonly profile: Readonly<Record<string, string | null>>;
}

interface LedgerEntry {
  readonly effect: string;
  readonly object: string;
  readonly changed: boolean;
  readonly attributes?: readonly string[];
}

const map = `
key: login
profile: {login: mail, email: mail, firstName: first, lastName: last, department: {cel: "row.department"}}
status: {column: state}
memberships: {column: groups, owns: [Quarantine, Contractors]}
scope: profile.login.endsWith('@example.com')
absent: deactivate
thresholds: {maxChange: 100%, maxSuspend: 10, maxRemove: 10}
`;

const header = "mail,first,last,department,state,groups";

function line(mail: string, cells: readonly (string | null | undefined)[]): string {
  return [mail, ...cells].map((cell) => cell ?? "").join(",");
}

async function everybody(org: SandboxOrg): Promise<readonly OrgUser[]> {
  const listed = (await org.call("GET", "/api/v1/users?limit=200")).body as OrgUser[];
  const gone = (await org.call("GET", '/api/v1/users?filter=status eq "DEPROVISIONED"')).body as OrgUser[];
  return [...listed, ...gone].toSorted((a, b) => (String(a.profile["login"]) < String(b.profile["login"]) ? -1 : 1));
}

async function membersOf(org: SandboxOrg, name: string): Promise<readonly string[]> {
  const groups = (await org.call("GET", `/api/v1/groups?q=${name}`)).body as { id: string }[];
  const users = (await org.call("GET", `/api/v1/groups/${groups[0]?.id}/users?limit=200`)).body as OrgUser[];
  return users.map(({ profile }) => String(profile["login"])).toSorted();
}

async function ledgerOf(org: SandboxOrg): Promise<readonly LedgerEntry[]> {
  return ((await org.call("GET", "/sandbox/ledger?limit=10000")).body as { entries: LedgerEntry[] }).entries;
}

/** What the file says of user number `at` of an org of forty. */
function wishFor({ profile }: OrgUser, at: number): string {
  const { login = "", firstName, lastName, department } = profile;
  const state = at >= 15 && at < 20 ? "suspended" : at === 20 ? "deactivated" : "active";
  return line(login ?? "", [firstName, lastName, at < 15 ? "Moon" : department, state, at < 8 ? "Quarantine" : ""]);
}

const newcomers = ["ada", "bob", "cyd"].map((name) => line(`${name}@example.com`, [name, "New", "Moon", "active", "Quarantine"]));

/** Every run that was submitted to change something. */
async function changingRuns({ api }: JourneyController): Promise<readonly string[]> {
  const { runs } = await api.get<{ runs: { action: string }[] }>("/v1/runs?limit=200");
  return runs.map(({ action }) => action).filter((action) => !/stream|find/.test(action));
}

interface Applied {
  readonly journey: Journey;
  readonly controller: JourneyController;
  readonly org: SandboxOrg;
  readonly people: (lines: readonly string[]) => void;
  readonly planned: (name: string, ...words: readonly string[]) => ReturnType<JourneyController["longarm"]>;
}

async function withApplied(body: (of: Applied) => Promise<void>): Promise<void> {
  await withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controllerProcess(), journey.sandbox({ users: 40 })]);
    await connect(controller.api, org);
    writeFileSync(join(journey.directory, "map.yaml"), map);
    await body({
      ...{ journey, controller, org },
      people: (lines) => writeFileSync(join(journey.directory, "people.csv"), `${[header, ...lines].join("\n")}\n`),
      planned: (name, ...words) =>
        controller.longarm("syncs", "apply", "people.csv", "--connection", "sandbox", "--map", "map.yaml", "--plan", name, ...words),
    });
  });
}

test(
  "brings an org to what the file says though it is killed in the middle, and does nothing twice",
  async () => {
    await withApplied(async ({ journey, controller, org, people, planned }) => {
      const before = await everybody(org);
      people([...newcomers, ...before.slice(0, 37).map(wishFor)]);
      const plan = await planned("plan.json", "--allow", "maxDeactivate=4");
      assert.equal(plan.code, 0, plan.stderr);
      assert.match(plan.stdout, /\+ 3 to create\n/);
      assert.match(plan.stdout, /- 5 to suspend\n {2}- 4 to deactivate\n {2}\+ 11 to add to groups/);
      assert.match(plan.stdout, /department: "\w+" → "Moon"/);
      assert.equal(statSync(join(journey.directory, "plan.json")).mode & 0o777, 0o600);
      assert.deepEqual(await ledgerOf(org), []);

      await org.call("POST", "/sandbox/faults", { match: { method: "POST", path: "/api/v1/users" }, kind: "latency", ms: 100 });
      const words = ["syncs", "apply", "--execute", "plan.json", "--in-flight", "4", "--url", controller.url, "--token", controller.token];
      await withProcess({ ...commandLine(words), cwd: journey.directory, env: bareEnvironment }, async (process) => {
        await until("some of it is done", async () => (await ledgerOf(org)).length >= 5);
        process.kill("SIGKILL");
        assert.equal((await process.exited).signal, "SIGKILL");
      });
      const steps = (JSON.parse(readFileSync(join(journey.directory, "plan.json"), "utf8")) as { steps: object[] }).steps.length;
      assert.ok((await ledgerOf(org)).length < steps, "it was killed too late to prove anything");

      const again = await controller.longarm(...words.slice(0, 4));
      assert.deepEqual([again.code, again.stdout], [0, `${steps} steps done, 0 failed, 0 not tried, 0 row faults\n`], again.stderr);
      assert.equal(existsSync(join(journey.directory, "plan.json.errors.ndjson")), false);
      await until("the list shows every run", async () => (await changingRuns(controller)).length >= steps);
      assert.equal((await changingRuns(controller)).length, steps);

      const changes = (await ledgerOf(org)).filter(({ changed }) => changed).map(({ effect, object }) => `${effect} ${object}`);
      assert.deepEqual(
        changes.filter((change, at) => changes.indexOf(change) !== at),
        [],
      );
      const after = await everybody(org);
      const count = (status: string) => after.filter((user) => user.status === status).length;
      assert.deepEqual([after.length, count("SUSPENDED"), count("DEPROVISIONED"), count("PROVISIONED")], [43, 5, 4, 3]);
      assert.equal(after.filter(({ profile }) => profile["department"] === "Moon").length, 18);
      assert.equal((await membersOf(org, "Quarantine")).length, 11);
      assert.deepEqual(
        (await membersOf(org, "Contractors")).filter(
          (login) => after.find(({ profile }) => profile["login"] === login)?.status !== "DEPROVISIONED",
        ),
        [],
      );

      const settled = await planned("settled.json");
      assert.match(settled.stdout, /40 rows: 40 as they should be, 0 with faults; 39 users in the scope\n {2}Nothing is to be done\.\n$/);
    });
  },
  { timeoutMs: 120_000 },
);

const wrong = [
  line("nameless@example.com", ["", "X", "", "active", ""]),
  line("lost@example.com", ["L", "X", "", "on leave", ""]),
  line("dup@example.com", ["D", "X", "", "active", ""]),
  line("dup@example.com", ["E", "X", "", "active", ""]),
  line("short@example.com", ["S"]),
];

/** Two are gone from the file, one is new, and five rows are wrong. */
async function troubled({ org, people }: Applied): Promise<void> {
  const kept = (await everybody(org)).slice(0, 38).map((user) => wishFor(user, 30));
  people([...kept, newcomers[0] ?? "", ...wrong]);
}

const lifts = ["--allow", "maxDeactivate=2", "--allow", "maxRowsWithoutKey=1", "--json"];

test(
  "stops before damage, and takes no plan that was edited, is another one or old",
  async () => {
    await withApplied(async (applied) => {
      await troubled(applied);
      const { journey, controller, org, planned } = applied;
      const blocked = await planned("plan.json");
      assert.equal(blocked.code, 0, blocked.stderr);
      assert.match(
        blocked.stdout,
        /blocked maxDeactivate: 2 users would be deactivated; at most 100 and 2 % of the scope's 40 users may\. .*--allow maxDeactivate=2/,
      );
      assert.match(blocked.stdout, /blocked maxRowsWithoutKey: 1 rows have no key/);
      const execute = (name: string, ...words: readonly string[]) => controller.longarm("syncs", "apply", "--execute", name, ...words);
      const refused = await execute("plan.json");
      assert.equal(refused.code, 3);
      assert.match(refused.stderr, /error\[not_allowed\]: The plan plan\.json is blocked, nothing was done/);
      assert.match((await planned("plan.json")).stderr, /plan\.json exists already, and is not written over/);

      await planned("lifted.json", ...lifts);
      assert.match((await execute("lifted.json", "--expect", "0000")).stderr, /not the expected one/);
      assert.match((await execute("lifted.json", "--max-age", "1ms")).stderr, /old; the org may have changed/);
      const file = join(journey.directory, "lifted.json");
      writeFileSync(file, readFileSync(file, "utf8").replace('"lastName":"New"', '"lastName":"Newer"'));
      const edited = await execute("lifted.json");
      assert.deepEqual([edited.code, /was changed since it was written.*--edited/.test(edited.stderr)], [2, true]);
      assert.deepEqual([await ledgerOf(org), await changingRuns(controller)], [[], []]);
      await execute("lifted.json", "--edited");
      assert.ok((await everybody(org)).some(({ profile }) => profile["lastName"] === "Newer"));
    });
  },
  { timeoutMs: 120_000 },
);

interface ToldError {
  readonly row: number;
  readonly code: string;
  readonly message: string;
  readonly run: string | null;
}

test(
  "gives the errors of rows and of steps back as a file, and does the rest",
  async () => {
    await withApplied(async (applied) => {
      await troubled(applied);
      const { journey, controller, org, planned } = applied;
      const { hash } = JSON.parse((await planned("plan.json", ...lifts)).stdout) as { hash: string };
      await org.call("POST", "/api/v1/users?activate=false", {
        profile: { login: "ada@example.com", email: "ada@example.com", firstName: "Ada", lastName: "Other" },
      });
      const done = await controller.longarm("syncs", "apply", "--execute", "plan.json", "--expect", hash.slice(0, 20));
      assert.deepEqual([done.code, done.stdout], [1, "4 steps done, 1 failed, 1 not tried, 5 row faults\n"], done.stderr);
      const file = join(journey.directory, "plan.json.errors.ndjson");
      assert.equal(statSync(file).mode & 0o777, 0o600);
      const errors = readFileSync(file, "utf8").trim().split("\n");
      const told = errors.map((text) => JSON.parse(text) as ToldError);
      const ofRows = [41, 42, 43, 44, 45].map((row, at) => [row, at === 2 || at === 3 ? "conflict" : "invalid_request"]);
      assert.deepEqual(
        told.map(({ row, code }) => [row, code]),
        [...ofRows, [40, "already_exists"], [40, "invalid_state"]],
      );
      assert.match(told[5]?.run ?? "", /^run_/);
      assert.match(told[6]?.message ?? "", /^Not tried, since step \d+, okta\.user\.create, did not succeed/);
      assert.equal((await everybody(org)).filter(({ status }) => status === "DEPROVISIONED").length, 2);
    });
  },
  { timeoutMs: 120_000 },
);

test.run();
