/**
 * `npm run generate`: makes the codec in packages/shared/src/wire/gen/ from every proto/longarm/v1/*.proto. The result is
 * committed, so that a clean clone runs as it is; `--check` writes nothing and exits 1 when a fresh generation differs. A stamp
 * (a hash over what goes in and what came out) spares the two seconds when nothing has changed since the last time.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..");
const protoDirectory = "proto/longarm/v1";
const genDirectory = join(root, "packages/shared/src/wire/gen");
const generatorDescription = createRequire(import.meta.url).resolve("protobufjs-cli/package.json");
const stampFile = join(root, "node_modules/.cache/longarm/wire.stamp");
const generatedFiles = ["wire.js", "wire.d.ts"] as const;

// `--no-comments` would empty the typings, which are made from them. Plain objects go in and come out: no conversions needed.
const flags = [
  "--target=static-module",
  "--wrap=esm",
  "--dts",
  "--null-semantics",
  "--force-number",
  "--no-convert",
  "--no-verify",
  "--no-delimited",
  "--no-typeurl",
  "--no-service",
  "--root=longarm",
  "--path=proto",
];

async function main(): Promise<void> {
  const isCheck = process.argv.includes("--check");
  if (await isStamped()) return isCheck ? undefined : say("The generated codec is up to date.");
  const scratch = await mkdtemp(join(root, "node_modules/.longarm-wire-"));
  try {
    await generateInto(scratch);
    const stale = await staleFiles(scratch);
    if (isCheck && stale.length > 0) return report(stale);
    await replaceStale(scratch, stale);
    await mkdir(dirname(stampFile), { recursive: true });
    await writeFile(stampFile, await stamp());
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function generateInto(directory: string): Promise<void> {
  const files = await protoFiles();
  if (files.length === 0) throw new Error(`No .proto file stands in ${protoDirectory}.`);
  const pbjs = join(dirname(generatorDescription), "bin/pbjs");
  await promisify(execFile)(process.execPath, [pbjs, ...flags, "--out", join(directory, generatedFiles[0]), ...files], { cwd: root });
  const code = join(directory, generatedFiles[0]);
  await writeFile(code, withoutDocComments(await readFile(code, "utf8")));
}

async function protoFiles(): Promise<string[]> {
  const names = (await readdir(join(root, protoDirectory))).filter((name) => name.endsWith(".proto"));
  return names.toSorted().map((name) => `${protoDirectory}/${name}`);
}

async function isStamped(): Promise<boolean> {
  const kept = await readFile(stampFile, "utf8").catch(() => undefined);
  return kept !== undefined && kept === (await stamp());
}

/** Changes with any input (protos, this tool, the generator's version) and with any change of the generated files. */
async function stamp(): Promise<string> {
  const inputs = [...(await protoFiles()).map((path) => join(root, path)), import.meta.filename, generatorDescription];
  const paths = [...inputs, ...generatedFiles.map((name) => join(genDirectory, name))];
  const hash = createHash("sha256");
  for (const path of paths) {
    const content = await readFile(path, "utf8").catch(() => "absent");
    hash.update(`${path}\n${content.length}\n${content}\n`);
  }
  return hash.digest("hex");
}

/** The typings hold the same comments; twice they are half of what is committed. */
function withoutDocComments(code: string): string {
  return code
    .replaceAll(/^ *\/\*\*\n(?: *\*.*\n)*? *\*\/\n/gm, "")
    .replaceAll(/^ *\/\*\*.*\*\/\n/gm, "")
    .replaceAll(/\n{2,}/g, "\n");
}

async function staleFiles(directory: string): Promise<string[]> {
  const pairs = generatedFiles.map(async (name) => {
    const fresh = await readFile(join(directory, name), "utf8");
    const present = await readFile(join(genDirectory, name), "utf8").catch(() => undefined);
    return fresh === present ? [] : [name];
  });
  return (await Promise.all(pairs)).flat();
}

/** A file that is the same keeps its time, so that nothing is rebuilt for it; one that differs is replaced in one step. */
async function replaceStale(directory: string, stale: readonly string[]): Promise<void> {
  await mkdir(genDirectory, { recursive: true });
  for (const name of stale) await rename(join(directory, name), join(genDirectory, name));
  say(stale.length === 0 ? "The generated codec is up to date." : `Generated ${stale.join(", ")}.`);
}

function report(stale: readonly string[]): void {
  say(`packages/shared/src/wire/gen is not what proto/ says (${stale.join(", ")}): run \`npm run generate\` and commit.`);
  process.exitCode = 1;
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

await main();
