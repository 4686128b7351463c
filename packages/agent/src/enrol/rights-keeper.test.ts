import assert from "node:assert/strict";
import { join } from "node:path";
import { type Clock, LongarmError } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { encodeRenewal } from "@longarm/shared/wire";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { Membership } from "./membership.ts";
import { RightsKeeper } from "./rights-keeper.ts";

const test = suite("the keeper of an agent's rights");

const hourSeconds = 3_600;

/** A user JWT, as far as an agent reads one. */
function jwt(iat: number, sub = "UAGENT"): string {
  return `e30.${Buffer.from(JSON.stringify({ sub, iat, exp: iat + hourSeconds })).toString("base64url")}.sig`;
}

const rights = (iat: number, sub?: string) => ({ jwt: jwt(iat, sub), returnJwt: "back" });

interface World {
  readonly clock: ManualClock;
  readonly membership: Membership;
  readonly keeper: RightsKeeper;
  readonly fetched: number[];
  readonly reopened: number[];
  readonly outcome: { fault?: LongarmError };
}

function withKeeper(body: (world: World) => Promise<void>, asleepMs = { now: 0 }): Promise<void> {
  return withTemporaryDirectory(async (directory) => {
    const clock = new ManualClock();
    const membership = Membership.open(join(directory, "membership.json"));
    membership.admitted(1, rights(0));
    const [fetched, reopened]: [number[], number[]] = [[], []];
    const outcome: { fault?: LongarmError } = {};
    const enter = async (): Promise<void> => {
      fetched.push(clock.monotonicMs());
      if (outcome.fault) throw outcome.fault;
      membership.admitted(membership.generation + 1, rights(clock.monotonicMs() / 1_000));
    };
    const renewLink = async (): Promise<void> => void reopened.push(clock.monotonicMs());
    const sleeper: Clock = {
      nowMs: () => clock.nowMs() + asleepMs.now,
      monotonicMs: () => clock.monotonicMs(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
    };
    const keeper = new RightsKeeper({ membership, enter, renewLink, clock: sleeper, logger: silentLogger });
    await body({ clock, membership, keeper, fetched, reopened, outcome });
  });
}

test("takes newer rights of its own that a controller pushes, keeps them on disk and comes in with them", () =>
  withKeeper(async ({ keeper, membership, reopened }) => {
    keeper.takeRenewal(encodeRenewal(rights(1_800)));
    assert.equal(membership.rights?.jwt, jwt(1_800));
    assert.equal(reopened.length, 1);
    for (const other of [rights(1_799), rights(1_800), rights(3_600, "USOMEBODY"), { jwt: "noise", returnJwt: "noise" }]) {
      keeper.takeRenewal(encodeRenewal(other));
    }
    assert.equal(membership.rights?.jwt, jwt(1_800));
    assert.equal(reopened.length, 1);
  }));

test("fetches rights itself when none were pushed in three quarters of their life, and no sooner", () =>
  withKeeper(async ({ clock, keeper, fetched }) => {
    const stop = new AbortController();
    const running = keeper.run(stop.signal);
    await clock.advance(2_690_000, 15_000);
    assert.deepEqual(fetched, []);
    await clock.advance(60_000, 15_000);
    assert.equal(fetched.length, 1);
    stop.abort();
    await clock.advance(15_000, 15_000);
    await running;
  }));

test("fetches rights at once after the machine slept while they ended", () => {
  const asleepMs = { now: 0 };
  return withKeeper(async ({ clock, keeper, fetched }) => {
    const stop = new AbortController();
    const running = keeper.run(stop.signal);
    await clock.advance(30_000, 15_000);
    asleepMs.now = 8 * hourSeconds * 1_000;
    await clock.advance(30_000, 15_000);
    assert.equal(fetched.length, 1);
    stop.abort();
    await clock.advance(15_000, 15_000);
    await running;
  }, asleepMs);
});

test("tries on while no controller answers, and gives up where the agent may not come back", () =>
  withKeeper(async ({ clock, keeper, fetched, outcome }) => {
    outcome.fault = new LongarmError("broker_unavailable", "No broker.");
    const running = keeper.run(new AbortController().signal);
    const refused = assert.rejects(running, { code: "enrolment_refused" });
    await clock.advance(2_800_000, 15_000);
    assert.ok(fetched.length > 3, `${fetched.length} tries`);
    outcome.fault = new LongarmError("enrolment_refused", "Revoked.");
    await clock.advance(30_000, 15_000);
    await refused;
  }));

test("fetches rights at once when the broker refuses those at hand, and takes a broker's own refusal for an end after a minute", () =>
  withKeeper(async ({ clock, keeper, fetched, outcome }) => {
    const running = keeper.run(new AbortController().signal);
    const refused = assert.rejects(running, { code: "enrolment_refused" });
    const beganAtMs = clock.monotonicMs();
    keeper.look();
    await clock.advance(1_000);
    assert.equal(fetched.length, 1);
    outcome.fault = new LongarmError("enrolment_refused", "No.", { details: { by: "broker" } });
    keeper.look();
    await clock.advance(30_000);
    assert.ok(fetched.length > 5 && fetched.length < 20, `${fetched.length} tries`);
    await clock.advance(40_000);
    await refused;
    assert.ok((fetched.at(-1) ?? 0) - beganAtMs >= 60_000);
  }));

test.run();
