import assert from "node:assert/strict";
import { join } from "node:path";
import { readFileSync, writeFileSync } from "node:fs";
import type { AuditItem, AuditReport } from "@longarm/shared/audit";
import { connect, type JourneyController, withJourney } from "../support/journey.ts";
import { readSomeone, type RunShown } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";

const test = suite("the audit of an installation");
const slow = { timeoutMs: 60_000 };

interface Act {
  readonly principal: string;
  readonly what: string;
  readonly on: readonly string[];
  readonly details: Readonly<Record<string, unknown>> | null;
}

async function read({ api }: JourneyController): Promise<RunShown> {
  return (await api.ask<RunShown>("POST", "/v1/runs", { body: readSomeone, headers: { prefer: "wait=20" } })).body;
}

async function actsOf(controller: JourneyController, ...words: readonly string[]): Promise<readonly Act[]> {
  const { stdout, stderr, code } = await controller.longarm("audit", "ls", "--limit", "200", "--json", ...words);
  assert.equal(code, 0, stderr);
  return (JSON.parse(stdout) as { acts: readonly Act[] }).acts.toReversed();
}

async function verified(controller: JourneyController, ...words: readonly string[]): Promise<AuditReport & { readonly ok: boolean }> {
  const { stdout, stderr } = await controller.longarm("audit", "verify", "--json", ...words);
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout) as AuditReport & { readonly ok: boolean };
}

test(
  "holds a day's acts, each with who did it, no secret among them, and verifies here and elsewhere",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const day = await journey.controller({ broker });
      await connect(day.api, org);
      const run = await read(day);
      const wish = { name: "ci", scopes: ["runs:read"] };
      const { id, token } = await day.api.post<{ id: string; token: string }>("/v1/api-keys", { body: wish });
      const refused = await fetch(`${day.url}/v1/api-keys`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(refused.status, 403);
      await day.api.ask("DELETE", `/v1/api-keys/${id}`);
      await day.api.post(`/v1/runs/${run.id}/cancel`);
      await day.api.post("/v1/keys/rotate", { body: {} });
      await day.api.ask("DELETE", `/v1/runs/${run.id}`);

      const acts = await actsOf(day);
      assert.deepEqual(
        acts.map(({ principal, what, on }) => [principal, what, ...on.slice(0, 1)].join(" ")),
        [
          "administrator putCredential sandbox",
          "administrator putConnection sandbox",
          "administrator createApiKey ci",
          `administrator made ${id}`,
          "ci denied",
          `administrator revokeApiKey ${id}`,
          `administrator cancelRun ${run.id}`,
          "administrator rotateDataKey",
          `administrator removeRun ${run.id}`,
        ].map((line) => line.replaceAll("administrator", acts[0]?.principal ?? "")),
      );
      assert.deepEqual(await actsOf(day, "--on", run.id, "--what", "remove*"), [acts.at(-1)]);
      const text = JSON.stringify(acts);
      for (const secret of [token, org.token]) assert(!text.includes(secret));

      const report = await verified(day);
      assert.deepEqual([report.ok, report.faults, report.unanchored.messages], [true, [], 0]);
      assert(report.anchors > 0 && report.anchoredMessages > 2);

      const file = join(journey.directory, "audit.ndjson");
      assert.equal((await day.longarm("audit", "export", "--out", file)).code, 0);
      assert.equal((await verified(day, "--from", file, "--pin", report.fingerprint ?? "")).ok, true);
      assert.equal((await verified(day, "--from", file, "--pin", `sha256:${"0".repeat(64)}`)).ok, false);
      const lines = readFileSync(file, "utf8").trimEnd().split("\n");
      const at = lines.findIndex((line) => line.includes('"revokeApiKey"'));
      writeFileSync(file, lines.toSpliced(at, 1).join("\n"));
      const { number } = (JSON.parse(lines[at] ?? "") as Extract<AuditItem, { type: "record" }>).record;
      const [fault] = (await verified(day, "--from", file)).faults;
      assert.deepEqual([fault?.kind, fault?.number], ["deleted", number]);
    }),
  slow,
);

test.run();
