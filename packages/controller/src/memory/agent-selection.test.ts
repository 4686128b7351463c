// Over 300 lines: the tables and the model that the index is compared with share one cast of agents.
import assert from "node:assert/strict";
import { type AgentId, parseId } from "@longarm/shared";
import { evaluate, parseSelector } from "@longarm/shared/selector";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import type { AgentState, AgentView } from "../ports/agent-directory.ts";
import type { Connection } from "../ports/connection-store.ts";
import { IndexedAgentSelection } from "./agent-selection.ts";

const test = suite("choosing agents");

const acme: Connection = {
  name: "acme",
  baseUrl: "https://acme.okta.com",
  placement: { on: "agent", whenNone: "wait" },
  timeoutMs: 1000,
  maxResponseBytes: 1000,
};
const other: Connection = { ...acme, name: "other", baseUrl: "http://192.0.2.7:8080" };

interface Given {
  readonly state?: AgentState;
  readonly labels?: AgentView["labels"];
  readonly free?: number;
  readonly total?: number;
  readonly load?: number;
  readonly reach?: Readonly<Record<string, number>>;
  readonly beat?: number;
}

function idOf(index: number): AgentId {
  return parseId("agent", `agt_${String(index).padStart(26, "0")}`);
}

function agent(index: number, given: Given = {}): AgentView {
  const { state = "up", labels = { site: "hq" }, total = 4, free = total, load = 0, reach = {}, beat = 0 } = given;
  const facts = { os: "linux", arch: "x64", version: "1.2.0", hostname: `h${index}`, addresses: [], freeSlots: free, load, reach };
  return {
    id: idOf(index),
    name: `a${index}`,
    state,
    labels,
    facts,
    slots: { total, free },
    version: "0.1.0",
    protocol: 1,
    lastBeatAt: beat,
  };
}

function selectionOf(...agents: readonly AgentView[]): IndexedAgentSelection {
  const selection = new IndexedAgentSelection({ clock: { monotonicMs: () => 0 } });
  for (const view of agents) selection.upsert(view);
  return selection;
}

function chosen(selection: IndexedAgentSelection, require: string, seed = "call"): string {
  const choice = selection.choose({ require }, { connection: acme, seed });
  return choice.kind === "chosen" ? choice.agent.name : choice.sentence;
}

const hq = "labels.site == 'hq'";
const branch = { labels: { site: "branch" } };

test("takes the agent that matches and names the requirement as the reason", () => {
  const choice = selectionOf(agent(1, branch), agent(2)).choose({ require: hq }, { connection: acme, seed: "call" });
  assert.ok(choice.kind === "chosen");
  assert.deepEqual([choice.agent.name, choice.why], ["a2", hq]);
});

test("counts what each agent lacks when there is none", () => {
  const selection = selectionOf(agent(1, branch), agent(2, { labels: {} }), agent(3, { state: "paused" }));
  const choice = selection.choose({ require: hq }, { connection: acme, seed: "call" });
  assert.deepEqual(choice, {
    kind: "none",
    sentence: `0 of 3 agents match: 2 fail ${hq}, 1 is paused`,
    failed: [
      { condition: hq, count: 2 },
      { condition: 'state == "paused"', count: 1 },
    ],
    busy: false,
  });
});

test("tells busy agents from agents that do not match", () => {
  const selection = selectionOf(agent(1, branch), agent(2, { free: 0 }), agent(3, { free: 0 }));
  const choice = selection.choose({ require: hq }, { connection: acme, seed: "call" });
  assert.ok(choice.kind === "none" && choice.busy);
  assert.equal(choice.sentence, `0 of 3 agents are free: 2 have no free slot, 1 fails ${hq}`);
});

test("asks volatile facts at the time of the choice", () => {
  const selection = selectionOf(agent(1, { load: 0.9, beat: 1 }), agent(2, { load: 0.1, beat: 1 }));
  const calm = `${hq} && facts.load < 0.5`;
  assert.equal(chosen(selection, calm), "a2");
  selection.upsert(agent(2, { load: 0.8, beat: 2 }));
  assert.equal(chosen(selection, calm), "0 of 2 agents match: 2 fail facts.load < 0.5");
  selection.upsert(agent(1, { load: 0.2, beat: 2 }));
  assert.equal(chosen(selection, calm), "a1");
});

test("finds the one free agent among thousands that are not", () => {
  const many = Array.from({ length: 2000 }, (_, index) => agent(index, { free: index === 1234 ? 1 : 0 }));
  const selection = selectionOf(...many);
  for (const seed of ["a", "b", "c"]) assert.equal(chosen(selection, hq, seed), "a1234");
});

test("keeps one set per connection for selectors that read the connection", () => {
  const selection = selectionOf(
    agent(1, { labels: { serves: "acme", ranges: ["198.51.100.0/24"] } }),
    agent(2, { labels: { serves: "other", ranges: ["192.0.2.0/24"] } }),
  );
  const choose = (require: string, connection: Connection): string => {
    const choice = selection.choose({ require }, { connection, seed: "call" });
    return choice.kind === "chosen" ? choice.agent.name : choice.sentence;
  };
  assert.deepEqual(
    [acme, other].map((connection) => choose("labels.serves == connection.name", connection)),
    ["a1", "a2"],
  );
  assert.equal(choose("labels.ranges.exists(r, target.addresses.exists(t, cidr(r).contains(t)))", other), "a2");
});

test("does not fill an agent beyond its slots between two beats, and uses a slot again when it is given back", () => {
  const selection = selectionOf(agent(1, { total: 2 }), agent(2, { total: 1 }));
  const taken = new Map<string, number>();
  const releases = [1, 2, 3].map((index) => {
    const choice = selection.choose({ require: hq }, { connection: acme, seed: `call ${index}` });
    assert.ok(choice.kind === "chosen");
    taken.set(choice.agent.name, (taken.get(choice.agent.name) ?? 0) + 1);
    return selection.take(choice.agent.id);
  });
  assert.deepEqual(Object.fromEntries(taken), { a1: 2, a2: 1 });
  assert.equal(chosen(selection, hq), "0 of 2 agents are free: 2 have no free slot");
  releases[0]?.();
  assert.match(chosen(selection, hq), /^a[12]$/);
});

test("offers a slot that is given back to those who wait, in their order, until one takes it", () => {
  const selection = selectionOf(agent(1, { total: 1 }));
  const giveBack = selection.take(agent(1).id);
  const asked: string[] = [];
  const waiting = (name: string, takes: boolean) => selection.onFree(() => asked.push(name) > 0 && takes);
  const stop = waiting("gone", true);
  waiting("elsewhere", false);
  waiting("first", true);
  waiting("second", true);
  stop();
  giveBack();
  assert.deepEqual(asked, ["elsewhere", "first"]);
});

test("offers the slots that a beat tells of, when there were none", () => {
  const selection = selectionOf(agent(1, { total: 2 }));
  selection.take(agent(1).id);
  selection.take(agent(1).id);
  let offered = 0;
  selection.onFree(() => (offered += 1) > 0);
  selection.onFree(() => (offered += 1) > 0);
  selection.upsert(agent(1, { total: 3, beat: 1 }));
  assert.equal(offered, 1);
});

test("shows selectors the slots as counted here", () => {
  const selection = selectionOf(agent(1, { total: 2 }));
  selection.take(idOf(1));
  assert.equal(chosen(selection, "facts.freeSlots > 1"), "0 of 1 agents match: 1 fails facts.freeSlots > 1");
});

test("honours the greatest sum of preferences as long as such an agent has room", () => {
  const agents = Array.from({ length: 500 }, (_, index) =>
    agent(index, { total: 8, free: index === 7 ? 1 : 8, labels: { site: "hq", tier: index === 7 ? "prod" : "test" } }),
  );
  const selection = selectionOf(...agents);
  const rule = {
    require: hq,
    prefer: [
      { when: "labels.tier == 'prod'", weight: 50 },
      { when: "labels.absent == 'x'", weight: 90 },
    ],
  };
  const first = selection.choose(rule, { connection: acme, seed: "call" });
  assert.ok(first.kind === "chosen");
  assert.deepEqual([first.agent.name, first.why], ["a7", `${hq}; preferred by labels.tier == 'prod' (50)`]);
  selection.take(first.agent.id);
  const second = selection.choose(rule, { connection: acme, seed: "call" });
  assert.ok(second.kind === "chosen" && second.agent.name !== "a7");
});

test("lets a volatile preference outweigh a smaller stable one", () => {
  const selection = selectionOf(agent(1, { labels: { site: "hq", tier: "prod" }, load: 0.9 }), agent(2, { load: 0.1 }));
  const prefer = [
    { when: "labels.tier == 'prod'", weight: 10 },
    { when: "facts.load < 0.5", weight: 20 },
  ];
  const choice = selection.choose({ prefer }, { connection: acme, seed: "call" });
  assert.ok(choice.kind === "chosen");
  assert.deepEqual([choice.agent.name, choice.why], ["a2", "any agent; preferred by facts.load < 0.5 (20)"]);
});

test("takes of two agents the one with more room, and at equal room the nearer one", () => {
  assert.equal(chosen(selectionOf(agent(1, { free: 1 }), agent(2, { free: 4 })), hq), "a2");
  assert.equal(chosen(selectionOf(agent(1, { reach: { acme: 80 } }), agent(2, { reach: { acme: 5 } })), hq), "a2");
});

test("spreads calls evenly over equal agents, and leans to those with room", () => {
  const selection = selectionOf(...Array.from({ length: 20 }, (_, index) => agent(index, { total: 100, free: index < 10 ? 100 : 50 })));
  const counts = Array.from({ length: 20 }, () => 0);
  for (let index = 0; index < 20_000; index += 1) {
    const slot = Number(chosen(selection, hq, `call ${index}`).slice(1));
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  // Of two drawn from ten with room and ten with less, none has room in 45 of 190 pairs: 474 calls for each such agent, 1,526 for the others.
  for (const [index, count] of counts.entries()) {
    const expected = index < 10 ? 1526 : 474;
    assert.ok(Math.abs(count - expected) < 5 * Math.sqrt(expected), `a${index}: ${count}`);
  }
});

test("chooses the same for the same seed, however the agents came", () => {
  const agents = Array.from({ length: 40 }, (_, index) => agent(index, { free: 1 + (index % 4) }));
  const forwards = selectionOf(...agents);
  const backwards = selectionOf(...agents.toReversed());
  backwards.upsert(agent(3, branch));
  chosen(backwards, hq);
  backwards.upsert(agents[3] ?? agent(3));
  for (const seed of ["a", "b", "c", "d"]) assert.equal(chosen(forwards, hq, seed), chosen(backwards, hq, seed));
});

test("refuses a selector or a preference that does not parse", () => {
  const selection = selectionOf(agent(1));
  assert.throws(() => chosen(selection, "labels.site ="), { code: "invalid_selector" });
  assert.throws(() => selection.choose({ prefer: [{ when: "site == 'hq'", weight: 1 }] }, { connection: acme, seed: "s" }), {
    code: "invalid_selector",
  });
});

test("explains for every agent what failed, in the order in which a choice asks", () => {
  const selection = selectionOf(
    agent(1, branch),
    agent(2, { state: "draining" }),
    agent(3, { load: 0.9 }),
    agent(4, { free: 0 }),
    agent(5, { reach: { acme: 50 } }),
  );
  const source = `${hq} && facts.load < 0.5`;
  const explanation = selection.explain(source, acme);
  assert.deepEqual([explanation.selector, explanation.matched, explanation.total], [source, 1, 5]);
  assert.deepEqual(
    explanation.agents.map(({ agent: { name }, matched, failed, because, score }) => [name, matched, failed, because, score]),
    [
      ["a1", false, hq, "labels.site is 'branch'", null],
      ["a2", false, 'state == "draining"', "the agent is draining", null],
      ["a3", false, "facts.load < 0.5", "facts.load is 0.9", null],
      ["a4", false, "no free slot", "all 4 slots are in use", null],
      ["a5", true, null, null, 0.85],
    ],
  );
});

test("explains without a connection what needs one", () => {
  const [verdict] = selectionOf(agent(1)).explain("connection.name == 'acme'", undefined).agents;
  assert.deepEqual([verdict?.failed, verdict?.because], ["connection.name == 'acme'", "connection.name is absent"]);
});

const states: readonly AgentState[] = ["up", "up", "up", "paused", "lost"];
const change = fc.record({
  index: fc.integer({ min: 0, max: 11 }),
  gone: fc.boolean(),
  state: fc.constantFrom(...states),
  site: fc.constantFrom("hq", "branch", undefined),
  tier: fc.constantFrom("prod", "test"),
  free: fc.integer({ min: 0, max: 3 }),
  load: fc.constantFrom(0.1, 0.6),
});
const sources = [
  hq,
  "true",
  `${hq} && labels.tier == 'prod'`,
  "labels.site != 'hq' && facts.load < 0.5",
  "facts.freeSlots > 1",
  "has(labels.site) || labels.tier == 'test'",
  "labels.serves == connection.name",
];
const step = fc.oneof(
  { weight: 2, arbitrary: change.map((value) => ({ kind: "change" as const, ...value })) },
  fc.record({
    kind: fc.constant("choose" as const),
    source: fc.constantFrom(...sources),
    prefer: fc.boolean(),
    seed: fc.string({ maxLength: 4 }),
    take: fc.boolean(),
  }),
);

/** What the index is checked against: every agent asked one by one. */
function eligible(agents: ReadonlyMap<number, AgentView>, taken: ReadonlyMap<string, number>, source: string): readonly AgentView[] {
  return [...agents.values()].filter((view) => {
    const free = view.slots.free - (taken.get(view.id) ?? 0);
    const variables = { agent: view, labels: view.labels, facts: { ...view.facts, freeSlots: free }, connection: acme };
    return view.state === "up" && free > 0 && evaluate(parseSelector(source), variables).matched;
  });
}

test("never chooses an agent that does not match, is not up or is full, and finds one whenever there is one, through all changes", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      let now = 0;
      const selection = new IndexedAgentSelection({ clock: { monotonicMs: () => now } });
      const agents = new Map<number, AgentView>();
      const taken = new Map<string, number>();
      for (const event of steps) {
        now += 1000;
        if (event.kind === "change") {
          const { index, gone, state, site, tier, free, load } = event;
          taken.delete(idOf(index));
          agents.delete(index);
          if (gone) selection.remove(idOf(index));
          else agents.set(index, agent(index, { state, labels: { ...(site && { site }), tier }, free, load, beat: now }));
          const view = agents.get(index);
          if (view) selection.upsert(view);
          continue;
        }
        const candidates = eligible(agents, taken, event.source);
        const prefer = event.prefer ? [{ when: "labels.tier == 'prod'", weight: 5 }] : [];
        const choice = selection.choose({ require: event.source, prefer }, { connection: acme, seed: event.seed });
        assert.equal(choice.kind === "chosen", candidates.length > 0);
        if (choice.kind === "none") {
          assert.equal(
            choice.failed.reduce((sum, { count }) => sum + count, 0),
            agents.size,
          );
          continue;
        }
        assert.ok(candidates.some(({ id }) => id === choice.agent.id));
        const isProd = (view: AgentView): boolean => view.labels["tier"] === "prod";
        if (event.prefer && candidates.some(isProd)) assert.ok(isProd(choice.agent));
        if (!event.take) continue;
        selection.take(choice.agent.id);
        taken.set(choice.agent.id, (taken.get(choice.agent.id) ?? 0) + 1);
      }
    }),
    { numRuns: 300 },
  );
});

test("finds any matching agent with room in a crowd larger than the sample, and only those", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 17, max: 90 }),
      fc.uniqueArray(fc.nat(89), { maxLength: 3 }),
      fc.string({ maxLength: 6 }),
      (count, fit, seed) => {
        const fits = fit.filter((index) => index < count);
        const selection = selectionOf(
          ...Array.from({ length: count }, (_, index) => agent(index, fits.includes(index) ? { load: 0.1 } : { load: 0.9 })),
        );
        const name = chosen(selection, "facts.load < 0.5", seed);
        if (fits.length > 0) assert.ok(fits.includes(Number(name.slice(1))), name);
        else assert.equal(name, `0 of ${count} agents match: ${count} fail facts.load < 0.5`);
      },
    ),
    { numRuns: 150 },
  );
});

test.run();
