import assert from "node:assert/strict";
import { withCommand } from "../../../../test/support/command.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm schedules");

test("defines a schedule, shows it, and changes only what its options name", () =>
  withCommand(async ({ run }) => {
    const set = (...words: string[]) => run(["schedules", "set", "people", ...words]);
    assert.match((await set("--cron", "0 2 * * *")).stderr, /Name what it runs: --action NAME, --flow NAME or --sync NAME/);
    const made = await set("--action", "okta.user.get", "--input", '{"user":"ada"}', "--cron", "0 2 * * *", "--time-zone", "Europe/Berlin");
    assert.match(made.stdout, /^people created; next: /, made.stderr);
    assert.match((await set("--weekly", "mon,fri@02:30", "--catch-up", "all", "--exclude", "2031-12-24")).stdout, /^people changed/);
    const { stdout } = await run(["schedules", "show", "people"]);
    for (const shown of [/weekly mon,fri@02:30 \(Europe\/Berlin\)/, /"user":"ada"/, /all, at most 10, not older than 1h/, /revision 2/])
      assert.match(stdout, shown);
    assert.match((await run(["schedules", "ls"])).stdout, /people +okta\.user\.get +weekly/);
    const { slots } = JSON.parse((await run(["schedules", "next", "people", "--count", "2", "--json"])).stdout) as { slots: unknown[] };
    assert.equal(slots.length, 2);
  }));

test("keeps what a schedule was, and tells who changed what, and when", () =>
  withCommand(async ({ run }) => {
    await run(["schedules", "set", "people", "--action", "okta.user.get", "--every", "1h"]);
    await run(["schedules", "set", "people", "--start-within", "5m", "--retry", "attempts=2", "--concurrency-key", "people"]);
    assert.match((await run(["schedules", "set", "people", "--action", "a", "--flow", "b"])).stderr, /one of --action, --flow and --sync/);
    assert.match((await run(["schedules", "show", "people"])).stdout, /starts within 5m, .*of the key people, retry {"attempts":2}/);
    const { stdout } = await run(["schedules", "versions", "people"]);
    assert.match(stdout, /\n2 +\S+ \S+ +tester +okta\.user\.get +every 1h +target\n1 +\S+ \S+ +tester/);
    const first = await run(["schedules", "versions", "people", "1"]);
    assert.match(first.stdout, /version +1, defined by tester/, first.stderr);
    assert.doesNotMatch(first.stdout, /starts within/);
    assert.match(
      (await run(["schedules", "versions", "people", "9"])).stderr,
      /No version 9 of schedule "people" is kept; 1 to 2 are kept/,
    );
  }));

test("names in lists of runs, and of each run, the schedule that started it", () =>
  withCommand(async ({ controller, run }) => {
    const origin = { kind: "schedule", name: "people", slot: "2026-01-02T03:00:00.000Z" } as const;
    const { id } = controller.runs.add({ origin });
    controller.runs.add();
    assert.match((await run(["runs", "show", id])).stdout, /started by +schedule people, slot 2026-01-02 03:00:00Z/);
    assert.match((await run(["runs", "ls", "--schedule", "people"])).stdout, /STARTED BY\n.*schedule people\n.*–\n/s);
    assert.deepEqual(controller.runs.listed.at(-1)?.filter.schedule, "people");
  }));

test("pauses, resumes, triggers and removes one", () =>
  withCommand(async ({ run }) => {
    await run(["schedules", "set", "people", "--action", "okta.user.get", "--every", "1h"]);
    assert.match((await run(["schedules", "pause", "people"])).stderr, /--note/);
    assert.equal((await run(["schedules", "pause", "people", "--note", "moving"])).stdout, "people paused\n");
    assert.match((await run(["schedules", "show", "people"])).stdout, /by tester: moving/);
    assert.match((await run(["schedules", "resume", "people"])).stdout, /^people goes on; next: /);
    assert.match((await run(["schedules", "trigger", "people"])).stdout, /^run_/);
    const filled = await run(["schedules", "backfill", "people", "--from", "2026-01-01T00:00:00Z", "--to", "2026-01-01T03:00:00Z"]);
    assert.equal(filled.stdout, "4 slots to be run\n");
    assert.equal((await run(["schedules", "rm", "people"])).code, 0);
    assert.match((await run(["schedules", "show", "people"])).stderr, /there is none yet/);
  }));

test.run();
