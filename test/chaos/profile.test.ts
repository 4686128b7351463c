import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { readWish } from "./profile.ts";

const test = suite("the flags of npm run chaos");

test("takes the quick profile with seed 1 where nothing is said", () => {
  const { profile, json } = readWish([]);
  assert.deepEqual([profile.name, profile.seed, json], ["quick", 1, false]);
});

test("lets flags overrule the profile", () => {
  const { profile, json, keep } = readWish("--profile full --seed 7 --runs 50 --seconds 9 --json --keep there".split(" "));
  const { name, seed, runs, seconds } = profile;
  assert.deepEqual({ name, seed, runs, seconds, json, keep }, { name: "full", seed: 7, runs: 50, seconds: 9, json: true, keep: "there" });
});

test("takes three brokers when a cluster is wished, and one otherwise", () => {
  assert.deepEqual([readWish([]).profile.brokers, readWish(["--cluster"]).profile.brokers], [1, 3]);
});

test("does 10,000 runs in the full profile, each kind of fault hitting 20 open calls", () => {
  const { profile } = readWish(["--profile", "full"]);
  assert.deepEqual([profile.runs, profile.leastHits], [10_000, 20]);
});

test("copies 100,000 users into SQLite in the sync profile, or as many as are wished to where it is wished", () => {
  assert.deepEqual(readWish(["--profile", "sync"]).profile.sync, { users: 100_000, sink: "sqlite" });
  const { profile, seeds } = readWish("--profile sync --users 300 --sink postgres --seeds 20".split(" "));
  assert.deepEqual([profile.sync, seeds, readWish([]).seeds], [{ users: 300, sink: "postgres" }, 20, 1]);
});

test("says what is wrong with a flag", () => {
  assert.throws(() => readWish(["--profile", "slow"]), /--profile must be one of quick, full, recovery, outage, power, sync, not "slow"/);
  assert.throws(() => readWish(["--seed", "x"]), /--seed must be a whole number, not "x"/);
  assert.throws(() => readWish(["--profile", "sync", "--sink", "lake"]), /--sink must be one of sqlite, postgres, ndjson, not "lake"/);
  assert.throws(() => readWish(["--users", "5"]), /--users and --sink are for --profile sync/);
  assert.throws(() => readWish(["--sed", "1"]), /--sed/);
});

test.run();
