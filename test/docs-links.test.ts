import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Readable, Writable } from "node:stream";
import { runCommandLine } from "../packages/cli/src/command-line.ts";
import { suite } from "./support/suite.ts";

const test = suite("the pages of the documentation");

const root = join(import.meta.dirname, "..");
const isOurs = (path: string): boolean => !/(^|\/)(node_modules|dist|coverage|\.[^/]+)\//.test(path);
const pages = globSync(["*.md", "docs/**/*.md", "examples/**/*.md", "packages/*/*.md", "packages/*/src/**/*.md"], { cwd: root })
  .filter(isOurs)
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

/** A heading's anchor as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function leadsSomewhere(from: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? join(root, from) : resolve(root, dirname(from), path);
  if (!existsSync(target)) return false;
  if (anchor === undefined) return true;
  return [...readFileSync(target, "utf8").matchAll(/^#+ (.+)$/gm)].some(([, heading]) => anchorOf(heading ?? "") === anchor);
}

/** The commands that a help page lists. */
async function commandsIn(...words: readonly string[]): Promise<ReadonlySet<string>> {
  const chunks: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  const surroundings = { stdin: Readable.from([]), stdout: output, stderr: output, environment: {} };
  assert.equal(await runCommandLine([...words, "--help"], surroundings), 0);
  const listed = chunks.join("").split("\nCommands:\n")[1] ?? "";
  return new Set([...listed.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name ?? ""));
}

test("links to files and headings that exist", () => {
  const dead = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^()\s]+)\)/g)]
      .map(([, link]) => link ?? "")
      .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(path, link))
      .map((link) => `${path}: ${link}`),
  );
  assert.ok(pages.length > 10);
  assert.deepEqual(dead, []);
});

test("names npm scripts that exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => [path, name ?? ""] as const),
  );
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter(([, name]) => !Object.hasOwn(scripts, name)),
    [],
  );
});

test("names longarm commands that exist", async () => {
  // In code only: a command line of its own, or a code span.
  const lines = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:^ *|`|\$ )(?:npx )?longarm ([a-z]+)(?: ([a-z]+)\b)?/gm)].map(([, name = "", sub]) => ({ path, name, sub })),
  );
  const known = await commandsIn();
  const groups = ["runs", "agents", "connections", "credentials"];
  const below = new Map(await Promise.all(groups.map(async (group) => [group, await commandsIn(group)] as const)));
  assert.ok(lines.length > 5);
  const unknown = lines.filter(({ name, sub }) => !known.has(name) || (sub !== undefined && below.get(name)?.has(sub) === false));
  assert.deepEqual(unknown, []);
});

test.run();
