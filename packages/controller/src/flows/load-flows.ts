import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type AnyFlow, flowFaults } from "@longarm/spoke";
import { faultLine } from "./place-of-fault.ts";
import type { FileFault, FlowFacts } from "./messages.ts";
import { packSchema } from "./pack-schema.ts";

/** A flow as its file gives it. */
export interface FileFlow {
  readonly file: string;
  readonly flow: AnyFlow;
  readonly facts: FlowFacts;
}

/** What the files of a directory hold, and what is wrong with them. */
export interface FileFlows {
  readonly flows: readonly FileFlow[];
  readonly faults: readonly FileFault[];
}

/** Loads these files of a directory, one after the other; `onFile` is told before each. Never throws. */
export async function loadFlows(directory: string, files: readonly string[], onFile: (file: string) => void): Promise<FileFlows> {
  const flows: FileFlow[] = [];
  const faults: FileFault[] = [];
  for (const file of files) {
    onFile(file);
    try {
      const found = flowsOf((await import(pathToFileURL(join(directory, file)).href)) as object);
      if (found.length === 0) faults.push({ file, problem: nothingThere });
      for (const candidate of found) {
        const problems = flowFaults(candidate);
        for (const problem of problems) faults.push({ file, problem: `${nameOf(candidate)}: ${problem}` });
        if (problems.length === 0) flows.push({ file, flow: candidate, facts: factsOf(candidate, file) });
      }
    } catch (reason) {
      faults.push({ file, problem: faultLine(reason, directory) });
    }
  }
  return { flows, faults };
}

const nothingThere =
  "it exports no flow; export what flow() of @longarm/spoke gives, and put what flows share into a folder of its own, such as lib/";

/** What a module exports as a flow, each once however many names it has. */
function flowsOf(module: object): readonly AnyFlow[] {
  const exported = new Set(Object.values(module) as unknown[]);
  return [...exported].filter(
    (value): value is AnyFlow => typeof value === "object" && value !== null && (value as { readonly kind?: unknown }).kind === "flow",
  );
}

function nameOf({ name }: AnyFlow): string {
  return typeof name === "string" ? name : "a flow without a name";
}

function factsOf({ name, title, summary, version, input, output }: AnyFlow, file: string): FlowFacts {
  return { name, title, summary, version, input: packSchema(input), output: packSchema(output), file };
}
