/**
 * The two CEL libraries that were weighed for selectors, on typical selectors: `docs/adr/0004-cel-library.md`.
 * Run alone: `node bench/cel.ts`. The one that was not chosen is compared when it is installed:
 * `npm install --no-save @bufbuild/cel@0.6.1`.
 */
type Evaluate = () => unknown;
interface Library {
  readonly name: string;
  /** Source to something that can be evaluated again and again. */
  prepare(source: string): Evaluate;
}

const variables = {
  agent: { id: "agt_1", name: "hq-1" },
  labels: { site: "hq", capabilities: ["rest", "okta"] },
  facts: { os: "linux", version: "1.2.3", freeSlots: 4, load: 0.1, reach: { acme: 12 } },
  connection: { name: "acme" },
};

const selectors = [
  "labels.site == 'hq'",
  "labels.site == 'hq' && 'okta' in labels.capabilities",
  "labels.site == 'hq' && 'okta' in labels.capabilities && facts.os == 'linux' && facts.version.startsWith('1.')",
  "facts.load < 0.5 && facts.freeSlots > 2",
  "facts.reach[connection.name] < 50",
  "labels.capabilities.exists(c, c == 'okta')",
];
const absent = "labels.missing == 'x'";

/** A package by name, so that neither the types nor the lock file need to know the one that was not chosen. */
async function load<Shape>(name: string): Promise<Shape | undefined> {
  try {
    return (await import(name)) as Shape;
  } catch {
    return undefined;
  }
}

interface CelJs {
  readonly Environment: new () => {
    registerVariable(name: string, type: string): void;
    parse(source: string): (context: unknown) => unknown;
  };
}

async function celJs(): Promise<Library | undefined> {
  const library = await load<CelJs>("@marcbachmann/cel-js");
  if (!library) return undefined;
  const environment = new library.Environment();
  for (const name of Object.keys(variables)) environment.registerVariable(name, "dyn");
  const prepare = (source: string): Evaluate => environment.parse(source).bind(null, variables);
  return { name: "@marcbachmann/cel-js", prepare };
}

interface BufbuildCel {
  readonly CelScalar: { readonly DYN: unknown };
  celEnv(options: { variables: Record<string, unknown> }): unknown;
  parse(source: string): unknown;
  plan(environment: unknown, parsed: unknown): (context: unknown) => unknown;
}

/** This library takes maps, not objects. */
function asMaps(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return new Map(Object.entries(value).map(([key, member]) => [key, asMaps(member)]));
}

async function bufbuild(): Promise<Library | undefined> {
  const library = await load<BufbuildCel>("@bufbuild/cel");
  if (!library) return undefined;
  const names = Object.keys(variables);
  const environment = library.celEnv({ variables: Object.fromEntries(names.map((name) => [name, library.CelScalar.DYN])) });
  const context = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, asMaps(value)]));
  const prepare = (source: string): Evaluate => library.plan(environment, library.parse(source)).bind(null, context);
  return { name: "@bufbuild/cel", prepare };
}

function microseconds(count: number, work: () => unknown): number {
  for (let index = 0; index < count / 5; index += 1) work();
  const rounds = Array.from({ length: 5 }, () => {
    const start = process.hrtime.bigint();
    for (let index = 0; index < count; index += 1) work();
    return Number(process.hrtime.bigint() - start) / 1000 / count;
  });
  return rounds.toSorted((left, right) => left - right)[2] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function attempt(evaluate: Evaluate): Evaluate {
  return () => {
    try {
      return evaluate();
    } catch (reason) {
      return reason;
    }
  };
}

function measure({ prepare }: Library): { parse: number; evaluate: number; absent: number } {
  for (const source of selectors) if (prepare(source)() !== true) throw new Error(`it does not match: ${source}`);
  return {
    parse: mean(selectors.map((source) => microseconds(1000, () => prepare(source)))),
    evaluate: mean(selectors.map((source) => microseconds(20_000, prepare(source)))),
    absent: microseconds(5_000, attempt(prepare(absent))),
  };
}

/** What `bench/main.ts` collects. Microseconds. */
export const bench = {
  name: "cel",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    for (const library of [await celJs(), await bufbuild()]) {
      if (!library) continue;
      const { parse, evaluate, absent: missing } = measure(library);
      print(
        `${library.name.padEnd(22)} prepare ${parse.toFixed(1)} µs · evaluate ${evaluate.toFixed(2)} µs · absent label ${missing.toFixed(1)} µs`,
      );
      Object.assign(figures, {
        [`${library.name} prepareUs`]: parse,
        [`${library.name} evaluateUs`]: evaluate,
        [`${library.name} absentUs`]: missing,
      });
    }
    return figures;
  },
};

if (import.meta.main) await bench.run((line) => void process.stdout.write(`${line}\n`));
