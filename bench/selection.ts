/**
 * Agents chosen by selectors over labels and stable facts: microseconds per choice, and what the index costs to keep.
 * Run alone: `node bench/selection.ts`.
 */
import { parseId, type AgentId } from "../packages/shared/src/index.ts";
import { IndexedAgentSelection } from "../packages/controller/src/memory/agent-selection.ts";
import type { AgentView } from "../packages/controller/src/ports/agent-directory.ts";
import type { Connection } from "../packages/controller/src/ports/connection-store.ts";

const agentCount = 10_000;
const selectorCount = 100;
const choices = 200_000;

const connection: Connection = {
  name: "acme",
  baseUrl: "https://acme.okta.com",
  placement: { on: "agent", whenNone: "wait" },
  timeoutMs: 10_000,
  maxResponseBytes: 1_000_000,
};

function agentId(index: number): AgentId {
  return parseId("agent", `agt_${index.toString(10).padStart(26, "0")}`);
}

function agent(index: number, beat: number, site = index % 50): AgentView {
  const free = 1 + ((index + beat) % 16);
  const addresses = [`10.${index % 200}.${index % 250}.7`];
  const reach = { acme: 5 + (index % 90) };
  return {
    id: agentId(index),
    name: `agent-${index}`,
    state: "up",
    labels: { site: `site-${site}`, tier: index % 3 === 0 ? "prod" : "test", capabilities: index % 2 === 0 ? ["rest", "okta"] : ["rest"] },
    facts: {
      os: index % 5 === 0 ? "windows" : "linux",
      arch: "x64",
      version: `1.${index % 4}.0`,
      hostname: `h${index}`,
      addresses,
      freeSlots: free,
      load: 0.2,
      reach,
    },
    slots: { total: 16, free },
    version: "0.1.0",
    protocol: 1,
    lastBeatAt: beat,
  };
}

function selector(index: number): string {
  const site = `labels.site == 'site-${index % 50}'`;
  const kinds = [
    `${site} && 'rest' in labels.capabilities`,
    `labels.tier == 'prod' && facts.os == 'linux' && agent.name != 'agent-${index}'`,
    `labels.site in ['site-${index % 50}', 'site-${(index + 1) % 50}']`,
    `'okta' in labels.capabilities && agent.name != 'agent-${index}'`,
    `${site} || (labels.tier == 'test' && semver(facts.version) >= semver('1.${index % 4}'))`,
  ];
  return kinds[index % kinds.length] ?? site;
}

function microseconds(count: number, work: (index: number) => void): number {
  const start = process.hrtime.bigint();
  for (let index = 0; index < count; index += 1) work(index);
  return Number(process.hrtime.bigint() - start) / 1000 / count;
}

function heapMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function measureChoices(selection: IndexedAgentSelection, rules: readonly { require: string }[], label: string): Record<string, number> {
  const seeds = Array.from({ length: 1024 }, (_, index) => `call_${index}_${label}`);
  const choose = (index: number): void => {
    const choice = selection.choose(rules[index % rules.length] ?? {}, { connection, seed: `${seeds[index & 1023]}${index}` });
    if (choice.kind !== "chosen") throw new Error(choice.sentence);
  };
  microseconds(choices / 10, choose);
  const samples = Array.from({ length: 20 }, () => microseconds(choices / 20, choose)).toSorted((left, right) => left - right);
  return { [`${label}UsPerChoice`]: samples[10] ?? 0, [`${label}UsPerChoiceWorst`]: samples.at(-1) ?? 0 };
}

function measure(): Record<string, number> {
  const before = heapMegabytes();
  const selection = new IndexedAgentSelection({ clock: { monotonicMs: () => performance.now() } });
  const loadUs = microseconds(agentCount, (index) => selection.upsert(agent(index, 0)));
  const agentsMegabytes = heapMegabytes() - before;
  const rules = Array.from({ length: selectorCount }, (_, index) => ({ require: selector(index) }));
  const firstUs = microseconds(selectorCount, (index) => selection.choose(rules[index] ?? {}, { connection, seed: `first ${index}` }));
  const setsMegabytes = heapMegabytes() - before - agentsMegabytes;
  const beats = Array.from({ length: agentCount }, (_, index) => agent(index, 1));
  const beatUs = microseconds(agentCount, (index) => selection.upsert(beats[index] ?? agent(index, 1)));
  const moved = Array.from({ length: 500 }, (_, index) => agent(index, 1, (index + 7) % 50));
  const labelChangeUs = microseconds(moved.length, (index) => selection.upsert(moved[index] ?? agent(index, 1)));
  const stable = measureChoices(selection, rules, "stable");
  const withVolatile = rules.map(({ require }) => ({ require: `(${require}) && facts.load < 0.5 && facts.reach[connection.name] < 90` }));
  const volatile = measureChoices(selection, withVolatile, "volatile");
  const preferring = rules.map((rule) => ({ ...rule, prefer: [{ when: "labels.tier == 'prod'", weight: 50 }] }));
  const preferred = measureChoices(selection, preferring, "preferring");
  return { ...stable, ...volatile, ...preferred, firstUs, beatUs, labelChangeUs, loadUs, agentsMegabytes, setsMegabytes };
}

/** What `bench/main.ts` collects: prints its figures and returns them. Times in microseconds. */
export const bench = {
  name: "selection",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures = measure();
    const show = (name: string): string => (figures[name] ?? 0).toFixed(2);
    print(`selection: ${agentCount} agents, ${selectorCount} selectors`);
    print(
      `  choice, labels and stable facts    ${show("stableUsPerChoice")} µs (worst of 20 rounds ${show("stableUsPerChoiceWorst")}); aim ≤ 20`,
    );
    print(`  choice with two volatile terms     ${show("volatileUsPerChoice")} µs`);
    print(`  choice with a weighted preference  ${show("preferringUsPerChoice")} µs`);
    print(`  first choice by a new selector     ${((figures["firstUs"] ?? 0) / 1000).toFixed(2)} ms`);
    print(`  change of a label                  ${show("labelChangeUs")} µs over all sets; a beat ${show("beatUs")} µs`);
    print(
      `  memory                             agents ${show("agentsMegabytes")} MB, ${selectorCount} sets ${show("setsMegabytes")} MB${globalThis.gc ? "" : " (rough: run with --expose-gc)"}`,
    );
    return figures;
  },
};

if (import.meta.main) await bench.run((line) => void process.stdout.write(`${line}\n`));
