// What a whole installation is put to, so that every secret has been everywhere that it goes.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import { longarm } from "../support/command.ts";
import type { RunShown } from "../support/journey-runs.ts";
import { until } from "../support/until.ts";
import type { Canaries } from "./canaries.fixture.ts";
import type { Installation } from "./talkative-installation.fixture.ts";

const submit = async ({ tell }: Installation, body: object): Promise<RunShown> =>
  (await tell("POST", "/v1/runs", { body: { connection: "hunt", ...body }, headers: { prefer: "wait=30" } })) as RunShown;

/** Through hq-1, whose site's policy lets it call that org too. */
async function throughAgent(of: Installation, login: string): Promise<RunShown> {
  const file = join(of.data, "agents/hq-1/policy.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(/(?<=origins: \[)[^\]]+/g, of.org.url));
  return until("the agent has read its new policy", async () => {
    const run = await submit(of, { action: "okta.user.get", input: { user: login }, on: "labels.site == 'hq'" });
    return run.error?.code === "policy_denied" ? undefined : run;
  });
}

/** Runs of every kind, one of them failing; resolves with their ids. */
export async function runEverything(of: Installation, { secrets, data }: Canaries): Promise<readonly string[]> {
  const [login, staged] = ["hunt@example.com", "staged@example.com"];
  const profile = { firstName: data["a name"], lastName: "Hunt", email: login, login };
  const authValue = secrets["a hook's secret"];
  const hook = { name: "hunt", events: ["user.lifecycle.create"], uri: "https://hooks.example.com/hunt", verify: false, authValue };
  const another = { ...hook, uri: "https://hooks.example.com/another" };
  const late = { ...profile, email: staged, login: staged };
  const atHunt = "labels.site == 'hunt'";
  const runs = [
    await submit(of, { action: "okta.user.create", input: { profile, activate: true, password: secrets["a password"] } }),
    await submit(of, { action: "okta.user.get", input: { user: login } }),
    await throughAgent(of, login),
    await submit(of, { action: "okta.user.get", connection: "app", input: { user: login }, on: atHunt }),
    await submit(of, { action: "okta.user.get", input: { user: data["an unknown user"] } }),
    await submit(of, { action: "okta.user.get", connection: "app", input: { user: login } }),
    await submit(of, { action: "okta.user.stream", input: {} }),
    await submit(of, { action: "okta.user.create", input: { profile: late, activate: false }, on: atHunt }),
    await submit(of, { action: "okta.user.activate", input: { user: staged, sendEmail: false }, on: atHunt }),
    await submit(of, { action: "okta.eventHook.create", input: hook, on: atHunt }),
    await submit(of, { action: "okta.eventHook.create", input: another, dryRun: true }),
    await submit(of, { action: "okta.user.resetToTemporaryPassword", input: { user: login } }),
  ];
  assert.deepEqual(
    runs.map(({ status }) => status),
    runs.map((_, at) => (at === 4 ? "failed" : "succeeded")),
    JSON.stringify(runs.map(({ error }) => error)),
  );
  await readOnce(of, runs.at(-1)?.id ?? "", secrets["a temporary password"]);
  return runs.map(({ id }) => id);
}

/** The one way by which a secret that an action made is given out. */
async function readOnce({ url, token }: Installation, run: string, secret: string | undefined): Promise<void> {
  const { stdout } = await longarm(["runs", "secrets", run, "--json"], { env: { LONGARM_URL: url, LONGARM_TOKEN: token } });
  assert.ok(secret !== undefined && stdout.includes(JSON.stringify(secret)), stdout);
}

const nouns = ["credentials", "connections", "agents", "runs", "keys", "api-keys", "join-tokens", "actions", "audit", "audit/export"];
const nowhere = "/v1/nowhere";
const ofRuns = ["", "/log", "/calls", "/items?follow=true"];

/** What every route that can be read, the doctor and its bundle answer. */
export async function askEverything(of: Installation, runs: readonly string[]): Promise<void> {
  const { url, token, data, directory, tell, note } = of;
  const own = [
    "/readyz",
    "/healthz",
    "/metrics",
    "/openapi.json",
    "/docs",
    "/docs/reference.css",
    "/v1/credentials/hunt/receipts",
    nowhere,
  ];
  const paths = [...nouns.map((noun) => `/v1/${noun}`), ...runs.flatMap((id) => ofRuns.map((tail) => `/v1/runs/${id}${tail}`)), ...own];
  for (const path of paths) {
    const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.ok, path !== nowhere, `${path} ${answer.status}`);
    note(path, JSON.stringify([...answer.headers]) + (await answer.text()));
  }
  for (const connection of ["hunt", "app"]) await tell("POST", `/v1/connections/${connection}/test`, { body: {} });
  const env = { LONGARM_URL: url, LONGARM_TOKEN: token };
  const doctor = await longarm(["doctor", "--bundle", join(data, "bundle")], { env, cwd: directory });
  assert.equal(doctor.code, 0, doctor.stderr);
  assert.match(doctor.stderr, /credentials\.json +\d+ bytes {2}credentials: names and kinds/);
  note("doctor", doctor.stdout + doctor.stderr);
}

/** Listens to the live feed until `end`, which notes each kind of event that was heard. */
export async function hearEverything({ url, token, note }: Installation): Promise<{ end(): void }> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/v1/live`, { headers: { authorization: `Bearer ${token}` } });
  const heard: string[] = [];
  socket.on("message", (data: Buffer) => heard.push(data.toString()));
  await once(socket, "open");
  return {
    end: () => {
      socket.terminate();
      const kinds = new Set(heard.map((text) => (JSON.parse(text) as { kind: string }).kind));
      for (const kind of ["run", "agent", "budget"]) assert.ok(kinds.has(kind), `of ${kind} nothing was heard`);
      note("the live feed", heard.join("\n"));
    },
  };
}
