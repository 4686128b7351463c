import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { closingLinePrefix, type SuiteReport } from "../../tools/test-runner/suite-report.ts";
import { withTemporaryDirectory } from "./directories.ts";
import { runProcess } from "./processes.ts";
import { suite } from "./suite.ts";

const test = suite("the wrapper of uvu");

/** A test file, what it must come to, and what it must print about it. */
interface Case {
  readonly title: string;
  readonly source: string;
  readonly counts: readonly [passed: number, failed: number, skipped: number];
  readonly says?: RegExp;
}

/** Each of them, thrown in a test, once made uvu count the test as passed or the file as successful, or could do so. */
const oddThings = [
  `undefined`,
  `null`,
  `"a text"`,
  `0`,
  `{ name: 1 }`,
  `Symbol("s")`,
  `Object.create(null)`,
  `new Proxy(new Error("x"), { get() { throw 1; } })`,
  `Object.assign(new Error("x"), { stack: undefined })`,
  `Object.assign(new Error("x"), { name: 7 })`,
  `Object.freeze(new Error("x"))`,
  `new assert.AssertionError({ actual: 1n, expected: [2n], operator: "deepEqual" })`,
  `new class extends Error { get message() { throw new Error("y"); } }()`,
];

const passing: readonly Case[] = [
  {
    title: "passes a file whose tests pass and counts what is skipped",
    source: `test("a", () => {}); test("b", async () => {}); test.skip("c", "no such machine here"); test.run();`,
    counts: [2, 0, 1],
    says: /skipped: "c": no such machine here/,
  },
  {
    title: "runs two suites of one file",
    source: `const other = suite("other"); test("a", () => {}); test.run(); other("a", () => {}); other.run();`,
    counts: [2, 0, 0],
  },
  {
    title: "aborts the signal of a test when it has ended",
    source: `let kept; test("a", ({ signal }) => { kept = signal; assert(!signal.aborted); }); test("b", () => assert(kept.aborted)); test.run();`,
    counts: [2, 0, 0],
  },
];

const failing: readonly Case[] = [
  { title: "fails an assertion", source: `test("a", () => assert.equal(1, 2)); test.run();`, counts: [0, 1, 0], says: /1 !== 2/ },
  {
    title: "shows the error that caused the one thrown",
    source: `test("a", async () => { throw new Error("outer", { cause: new Error("inner") }); }); test.run();`,
    counts: [0, 1, 0],
    says: /outer[^]*inner/,
  },
  {
    title: "fails a test whatever it throws",
    source: `${oddThings.map((thing, n) => `test("sync ${n}", () => { throw ${thing}; }); test("async ${n}", async () => { throw ${thing}; });`).join("\n")}
      test("c", () => {}); test.run();`,
    counts: [1, 2 * oddThings.length, 0],
  },
  {
    title: "fails a test that takes too long and goes on with the next",
    source: `test("a", () => new Promise(() => {}), { timeoutMs: 30 }); test("b", () => {}); test.run();`,
    counts: [1, 1, 0],
    says: /longer than 30 ms/,
  },
  {
    title: "fails a file that forgets to run its suite",
    source: `test("a", () => {});`,
    counts: [0, 0, 0],
    says: /the suite "planted" was never run/,
  },
  {
    title: "fails a file that runs its suite before the last test",
    source: `test("a", () => {}); test.run(); test("b", () => {});`,
    counts: [1, 0, 0],
    says: /the suite "planted" was never run/,
  },
  {
    title: "fails a file that runs only one of its two suites",
    source: `suite("forgotten")("a", () => {}); test("a", () => {}); test.run();`,
    counts: [1, 0, 0],
    says: /the suite "forgotten" was never run/,
  },
  { title: "fails a file without a test", source: `test.run();`, counts: [0, 0, 0], says: /the file has no test/ },
  {
    title: "refuses only",
    source: `test("a", () => {}); test.only("b", () => {}); test.run();`,
    counts: [0, 0, 0],
    says: /`only` is refused/,
  },
  { title: "refuses hooks", source: `test.before(() => {}); test("a", () => {}); test.run();`, counts: [0, 0, 0], says: /not a function/ },
  {
    title: "refuses a skip without a reason",
    source: `test.skip("a", " "); test.run();`,
    counts: [0, 0, 0],
    says: /needs a written reason/,
  },
  {
    title: "refuses a title twice",
    source: `test("a", () => {}); test("a", () => {}); test.run();`,
    counts: [0, 0, 0],
    says: /two tests titled "a"/,
  },
  { title: "refuses a test without a function", source: `test("a"); test.run();`, counts: [0, 0, 0], says: /no function/ },
  {
    title: "fails when a test ends the process as if all were well",
    source: `test("a", () => {}); test("b", () => process.exit(0)); test("c", () => {}); test.run();`,
    counts: [1, 0, 0],
    says: /only 1 of 3 tests came to an end/,
  },
  {
    title: "fails when a promise is rejected and nobody looks",
    source: `test("a", () => { Promise.reject(new Error("unseen")); }); test.run();`,
    counts: [1, 0, 0],
    says: /unseen/,
  },
  {
    title: "fails when something is thrown after the test has ended",
    source: `test("a", () => { setTimeout(() => { throw new Error("late"); }, 20); }); test.run();`,
    counts: [1, 0, 0],
    says: /late/,
  },
  {
    title: "fails when a module cannot be loaded",
    source: `await import("./absent.ts"); test("a", () => {}); test.run();`,
    counts: [0, 0, 0],
    says: /absent/,
  },
  {
    title: "fails, and does not hang, when a test leaves a server open",
    source: `import { createServer } from "node:net"; test("a", () => { createServer().listen(0, "127.0.0.1"); }); test.run();`,
    counts: [1, 0, 0],
    says: /still open: .*TCPServerWrap/,
  },
];

for (const each of passing) test(each.title, () => expectEnd(each, 0));
for (const each of failing) test(each.title, () => expectEnd(each, 1));

async function expectEnd({ source, counts, says }: Case, code: number): Promise<void> {
  const wrapper = JSON.stringify(new URL("suite.ts", import.meta.url).href);
  const head = `import assert from "node:assert/strict"; import { suite } from ${wrapper}; const test = suite("planted");`;
  await withTemporaryDirectory(async (directory) => {
    const file = join(directory, "planted.mjs");
    await writeFile(file, `${head}\n${source}\n`);
    const ended = await runProcess({ command: process.execPath, args: [file], env: { LONGARM_TEST_LINGER_MS: "300" } });
    const report = closingReport(ended.stdout);
    assert.deepEqual([report.passed, report.failed, report.skipped], counts, ended.output);
    assert.equal(ended.code, code, ended.output);
    if (says) assert.match(ended.output, says);
  });
}

function closingReport(printed: string): SuiteReport {
  const last = printed.trimEnd().split("\n").at(-1) ?? "";
  assert.ok(last.startsWith(closingLinePrefix), `no closing line: ${printed}`);
  return JSON.parse(last.slice(closingLinePrefix.length)) as SuiteReport;
}

test.run();
