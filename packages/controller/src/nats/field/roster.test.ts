import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import type { BeatMessage, EnrolMessage } from "@longarm/shared/wire";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { AgentGrant } from "../../ports/agent-store.ts";
import { Roster } from "./roster.ts";

const test = suite("the presence of agents");
const id = newId("agent");
const facts = { os: "linux", arch: "x64", version: "1.2.3", hostname: "h", addresses: [] };
const grant: AgentGrant = { id, name: "hq-1", labels: { site: "hq" }, desired: "up", enrolledAt: 1 };
const enrol: EnrolMessage = {
  protocol: 2,
  name: "hq-1",
  facts,
  slots: 4,
  bootId: "boot-1",
  nonce: "n",
  keys: { identity: new Uint8Array(32), signing: new Uint8Array(32), sealing: new Uint8Array(32) },
  proof: new Uint8Array(64),
};
const beat: BeatMessage = {
  bootId: "boot-1",
  seq: 0,
  slots: { total: 4, free: 3 },
  load: 0.25,
  loopLagMs: 1,
  reach: {},
  state: "up",
  openCalls: 1,
};

function withRoster(body: (parts: { roster: Roster; clock: ManualClock; seen: string[]; state: () => string | undefined }) => void): void {
  const clock = new ManualClock();
  const seen: string[] = [];
  const listener = {
    onView: () => undefined,
    onChange: () => seen.push("change"),
    onLost: (_: unknown, why: string) => seen.push(`lost: ${why}`),
    onSuspect: () => undefined,
    onTwins: () => seen.push("twins"),
  };
  const roster = new Roster(clock, listener);
  body({ roster, clock, seen, state: () => roster.find("hq-1")?.state });
}

/** Lets the time pass as the sweep sees it, four times a second. */
function pass(parts: { roster: Roster; clock: ManualClock }, ms: number): void {
  for (let passed = 0; passed < ms; passed += 250) {
    void parts.clock.advance(250);
    parts.roster.sweep();
  }
}

test("an agent known from the store only is lost until it is heard", () =>
  withRoster(({ roster, state }) => {
    roster.granted(grant);
    assert.equal(state(), "lost");
    assert.equal(roster.find("hq-1")?.lastBeatAt, null);
    assert.equal(roster.beat(id, beat), false, "a beat of a process that is not enrolled");
    roster.enrolled(grant, enrol);
    assert.equal(state(), "up");
  }));

test("a name means the agent that was let in, though it is away, and no stranger that asks under it", () =>
  withRoster(({ roster }) => {
    roster.granted(grant);
    const stranger: AgentGrant = { ...grant, id: newId("agent"), desired: "pending" };
    roster.granted(stranger);
    assert.equal(roster.find("hq-1")?.id, id);
    assert.equal(roster.find(stranger.id)?.state, "pending");
    roster.granted({ ...grant, desired: "revoked" });
    assert.equal(roster.find("hq-1")?.id, stranger.id);
  }));

test("an agent that misses three beats is suspect, and lost after ten", () =>
  withRoster((parts) => {
    parts.roster.enrolled(grant, enrol);
    pass(parts, 3_000);
    assert.equal(parts.state(), "up");
    pass(parts, 250);
    assert.equal(parts.state(), "suspect");
    pass(parts, 6_750);
    assert.equal(parts.state(), "suspect");
    pass(parts, 250);
    assert.equal(parts.state(), "lost");
    assert.deepEqual(parts.seen, ["change", "lost: silent"]);
  }));

test("one beat makes a suspect agent up again, and tells those who wait", () =>
  withRoster((parts) => {
    parts.roster.enrolled(grant, enrol);
    pass(parts, 5_000);
    assert(parts.roster.beat(id, beat));
    assert.equal(parts.state(), "up");
    assert.deepEqual(parts.seen, ["change", "change"]);
    assert.deepEqual(parts.roster.find("hq-1")?.slots, { total: 4, free: 3 });
  }));

test("an agent that says it is leaving is lost at once", () =>
  withRoster(({ roster, seen, state }) => {
    roster.enrolled(grant, enrol);
    roster.beat(id, { ...beat, state: "leaving" });
    assert.equal(state(), "lost");
    assert.deepEqual(seen, ["change", "lost: left"]);
  }));

test("an asking answered after the agent left does not bring it back", () =>
  withRoster(({ roster, state }) => {
    roster.enrolled(grant, enrol);
    roster.beat(id, { ...beat, state: "leaving" });
    roster.enrolled(grant, enrol);
    assert.equal(state(), "lost");
    roster.enrolled(grant, { ...enrol, bootId: "boot-2" });
    assert.equal(state(), "up");
  }));

test("an agent started again loses the calls of its old process and must enrol", () =>
  withRoster(({ roster, seen }) => {
    roster.enrolled(grant, enrol);
    assert.equal(roster.beat(id, { ...beat, bootId: "boot-2" }), false);
    roster.enrolled(grant, { ...enrol, bootId: "boot-2" });
    assert(seen.includes("lost: restarted"));
    assert(roster.beat(id, { ...beat, bootId: "boot-2" }));
  }));

test("a controller that was itself held up for 20 s does not take its agents for lost", () =>
  withRoster(({ roster, clock, state }) => {
    roster.enrolled(grant, enrol);
    roster.sweep();
    void clock.advance(20_000, 20_000);
    roster.sweep();
    assert.equal(state(), "up");
  }));

test("a draining agent is shown so, and what the controller desires comes before being up", () =>
  withRoster(({ roster, state }) => {
    roster.enrolled(grant, enrol);
    roster.beat(id, { ...beat, seq: 1, state: "draining" });
    assert.equal(state(), "draining");
    roster.beat(id, { ...beat, seq: 2 });
    roster.granted({ ...grant, desired: "paused" });
    assert.equal(state(), "paused");
    roster.granted({ ...grant, desired: "revoked" });
    assert.equal(state(), "revoked");
  }));

test("a free slot after none tells those who wait; another beat does not", () =>
  withRoster(({ roster, seen }) => {
    roster.enrolled(grant, enrol);
    roster.beat(id, { ...beat, slots: { total: 4, free: 0 } });
    seen.length = 0;
    roster.beat(id, { ...beat, seq: 1 });
    roster.beat(id, { ...beat, seq: 2, load: 0.5 });
    assert.deepEqual(seen, ["change"]);
  }));

test("a name belongs to the agent that was let in under it, away or not, until it is revoked", () =>
  withRoster((parts) => {
    const other = newId("agent");
    parts.roster.enrolled(grant, enrol);
    assert.equal(parts.roster.namesake("hq-1", other), id);
    assert.equal(parts.roster.namesake("hq-1", id), undefined);
    pass(parts, 11_000);
    assert.equal(parts.roster.namesake("hq-1", other), id);
    parts.roster.granted({ ...grant, desired: "revoked" });
    assert.equal(parts.roster.namesake("hq-1", other), undefined);
    parts.roster.enrolled({ ...grant, id: other }, enrol);
    assert.equal(parts.roster.find("hq-1")?.id, other);
  }));

test("a beat that was heard before says nothing new", () =>
  withRoster((parts) => {
    const { roster, state } = parts;
    roster.enrolled(grant, enrol);
    roster.beat(id, { ...beat, seq: 7 });
    pass(parts, 5_000);
    assert.equal(state(), "suspect");
    assert(roster.beat(id, { ...beat, seq: 7 }));
    assert.equal(state(), "suspect");
    roster.beat(id, { ...beat, seq: 8 });
    assert.equal(state(), "up");
  }));

test("two processes of one agent are told of when the former one beats on, not when its last words come late or again", () =>
  withRoster((parts) => {
    const { roster, seen } = parts;
    const beatAgain = (seq: number, state: "up" | "leaving" = "up"): boolean => roster.beat(id, { ...beat, seq, state });
    roster.enrolled(grant, enrol);
    beatAgain(7);
    roster.enrolled(grant, { ...enrol, bootId: "boot-2" });
    beatAgain(8);
    pass(parts, 2_250);
    for (const seq of [7, 8, 9, 10, 11, 12, 13]) beatAgain(seq);
    pass(parts, 2_750);
    beatAgain(13);
    beatAgain(14, "leaving");
    assert.ok(!seen.includes("twins"), "a dead one's last words, held back");
    beatAgain(15);
    assert.ok(seen.includes("twins"));
  }));

test("a process that was followed by another one does not take its place back", () =>
  withRoster(({ roster, seen }) => {
    roster.enrolled(grant, enrol);
    roster.enrolled(grant, { ...enrol, bootId: "boot-2" });
    roster.enrolled(grant, enrol);
    assert.equal(seen.filter((what) => what === "lost: restarted").length, 1);
    assert.equal(roster.beat(id, { ...beat, bootId: "boot-2" }), true);
  }));

test.run();
