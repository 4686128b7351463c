import assert from "node:assert/strict";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Call } from "../../packages/cli/src/api/types.ts";
import { longarm } from "../support/command.ts";
import { connect, withJourney } from "../support/journey.ts";
import { createUser, readSomeone, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";

const test = suite("a run's record and the journal of the agent that carried it");

const verify = (data: string, ...words: readonly string[]) => longarm(["agent", "journal", "verify", "--data", data, ...words]);

interface Verified {
  readonly sound: boolean;
  readonly journalId: string;
  readonly latestHash: string;
  readonly segments: readonly { readonly isCopy: boolean; readonly fault: { readonly record: number } | null }[];
  readonly expected: { readonly found: { readonly kind: string; readonly callId: string } | null };
}

/** A copy of the agent's directory, in whose journal a bit has flipped where its last record stands. */
async function spoiltCopy(data: string, to: string): Promise<string> {
  await cp(data, to, { recursive: true });
  const folder = join(to, "journal");
  const [segment = assert.fail("no segment")] = await readdir(folder);
  const bytes = await readFile(join(folder, segment));
  bytes[bytes.findLastIndex((byte) => byte !== 0)]! ^= 1;
  await writeFile(join(folder, segment), bytes);
  return to;
}

test(
  "hold each other: the hash that the run shows is found there while the agent works, in a copy too, and not once that is damaged",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      await connect(controller.api, org, { on: "agent", require: "labels.site == 'hq'" });
      await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
      const data = join(journey.directory, "agent-hq-1");
      const read = await submit(controller.api, readSomeone);
      assert.ok(
        (read.calls as unknown as readonly Call[]).every(({ journal }) => journal === undefined),
        "reads are in no journal",
      );
      const { id } = await submit(controller.api, createUser("ada@example.com"));
      const shown = await controller.longarm("runs", "show", id, "--json");
      const { calls } = JSON.parse(shown.stdout) as { readonly calls: readonly Call[] };
      const { id: callId, journal } = calls.find((call) => call.journal) ?? assert.fail(shown.stdout);
      const { code, stdout, stderr } = await verify(data, "--expect", journal?.hash ?? "", "--json");
      assert.equal(code, 0, stderr);
      const held = JSON.parse(stdout) as Verified;
      assert.deepEqual([held.sound, held.journalId, held.expected.found?.callId], [true, journal?.id, callId]);
      const other = await verify(data, "--expect", "0".repeat(32));
      assert.equal(other.code, 1);
      assert.match(
        other.stdout,
        /^sound journal-\d{8}\.seg: \d+ records\njournal \S+, latest hash [0-9a-f]{32}\n0{32} does not stand in it\.\n$/,
      );
      const spoilt = await verify(await spoiltCopy(data, join(journey.directory, "copy")), "--json", "--expect", held.latestHash);
      assert.equal(spoilt.code, 1);
      const found = JSON.parse(spoilt.stdout) as Verified;
      assert.deepEqual([found.sound, found.segments[0]?.isCopy, found.expected.found], [false, true, null]);
    }),
  { timeoutMs: 60_000 },
);

test("says what is wrong with a directory that is no agent's, without making anything there", () =>
  withJourney(async ({ directory }) => {
    const none = await verify(directory);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /holds no journal/);
    assert.equal((await verify(directory, "--expect", "12")).code, 2);
    assert.deepEqual(await readdir(directory), []);
  }));

test.run();
