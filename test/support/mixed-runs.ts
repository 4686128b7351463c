import assert from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { connect } from "./journey.ts";
import { createUser, delay, effectsOf, readSomeone, type RunShown, submit } from "./journey-runs.ts";
import type { SandboxOrg } from "./sandbox.ts";

const everyTenth = 10;

/** Reads, and a creation for every tenth. */
export function bodiesOf(count: number, name: string): readonly object[] {
  return Array.from({ length: count }, (_, index) =>
    index % everyTenth === 0 ? createUser(`${name}${index}@example.com`) : { ...readSomeone, on: "local" },
  );
}

/** As `connect`, with calls that are over soon: one that was open when its controller died is waited out before it is sent again. */
export async function connectBriefly(api: ApiClient, org: SandboxOrg, timeout: string): Promise<void> {
  await connect(api, org);
  const placement = { on: "either", whenNone: "wait", waitFor: "1m" };
  await api.ask("PUT", "/v1/connections/sandbox", { body: { baseUrl: org.url, credential: "sandbox", placement, timeout } });
}

/** Is it one of those that create a user? */
export function isCreation(run: RunShown): boolean {
  return JSON.stringify(run.input).includes("lastName");
}

/** Submits all of them at once; resolves with their ids, in their order. */
export async function submitAll(api: ApiClient, bodies: readonly object[]): Promise<readonly string[]> {
  const runs = await Promise.all(bodies.map((body) => submit(api, body, { wait: 0 })));
  return runs.map(({ id }) => id);
}

/** Has the org read a user, and create one, only after that long. */
export async function slowDown(org: SandboxOrg, ms: number): Promise<void> {
  await delay(org, { method: "GET", path: "/api/v1/users/{id}" }, ms);
  await delay(org, { method: "POST", path: "/api/v1/users" }, ms);
}

/** All ended, reads well; a creation was applied once, or is said to be unknown and was applied at most once. */
export async function expectHonestEnds(runs: readonly RunShown[], org: SandboxOrg): Promise<void> {
  const created = await effectsOf(org, "user.created");
  assert.equal(new Set(created.map(({ bodyHash }) => bodyHash)).size, created.length, "a user was created twice");
  const creations = runs.filter(isCreation);
  const unknown = creations.filter(({ status }) => status === "outcome_unknown");
  for (const run of runs) {
    if (unknown.includes(run)) continue;
    assert.equal(run.status, "succeeded", `${run.id} is ${run.status}: ${run.error?.code} ${run.error?.message}`);
  }
  assert.ok(created.length >= creations.length - unknown.length && created.length <= creations.length);
}
