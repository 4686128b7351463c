import assert from "node:assert/strict";
import { chmodSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "@longarm/shared/logger";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { PolicyFile } from "./policy-file.ts";
import { hashOf } from "./read-policy.ts";

const test = suite("the policy that an agent goes by");

const sound = (name: string): string => `rules: [{name: ${name}, origins: ["https://acme.okta.com"], allow: ["GET /users"]}]`;

class Log implements Logger {
  readonly lines: string[] = [];
  readonly #note =
    (level: string) =>
    (_facts: object, sentence: string): void =>
      void this.lines.push(`${level}: ${sentence}`);
  readonly trace = this.#note("trace");
  readonly debug = this.#note("debug");
  readonly info = this.#note("info");
  readonly warn = this.#note("warn");
  readonly error = this.#note("error");

  child(): Logger {
    return this;
  }
}

interface Site {
  readonly file: string;
  readonly clock: ManualClock;
  readonly log: Log;
  readonly policy: PolicyFile;
  /** Lets the agent look once more. */
  later(): Promise<void>;
}

async function withSite(use: (site: Site) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const file = join(directory, "policy.yaml");
    writeFileSync(file, sound("first"), { mode: 0o600 });
    const [clock, log, stop] = [new ManualClock(), new Log(), new AbortController()];
    const policy = new PolicyFile({ file, clock, logger: log });
    const watching = policy.watch(stop.signal);
    await use({ file, clock, log, policy, later: () => clock.advance(1_000) });
    stop.abort();
    await watching;
  });
}

test("is another one within a second after its file was changed", () =>
  withSite(async ({ file, policy, later }) => {
    writeFileSync(file, sound("second"));
    await later();
    assert.deepEqual(policy.state, { hash: hashOf(sound("second")), isStale: false });
    assert.deepEqual(
      policy.policy?.rules.map(({ name }) => name),
      ["second"],
    );
  }));

test("stays while its file has faults or is gone, which is told once and shows, until the file is sound again", () =>
  withSite(async ({ file, log, policy, later }) => {
    const before = policy.policy;
    for (const spoil of [() => writeFileSync(file, "rules: [{name: a}]"), () => rmSync(file), () => writeFileSync(file, "")]) {
      spoil();
      const errors = log.lines.filter((line) => line.startsWith("error")).length;
      await later();
      await later();
      assert.equal(policy.policy, before);
      assert.deepEqual(policy.state, { hash: before?.hash, isStale: true });
      assert.equal(log.lines.filter((line) => line.startsWith("error")).length, errors + 1);
    }
    writeFileSync(file, sound("first"));
    await later();
    assert.deepEqual(policy.state, { hash: hashOf(sound("first")), isStale: false });
  }));

test("is seen behind a link that is swapped", () =>
  withSite(async ({ file, policy, later }) => {
    writeFileSync(`${file}.2`, sound("second"));
    rmSync(file);
    symlinkSync(`${file}.2`, file);
    await later();
    assert.equal(policy.policy?.rules[0]?.name, "second");
  }));

test("is warned of where there is none, or where others may write it", () =>
  withSite(async ({ file, clock, log }) => {
    assert.deepEqual(
      log.lines.filter((line) => line.startsWith("warn")),
      [],
    );
    chmodSync(file, 0o666);
    void new PolicyFile({ file, clock, logger: log });
    assert.match(log.lines.at(-2) ?? "", /^warn: whoever is on this machine can change/);
    const none = new PolicyFile({ clock, logger: log });
    assert.match(log.lines.at(-1) ?? "", /^warn: policy: none/);
    assert.deepEqual([none.policy, none.state], [undefined, { hash: "none", isStale: false }]);
  }));

test.run();
