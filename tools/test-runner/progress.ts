import type { FileResult } from "./run-test-file.ts";

/** Tells while the tests run how far they are, and at once what failed. */
export interface Progress {
  finished(result: FileResult): void;
  /** A file that failed was run once more. */
  triedAgain(result: FileResult): void;
  end(): void;
}

const everyFiles = 20;

/** On a terminal one line that renews itself, elsewhere one line for every twenty files. */
export function createProgress(files: number): Progress {
  const { stdout } = process;
  const startedAt = performance.now();
  let done = 0;
  let passed = 0;
  const finished = (result: FileResult) => {
    done += 1;
    passed += result.passed;
    if (hasFailed(result)) stdout.write(`${clear(stdout.isTTY)}${describeFailure(result)}\n`);
    const line = `${done}/${files} files, ${passed} tests passed, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    if (stdout.isTTY) stdout.write(`${clear(true)}${line}`);
    else if (done % everyFiles === 0 || done === files) stdout.write(`${line}\n`);
  };
  const triedAgain = (result: FileResult) =>
    void stdout.write(`${clear(stdout.isTTY)}once more, alone: ${hasFailed(result) ? describeFailure(result) : `${result.path} passed`}\n`);
  return { finished, triedAgain, end: () => void stdout.write(stdout.isTTY ? clear(true) : "") };
}

/** Did a test of the file fail, or the file itself? */
export function hasFailed(result: FileResult): boolean {
  return result.failed > 0 || result.faults.length > 0;
}

function describeFailure(result: FileResult): string {
  const faults = result.faults.filter((fault) => !result.output.includes(`fault: ${fault}`)).map((fault) => `fault: ${fault}`);
  return [`FAILED ${result.path}`, indented([result.output.trimEnd(), ...faults].join("\n"))].join("\n");
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

function clear(isTerminal: boolean): string {
  return isTerminal ? "\r\u001B[K" : "";
}
