import type { Shell } from "../shell.ts";

/** One line of the closing table, and of the JSON summary. */
export interface StepResult {
  readonly step: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly result: string;
}

/** A step as it is told: what it is called, and what it came to. Throws when it did not do what it should. */
export type Step = { readonly title: string; readonly run: () => Promise<string> };

/** Performs the steps in order and tells of each as it goes; the first that fails is the last. */
export async function narrate(shell: Shell, steps: readonly Step[]): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const [n, { title, run }] of steps.entries()) {
    shell.note(`\n[${n + 1}/${steps.length}] ${title}`);
    const startedMs = performance.now();
    const { ok, result } = await run().then(
      (told) => ({ ok: true, result: told }),
      (reason: unknown) => ({ ok: false, result: reason instanceof Error ? reason.message : String(reason) }),
    );
    results.push({ step: title, ok, ms: Math.round(performance.now() - startedMs), result });
    shell.note(`      ${ok ? "✓" : "✗"} ${result}`);
    if (!ok) break;
  }
  return results;
}

/** The closing table. */
export function summaryTable(results: readonly StepResult[]): string {
  const width = Math.max(...results.map(({ step }) => step.length));
  const rows = results.map(
    ({ step, ok, ms, result }) => `  ${ok ? "ok  " : "FAIL"}  ${step.padEnd(width)}  ${`${ms} ms`.padStart(9)}  ${result}`,
  );
  return `\nSummary\n${rows.join("\n")}\n`;
}
