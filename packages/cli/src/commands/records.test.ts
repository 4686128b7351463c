import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withCommand } from "../../../../test/support/command.ts";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import type { ScriptedController } from "../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm records");
type Command = Parameters<Parameters<typeof withCommand>[0]>[0];

async function keepSome({ records, connections }: ScriptedController): Promise<void> {
  const keep = (id: string, name: string, over = {}) =>
    records.keep({ kind: "groups", connection: "acme", id }, { id, name, type: "OKTA_GROUP", description: null }, over);
  await keep("00g1", "Sales");
  await keep("00g2", "Crew", { deletedAt: Date.UTC(2031, 0, 1), source: "hook" });
  const placement = { on: "local", whenNone: "wait" } as const;
  await connections.put("acme", { name: "acme", baseUrl: "https://acme.okta.com", placement, timeoutMs: 1_000, maxResponseBytes: 1_000 });
}

function withRecords(body: (of: Command) => Promise<void>): Promise<void> {
  return withCommand(async (of) => {
    await keepSome(of.controller);
    await body(of);
  });
}

test("tells of what there are records, and lists those that are asked for", () =>
  withRecords(async ({ run }) => {
    assert.match((await run(["records"])).stdout, /groups +name type description +okta\.flow\.pullGroups/);
    assert.match((await run(["records", "ls", "groups"])).stdout, /00g2 +acme +Crew +OKTA_GROUP .*2031-01-01.*\n00g1 +acme +Sales/);
    const gone = await run(["records", "ls", "groups", "--filter", "deleted:true", "--filter", "type:OKTA_GROUP", "--json"]);
    assert.deepEqual(
      (JSON.parse(gone.stdout) as { records: readonly { id: string }[] }).records.map(({ id }) => id),
      ["00g2"],
    );
    assert.match((await run(["records", "ls", "groups", "--limit", "1"])).stderr, /There are more: --cursor \S+/);
    assert.match((await run(["records", "ls", "groups", "--filter", "colour:red"])).stderr, /groups have name, type, description/);
  }));

test("shows a record of the only connection, by its id or its name", () =>
  withRecords(async ({ run, controller }) => {
    const { stdout } = await run(["records", "show", "groups", "sales"]);
    for (const shown of [/groups +00g1/, /connection +acme/, /last seen .*\(sync\)/, /deleted +no/, /"name": "Sales"/])
      assert.match(stdout, shown);
    assert.match((await run(["records", "show", "groups", "00g9"])).stderr, /unknown_record/);
    const placement = { on: "local", whenNone: "wait" } as const;
    const other = { name: "b", baseUrl: "https://b.okta.com", placement, timeoutMs: 1_000, maxResponseBytes: 1_000 };
    await controller.connections.put("b", other);
    assert.match((await run(["records", "show", "groups", "00g1"])).stderr, /Name the record's connection with --connection/);
  }));

test("fetches all, waits for the end, and tells what that brought", () =>
  withRecords(async ({ run, controller }) => {
    controller.runs.endings.set("okta.flow.pullGroups", {
      output: { mode: "full", read: 12, written: 3, markedDeleted: 1, watermark: null },
    });
    const { code, stdout } = await run(["records", "fetch", "groups", "--max-deleted", "5"]);
    assert.deepEqual([code, stdout], [0, "Everything: 12 objects read, 3 records written, 1 marked as deleted\n"]);
    assert.deepEqual(controller.runs.submitted.at(-1)?.input, { mode: "full", maxDeleted: 5 });
    assert.match((await run(["records", "fetch", "groups", "--changes", "--no-wait"])).stdout, /^run_/);
    assert.match((await run(["records", "fetch", "users"])).stderr, /looked up one by one/);
  }));

test("exports to its output or into a new file, never over one that is there", () =>
  withRecords(({ run }) =>
    withTemporaryDirectory(async (directory) => {
      assert.match((await run(["records", "export", "groups"])).stdout, /^\{"kind":"groups".*\n\{.*\n$/);
      const out = join(directory, "groups.csv");
      const words = ["records", "export", "groups", "--format", "csv", "--filter", "deleted:false", "--out", out];
      assert.equal((await run(words)).stdout, `The groups stand in ${out}\n`);
      assert.match(readFileSync(out, "utf8"), /^connection,id,name.*\r\nacme,00g1,Sales,OKTA_GROUP,,.*\r\n$/);
      assert.match((await run(words)).stderr, /exists; name another file/);
      const absent = join(directory, "absent.csv");
      assert.equal((await run(["records", "export", "groups", "--filter", "colour:red", "--out", absent])).code, 2);
      assert.equal(existsSync(absent), false);
    }),
  ));

test.run();
