/** The rules of the house that a machine can see: who may know whom, how big things grow, what they are called. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { directiveViolations } from "./architecture/directives.ts";
import { packageViolations, roomViolations } from "./architecture/directions.ts";
import { undocumentedExports } from "./architecture/exported-docs.ts";
import { libraryViolations } from "./architecture/libraries.ts";
import { nameViolations } from "./architecture/names.ts";
import { purityViolations } from "./architecture/purity.ts";
import { fileSizes, functionSizes, quantile } from "./architecture/sizes.ts";
import { readSourceFiles, root, type SourceFile } from "./architecture/source-file.ts";
import { subjectViolations } from "./architecture/subject-literals.ts";
import { suite } from "./support/suite.ts";

const test = suite("the architecture");

const files = readSourceFiles();

/** Each rule is told one file and answers with its faults. */
const rules: readonly (readonly [title: string, rule: (file: SourceFile) => string[]])[] = [
  ["no package knows another that it must not know", packageViolations],
  ["no room knows another that it must not know", roomViolations],
  ["every foreign library stays in its room", libraryViolations],
  ["what decides has no clock, no chance, no promise and no I/O", purityViolations],
  ["every subject comes from subjects.ts", subjectViolations],
  ["names say something, and files are named in kebab-case", nameViolations],
  ["nothing is silenced without a reason", directiveViolations],
];
for (const [title, rule] of rules) test(title, () => assertNone(files.flatMap(rule)));

test("every name that leaves a package is documented", () => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  assertNone(undocumentedExports(byPath, doors()));
});

test("files stay small", () => {
  const sizes = fileSizes(files);
  const lines = sizes.map((each) => each.lines);
  const [median, high] = [quantile(lines, 0.5), quantile(lines, 0.95)];
  print(
    `${sizes.length} files, ${lines.reduce((sum, each) => sum + each, 0)} lines; median ${median}, 95th percentile ${high}, longest ${Math.max(...lines)}`,
  );
  assertNone(sizes.filter((each) => each.lines > 400).map((each) => `${each.path} has ${each.lines} lines; 400 is the most`));
  assert.ok(median <= 100, `the median file has ${median} lines; 100 is the most`);
  assert.ok(high <= 300, `the 95th percentile of files has ${high} lines; 300 is the most`);
});

// Another program counts them, which takes its time on a machine that has other work.
test(
  "functions stay small",
  async () => {
    const sizes = await functionSizes();
    const lines = sizes.map((each) => each.lines);
    const median = quantile(lines, 0.5);
    print(`${sizes.length} functions; median ${median} lines, 95th percentile ${quantile(lines, 0.95)}, longest ${Math.max(...lines)}`);
    assertNone(sizes.filter((each) => each.lines > 60).map((each) => `${each.place} has ${each.lines} lines; 60 is the most`));
    assert.ok(median <= 12, `the median function has ${median} lines; 12 is the most`);
  },
  { timeoutMs: 60_000 },
);

/** The files that the packages' `exports` open. */
function doors(): string[] {
  return globSync("packages/*/package.json", { cwd: root }).flatMap((path) => {
    const { exports } = JSON.parse(readFileSync(join(root, path), "utf8")) as { exports: Record<string, string> };
    return Object.values(exports).map((target) => posix.join(dirname(path), target));
  });
}

/** On a line of its own, whatever the dots of the tests before it. */
function print(figures: string): void {
  process.stdout.write(`\nfigures: ${figures}\n`);
}

function assertNone(faults: readonly string[]): void {
  if (faults.length > 0) assert.fail(`${faults.length} faults:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
}

test.run();
